"""Addresses of themes, indicators, one-off figures and rounds."""

from django.urls import path

from indicators.views import downloads, facts, indicators, rounds, themes

urlpatterns = [
    path("themas/", themes.themes, name="themes"),
    path("themas/<slug:code>/", themes.theme, name="theme"),
    path("indicatoren/", indicators.indicators, name="indicators"),
    path("indicatoren/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicatoren/<slug:code>/grafiek.json", indicators.indicator_chart, name="indicator-chart"),
    path("indicatoren/<slug:code>/cijfers.csv", downloads.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>/cijfers.xlsx", downloads.indicator_xlsx, name="indicator-xlsx"),
    path("feiten/", facts.facts, name="facts"),
    path("rondes/", rounds.rounds, name="rounds"),
    path("rondes/<slug:code>/", rounds.overview, name="round-overview"),
    path("rondes/<slug:code>/stand/", rounds.steer, name="round-steer"),
    path("rondes/<slug:code>/cijfers/<int:item_id>/", rounds.cell, name="round-cell"),
    path("rondes/<slug:code>/controle/", rounds.queue, name="round-queue"),
    path("rondes/<slug:code>/controle/besluit/", rounds.review, name="round-review"),
]
