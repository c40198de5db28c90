"""Addresses of indicators and figures in the API."""

from django.urls import path

from indicators.api import views

urlpatterns = [
    path("indicatoren", views.IndicatorsView.as_view(), name="api-indicators"),
    path("indicatoren/<slug:code>", views.IndicatorView.as_view(), name="api-indicator"),
    path("waarnemingen", views.ObservationsView.as_view(), name="api-observations"),
]
