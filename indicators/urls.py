"""Addresses of themes, indicators and one-off figures."""

from django.urls import path

from indicators.views import downloads, facts, indicators, themes

urlpatterns = [
    path("themas/", themes.themes, name="themes"),
    path("themas/<slug:code>/", themes.theme, name="theme"),
    path("indicatoren/", indicators.indicators, name="indicators"),
    path("indicatoren/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicatoren/<slug:code>/grafiek.json", indicators.indicator_chart, name="indicator-chart"),
    path("indicatoren/<slug:code>/cijfers.csv", downloads.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>/cijfers.xlsx", downloads.indicator_xlsx, name="indicator-xlsx"),
    path("feiten/", facts.facts, name="facts"),
]
