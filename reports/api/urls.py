"""Addresses of reports in the API."""

from django.urls import path

from reports.api import views

urlpatterns = [
    path("rapportages", views.ReportsView.as_view(), name="api-reports"),
    path("rapportages/<slug:code>", views.ReportView.as_view(), name="api-report"),
]
