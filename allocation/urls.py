"""Addresses of the strength allocation."""

from django.urls import path

from allocation.views import downloads, loading, overview, refits, runs, scenarios

RUN = "sterkteverdeling/berekeningen/<int:run_id>/"
REFIT = "sterkteverdeling/herschattingen/<int:refit_id>/"

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
    path("sterkteverdeling/modellen/<slug:code>/marges/", refits.intervals, name="allocation-intervals"),
    path("sterkteverdeling/herschattingen/", refits.refits, name="allocation-refits"),
    path(REFIT, refits.refit, name="allocation-refit"),
    path(f"{REFIT}uitkomst.json", refits.refit_json, name="allocation-refit-json"),
    path(f"{REFIT}clusters/<int:number>/", refits.cluster, name="allocation-refit-cluster"),
    path(f"{REFIT}clusters/<int:number>/grafiek.json", refits.cluster_chart, name="allocation-refit-chart"),
    path("sterkteverdeling/scenarios/", scenarios.scenarios, name="allocation-scenarios"),
    path("sterkteverdeling/scenarios/nieuw/", scenarios.new_scenario, name="allocation-scenario-new"),
    path("sterkteverdeling/scenarios/vergelijken/", scenarios.compare, name="allocation-scenario-compare"),
]
