"""Addresses of themes, indicators, one-off figures and rounds."""

from django.urls import path

from indicators.views import (
    deliveries,
    downloads,
    facts,
    grid,
    grid_cells,
    grid_series,
    history,
    indicators,
    requests,
    review,
    round_management,
    rounds,
    themes,
)

urlpatterns = [
    path("themas/", themes.themes, name="themes"),
    path("themas/<slug:code>/", themes.theme, name="theme"),
    path("themas/<slug:code>/verschil/", history.differences, name="theme-differences"),
    path("themas/<slug:code>/verschil.csv", history.differences_csv, name="theme-differences-csv"),
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
    path("rondes/<slug:code>/uitvraag/", requests.requests, name="round-requests"),
    path("rondes/<slug:code>/uitvraag/alles.zip", requests.requests_zip, name="round-requests-zip"),
    path("rondes/<slug:code>/uitvraag/<int:request_id>/", requests.request_page, name="round-request"),
    path("rondes/<slug:code>/uitvraag/<int:request_id>/blad.xlsx", requests.request_file, name="round-request-file"),
    path("rondes/<slug:code>/aanleveringen/", deliveries.deliveries, name="round-deliveries"),
    path("rondes/<slug:code>/aanleveringen/<int:delivery_id>/", deliveries.delivery, name="round-delivery"),
    path(
        "rondes/<slug:code>/aanleveringen/<int:delivery_id>/bestand/",
        deliveries.delivery_file,
        name="round-delivery-file",
    ),
    path(
        "rondes/<slug:code>/aanleveringen/<int:delivery_id>/plan.json", deliveries.plan_json, name="round-delivery-json"
    ),
    path("rondes/<slug:code>/aanleveringen/<int:delivery_id>/plan.csv", deliveries.plan_csv, name="round-delivery-csv"),
    path(
        "rondes/<slug:code>/aanleveringen/<int:delivery_id>/plan.xlsx", deliveries.plan_xlsx, name="round-delivery-xlsx"
    ),
    path("rondes/<slug:code>/controle/", review.queue, name="round-queue"),
    path("rondes/<slug:code>/controle/besluit/", review.review, name="round-review"),
    path("controle/", review.everything, name="review-all"),
    path("controle/besluit/", review.review_everything, name="review-all-decide"),
]
