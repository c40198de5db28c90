"""Addresses of the strength allocation."""

from django.urls import path

from allocation.views import downloads, loading, overview, runs

RUN = "sterkteverdeling/berekeningen/<int:run_id>/"

urlpatterns = [
    path("sterkteverdeling/", overview.allocation, name="allocation"),
    path("sterkteverdeling/modellen/<slug:code>/", overview.version, name="allocation-version"),
    path("sterkteverdeling/kenmerken/laden/", loading.load_features, name="allocation-load-features"),
    path("sterkteverdeling/kenmerken/<slug:code>/", overview.feature_set, name="allocation-feature-set"),
    path("sterkteverdeling/sleutels/laden/", loading.load_key, name="allocation-load-key"),
    path(RUN, runs.run, name="allocation-run"),
    path(f"{RUN}grafiek.json", runs.run_chart, name="allocation-run-chart"),
    path(f"{RUN}verdeling.xlsx", downloads.run_xlsx, name="allocation-run-xlsx"),
    path(f"{RUN}verdeling.csv", downloads.run_csv, name="allocation-run-csv"),
    path(f"{RUN}verdeling.json", downloads.run_json, name="allocation-run-json"),
    path(f"{RUN}vragen/", runs.questions, name="allocation-questions"),
    path(f"{RUN}verandering/<int:other_id>/", runs.change, name="allocation-change"),
    path(f"{RUN}eenheden/<slug:slug>/", runs.unit, name="allocation-unit"),
    path(f"{RUN}eenheden/<slug:slug>/grafiek.json", runs.unit_chart, name="allocation-unit-chart"),
]
