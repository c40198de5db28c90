"""Annex E written out with statsmodels, one fit per candidate; slow, plain, and sharing nothing with our own code."""

import warnings

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor


def least_squares(workload, columns):
    """A fit on an intercept and the columns."""
    return sm.OLS(workload, np.column_stack([np.ones(len(workload)), columns])).fit()


def reference_path(per_inhabitant, categories, workload, withheld=()):
    """The forward search; returns (picks, BIC of the start and after each pick, the last fit)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        correlation = np.corrcoef(per_inhabitant, rowvar=False)
    current = least_squares(workload, per_inhabitant[:, []])
    picks, bic = [], [current.bic]
    while True:
        best = None
        for candidate in range(per_inhabitant.shape[1]):
            if candidate in picks or candidate in withheld or np.ptp(per_inhabitant[:, candidate]) == 0:
                continue
            if any(categories[candidate] == categories[chosen] for chosen in picks):
                continue
            if any(abs(correlation[candidate, chosen]) > 0.8 for chosen in picks):
                continue
            tried = least_squares(workload, per_inhabitant[:, [*picks, candidate]])
            if best is None or tried.rsquared > best[1].rsquared + 1e-10:  # equals go in the order of the columns
                best = (candidate, tried)
        if best is None or current.bic - best[1].bic < 10:
            return picks, bic, current
        picks.append(best[0])
        current = best[1]
        bic.append(current.bic)


def reference_cluster(per_inhabitant, categories, workload):
    """The search with its restarts; returns (the first picks, their BIC, the last picks, those withheld)."""
    first, bic, _ = reference_path(per_inhabitant, categories, workload)
    picks, withheld = first, []
    while True:
        design = np.column_stack([np.ones(len(workload)), per_inhabitant[:, picks]])
        inflated = [pick for place, pick in enumerate(picks) if variance_inflation_factor(design, place + 1) > 10]
        if not inflated:
            return first, bic, picks, withheld
        withheld.append(inflated[-1])
        picks, _, _ = reference_path(per_inhabitant, categories, workload, withheld)


def reference_refit(per_inhabitant, categories, workloads):
    """Every cluster, and then one feature per category over all of them; returns ([first picks], [final picks])."""
    found = [reference_cluster(per_inhabitant, categories, workload) for workload in workloads]
    final = [list(picks) for _, _, picks, _ in found]
    for category in sorted({categories[index] for picks in final for index in picks}):
        rivals = sorted({index for picks in final for index in picks if categories[index] == category})
        if len(rivals) > 1:
            best = None
            for keep in rivals:
                tried = [[keep if index in rivals else index for index in picks] for picks in final]
                total = sum(
                    least_squares(workload, per_inhabitant[:, picks]).rsquared
                    for workload, picks in zip(workloads, tried, strict=True)
                )
                if best is None or total > best[0]:
                    best = (total, tried)
            final = best[1]
    return [(first, bic) for first, bic, _, _ in found], final
