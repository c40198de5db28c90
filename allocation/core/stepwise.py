"""Forward stepwise regression over municipalities (AEF, *Verdeling van politiesterkte* 2025, annex E, steps S to E).

Everything is per inhabitant; the intercept is the weight of the inhabitants themselves. The candidates stand in one
Gram matrix of centred, scaled columns; each pick adds a row to a Cholesky factor, so that a step costs one pass over
the candidates. Only the coefficients of the end are solved from the columns themselves, by QR, for their digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, pi

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

BIC_FALL = 10.0  # annex E, step 5: at least 10
MOST_CORRELATED = 0.8  # annex E, step 2, criterion 2
_EQUAL = 1e-9  # gains that differ less are the same: two features may say the same beside the chosen ones
_DEPENDENT = 1e-10  # what is left of a column after the chosen ones, as a part of the whole, to count as dependent


class WhyNot(StrEnum):
    """Why a candidate is not in the model."""

    CONSTANT = "per inwoner overal gelijk"
    CATEGORY = "zelfde categorie als een gekozen kenmerk"
    CORRELATION = "correleert te sterk met een gekozen kenmerk"
    DEPENDENT = "volgt uit de gekozen kenmerken"
    TOO_LITTLE = "verklaart te weinig extra"
    MULTICOLLINEAR = "multicollineair met andere gekozen kenmerken"
    WITHHELD = "niet aangeboden"


@dataclass(frozen=True)
class Candidates:
    """Features per inhabitant, ready for any number of regressions on the same municipalities.

    ``columns`` (municipalities × features) are centred and scaled to length one; ``gram`` are their inner products: the
    correlations. A constant column is zero.
    """

    names: tuple[str, ...]
    categories: tuple[str, ...]
    per_inhabitant: Matrix
    columns: Matrix
    gram: Matrix
    constant: npt.NDArray[np.bool_]


def prepare(names: Sequence[str], categories: Sequence[str], per_inhabitant: Matrix) -> Candidates:
    """Centre and scale the columns; ``per_inhabitant`` is municipalities × features."""
    centred = per_inhabitant - per_inhabitant.mean(axis=0)
    lengths = np.sqrt(np.einsum("ij,ij->j", centred, centred))
    size = np.abs(per_inhabitant).max(axis=0, initial=0.0) * np.sqrt(len(per_inhabitant))
    constant = lengths <= 1e-12 * size
    columns = np.divide(centred, lengths, out=np.zeros_like(centred), where=~constant)
    return Candidates(tuple(names), tuple(categories), per_inhabitant, columns, columns.T @ columns, constant)


@dataclass(frozen=True)
class Path:
    """The picks in order, with R² and BIC of the start and after each pick, and why the others stayed out."""

    picks: tuple[int, ...]
    r2: tuple[float, ...]
    bic: tuple[float, ...]
    why_not: dict[int, WhyNot]


def bayesian_information(residual: float, count: int, parameters: int) -> float:
    """BIC of a least-squares fit with normal errors: ``residual`` is the sum of squares; lower is better."""
    return count * (log(2 * pi) + log(residual / count) + 1) + parameters * log(count)


class _Search:
    """The state of one forward search: what each candidate still has to offer, and which may still be picked.

    ``left`` is the squared length of each scaled column outside the chosen ones, ``towards`` its inner product with
    what is left of the workload, ``rows`` the Cholesky factor of the chosen ones against all columns.
    """

    def __init__(self, candidates: Candidates, centred: Vector, withheld: frozenset[int]) -> None:
        width = len(candidates.names)
        self.candidates, self.count = candidates, len(centred)
        self.why_not = dict.fromkeys(withheld, WhyNot.WITHHELD)
        self.allowed = np.ones(width, dtype=bool)
        self.allowed[list(withheld)] = False
        self.bar(candidates.constant, WhyNot.CONSTANT)
        self.left = np.ones(width)
        self.towards = candidates.columns.T @ centred
        self.rows = np.zeros((max(min(self.count - 2, width), 0), width))
        self.residual = float(centred @ centred)
        self.picks: list[int] = []

    def bar(self, which: npt.NDArray[np.bool_], reason: WhyNot) -> None:
        """Take candidates out, with the reason."""
        out = self.allowed & which
        self.why_not.update({int(index): reason for index in np.flatnonzero(out)})
        self.allowed &= ~out

    def best(self) -> tuple[int, float] | None:
        """The candidate that leaves the least unexplained, and how much that is; None when there is nobody left."""
        self.bar(self.left <= _DEPENDENT, WhyNot.DEPENDENT)
        if not self.allowed.any() or len(self.picks) == len(self.rows):
            return None
        gain = np.where(self.allowed, self.towards**2 / np.where(self.allowed, self.left, 1.0), -1.0)
        index = int(np.argmax(gain >= gain.max() * (1 - _EQUAL)))  # equals go in the order of the columns
        return index, max(self.residual - float(gain[index]), float(np.finfo(float).tiny))

    def pick(self, index: int, residual: float, most_correlated: float) -> None:
        """Add a candidate, and bar those that may not stand beside it."""
        done = self.rows[: len(self.picks)]
        root = np.sqrt(self.left[index])
        row = (self.candidates.gram[index] - done[:, index] @ done) / root
        self.rows[len(self.picks)] = row
        self.towards = self.towards - row * (self.towards[index] / root)
        self.left = self.left - row**2
        self.residual = residual
        self.picks.append(index)
        self.allowed[index] = False
        own = self.candidates.categories[index]
        self.bar(np.array([bool(own) and other == own for other in self.candidates.categories]), WhyNot.CATEGORY)
        self.bar(np.abs(self.candidates.gram[index]) > most_correlated, WhyNot.CORRELATION)


def forward(
    candidates: Candidates,
    workload: Vector,
    *,
    withheld: frozenset[int] = frozenset(),
    bic_fall: float = BIC_FALL,
    most_correlated: float = MOST_CORRELATED,
) -> Path:
    """Pick features one at a time: the highest R² among those allowed, as long as the BIC falls enough.

    ``workload`` is per inhabitant, one per municipality. ``withheld`` are not offered.
    """
    centred = workload - workload.mean()
    search = _Search(candidates, centred, withheld)
    total = search.residual
    if total <= _DEPENDENT**2 * float(workload @ workload):  # the same everywhere: inhabitants say it all
        search.bar(search.allowed.copy(), WhyNot.TOO_LITTLE)
        return Path((), (0.0,), (), search.why_not)
    r2, bic = [0.0], [bayesian_information(total, search.count, 1)]
    while (found := search.best()) is not None:
        index, residual = found
        lower = bayesian_information(residual, search.count, len(search.picks) + 2)
        if bic[-1] - lower < bic_fall:
            break
        search.pick(index, residual, most_correlated)
        r2.append(1 - residual / total)
        bic.append(lower)
    search.bar(search.allowed.copy(), WhyNot.TOO_LITTLE)
    return Path(tuple(search.picks), tuple(r2), tuple(bic), search.why_not)


@dataclass(frozen=True)
class Fit:
    """A least-squares fit on an intercept and the chosen features, per inhabitant."""

    chosen: tuple[int, ...]
    intercept: float
    coefficients: Vector
    standard_errors: Vector  # of the intercept and then of each coefficient
    residuals: Vector
    r2: float


def fit(candidates: Candidates, chosen: Sequence[int], workload: Vector) -> Fit:
    """Coefficients with standard errors by QR on the scaled columns, put back in their own units."""
    count, index = len(workload), list(chosen)
    own = candidates.per_inhabitant[:, index]
    means = own.mean(axis=0)
    centred_own = own - means
    scale = np.sqrt(np.einsum("ij,ij->j", centred_own, centred_own))
    centred = workload - workload.mean()
    q, r = np.linalg.qr(centred_own / scale)
    scaled = np.linalg.solve(r, q.T @ centred) if index else np.zeros(0)
    residuals = centred - (centred_own / scale) @ scaled
    coefficients = scaled / scale
    intercept = float(workload.mean() - means @ coefficients)
    free = count - len(index) - 1
    variance = float(residuals @ residuals) / free if free > 0 else float("nan")
    inverse = np.linalg.inv(r) if index else np.zeros((0, 0))
    spread = (inverse @ inverse.T) / np.outer(scale, scale)  # (X'X)^-1 of the centred columns
    errors = np.concatenate([[1 / count + means @ spread @ means], np.diagonal(spread)])
    total = float(centred @ centred)
    r2 = 1 - float(residuals @ residuals) / total if total else 0.0
    return Fit(tuple(index), intercept, coefficients, np.sqrt(variance * errors), residuals, r2)


def variance_inflation(candidates: Candidates, chosen: Sequence[int]) -> Vector:
    """VIF of each chosen feature: the diagonal of the inverse of their correlations."""
    index = list(chosen)
    return np.diagonal(np.linalg.inv(candidates.gram[np.ix_(index, index)])).copy() if index else np.zeros(0)
