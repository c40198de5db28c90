"""Addresses of themes, indicators, one-off figures and rounds."""

from django.urls import path

from indicators.views import (
    downloads,
    facts,
    grid,
    grid_cells,
    grid_series,
    history,
    indicators,
    review,
    round_management,
    rounds,
    themes,
)

urlpatterns = [
    path("themas/", themes.themes, name="themes"),
    path("themas/<slug:code>/", themes.theme, name="theme"),
    path("indicatoren/", indicators.indicators, name="indicators"),
    path("indicatoren/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicatoren/<slug:code>/verloop/", history.history, name="figure-history"),
    path("indicatoren/<slug:code>/grafiek.json", indicators.indicator_chart, name="indicator-chart"),
    path("indicatoren/<slug:code>/cijfers.csv", downloads.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>/cijfers.xlsx", downloads.indicator_xlsx, name="indicator-xlsx"),
    path("feiten/", facts.facts, name="facts"),
    path("rondes/", rounds.rounds, name="rounds"),
    path("rondes/<slug:code>/", rounds.overview, name="round-overview"),
    path("rondes/<slug:code>/overzicht.csv", rounds.overview_csv, name="round-overview-csv"),
    path("rondes/<slug:code>/stand/", rounds.steer, name="round-steer"),
    path("rondes/<slug:code>/cijfers/<int:item_id>/", rounds.cell, name="round-cell"),
    path("rondes/<slug:code>/beheer/", round_management.manage, name="round-manage"),
    path("rondes/<slug:code>/beheer/cijfers/<int:item_id>/", round_management.manage_item, name="round-manage-item"),
    path("rondes/<slug:code>/beheer/toevoegen/", round_management.add, name="round-add-items"),
    path("rondes/<slug:code>/beheer/stappen/", round_management.steps, name="round-steps"),
    path("leveranciers/", round_management.keep_suppliers, name="suppliers"),
    path("rondes/<slug:code>/rooster/", grid.grid, name="round-grid"),
    path("rondes/<slug:code>/rooster/toetsen/", grid.findings, name="round-grid-findings"),
    path("rondes/<slug:code>/rooster/plakken/", grid.paste, name="round-grid-paste"),
    path("rondes/<slug:code>/rooster/opslaan/", grid_cells.block, name="round-grid-block"),
    path("rondes/<slug:code>/rooster/indienen/", grid.submit, name="round-grid-submit"),
    path("rondes/<slug:code>/rooster/cel/<int:series_id>/<int:period_id>/", grid_cells.cell, name="round-grid-cell"),
    path("rondes/<slug:code>/reeksen/<int:series_id>/", grid_series.series, name="round-series"),
    path("rondes/<slug:code>/controle/", review.queue, name="round-queue"),
    path("rondes/<slug:code>/controle/besluit/", review.review, name="round-review"),
]
