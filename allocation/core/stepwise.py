"""Forward stepwise regression over municipalities (AEF, *Verdeling van politiesterkte* 2025, annex E, steps S to E).

Everything is per inhabitant; the intercept is the weight of the inhabitants themselves. Each pick becomes an
orthonormal direction; all candidates lose their part along it in one product, so that a step costs one pass over the
columns. What a pick leaves unexplained is measured on the residuals themselves: differences of sums of squares lose
their digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, log, pi

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Matrix = npt.NDArray[np.float64]

BIC_FALL = 10.0  # annex E, step 5: at least 10
MOST_CORRELATED = 0.8  # annex E, step 2, criterion 2; read as |r|, whichever way
_EQUAL = 1e-9  # what differs less is the same: two features may say the same beside the chosen ones
_ROUNDING = 1e-12  # a correlation of exactly 80% may come out a few digits higher
_UNSURE = 1e-6  # below this part of a column's square, what is left of it is measured anew
_DEPENDENT = 1e-20  # and below this it is nothing: the column follows from the chosen ones
_CONSTANT = 1e-12  # the spread of a column against its size that is only rounding
_PERFECT = 1e-29  # residual squares against those of the workload that are only rounding: (16 × 2⁻⁵²)²


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
    correlations. A constant column is zero. ``kinds`` numbers the categories; a feature without one has its own.
    """

    names: tuple[str, ...]
    categories: tuple[str, ...]
    per_inhabitant: Matrix
    columns: Matrix
    gram: Matrix
    constant: npt.NDArray[np.bool_]
    kinds: npt.NDArray[np.int64]


def prepare(names: Sequence[str], categories: Sequence[str], per_inhabitant: Matrix) -> Candidates:
    """Centre and scale the columns; ``per_inhabitant`` is municipalities × features."""
    size = np.abs(per_inhabitant).max(axis=0, initial=0.0)
    centred = per_inhabitant / np.where(size > 0, size, 1.0)  # no square of it is too small or too large to hold
    centred -= centred.mean(axis=0)
    lengths = np.sqrt(np.einsum("ij,ij->j", centred, centred))
    constant = lengths <= _CONSTANT * np.sqrt(len(per_inhabitant))
    columns = np.divide(centred, lengths, out=np.zeros_like(centred), where=~constant)
    known: dict[str, int] = {}
    kinds = np.array(
        [known.setdefault(category, index) if category else index for index, category in enumerate(categories)]
    )
    return Candidates(tuple(names), tuple(categories), per_inhabitant, columns, columns.T @ columns, constant, kinds)


@dataclass(frozen=True)
class Path:
    """The picks in order, with R² and BIC of the start and after each pick, and why the others stayed out.

    A workload that is fitted perfectly from the start has a BIC of minus infinity.
    """

    picks: tuple[int, ...]
    r2: tuple[float, ...]
    bic: tuple[float, ...]
    why_not: dict[int, WhyNot]


def bayesian_information(residual: float, count: int, parameters: int) -> float:
    """BIC of a least-squares fit with normal errors: ``residual`` is the sum of squares; lower is better."""
    if residual <= 0:
        return -inf
    return count * (log(2 * pi) + log(residual / count) + 1) + parameters * log(count)


@dataclass(frozen=True)
class _Offer:
    """A candidate for the next pick: its direction outside the chosen ones, and what it leaves of the workload."""

    index: int
    direction: Vector
    rest: Vector
    residual: float


class _Search:
    """The state of one forward search: what each candidate still has to offer, and which may still be picked.

    ``left`` is the squared length of each scaled column outside the chosen ones (infinite once it is out: it gains
    nothing), ``rest`` what is left of the workload, ``basis`` the orthonormal directions of the chosen ones, a row
    each.
    """

    def __init__(self, candidates: Candidates, centred: Vector, withheld: frozenset[int]) -> None:
        width = len(candidates.names)
        self.candidates, self.count = candidates, len(centred)
        self.why_not = dict.fromkeys(withheld, WhyNot.WITHHELD)
        self.allowed = np.ones(width, dtype=bool)
        self.left = np.ones(width)
        self._take_out(list(withheld))
        self.bar(candidates.constant, WhyNot.CONSTANT)
        self.basis = np.zeros((max(min(self.count - 2, width), 0), self.count))
        self.rest = centred
        self.picks: list[int] = []

    def bar(self, which: npt.NDArray[np.bool_], reason: WhyNot) -> None:
        """Take candidates out, with the reason."""
        out = (self.allowed & which).nonzero()[0].tolist()
        if out:
            self.why_not.update(dict.fromkeys(out, reason))
            self._take_out(out)

    def _take_out(self, which: list[int]) -> None:
        self.allowed[which] = False
        self.left[which] = inf

    def best(self) -> _Offer | None:
        """The candidate that leaves the least unexplained; None when there is nobody left."""
        self._measure_unsure()
        if not self.allowed.any() or len(self.picks) == len(self.basis):
            return None
        towards = self.rest @ self.candidates.columns
        gain = towards * towards / self.left
        best = self.allowed & (gain >= gain.max() * (1 - _EQUAL))
        offers = [self._offer(index) for index in best.nonzero()[0].tolist()]
        least = min(one.residual for one in offers)
        return next(one for one in offers if one.residual <= least * (1 + _EQUAL))  # equals go in order of columns

    def pick(self, offer: _Offer, most_correlated: float) -> None:
        """Add a candidate, and bar those that may not stand beside it."""
        index = offer.index
        self.basis[len(self.picks)] = offer.direction
        self.left -= (offer.direction @ self.candidates.columns) ** 2
        self.rest = offer.rest
        self.picks.append(index)
        self._take_out([index])
        self.bar(self.candidates.kinds == self.candidates.kinds[index], WhyNot.CATEGORY)
        self.bar(np.abs(self.candidates.gram[index]) > most_correlated + _ROUNDING, WhyNot.CORRELATION)

    def _measure_unsure(self) -> None:
        """Columns that nearly follow from the chosen ones: measure what is left of them, and bar what is nothing."""
        unsure = (self.left <= _UNSURE).nonzero()[0].tolist()
        for index in unsure:
            outside = self._outside(index)
            self.left[index] = max(float(outside @ outside), _DEPENDENT)
        if unsure:
            self.bar(self.left <= _DEPENDENT, WhyNot.DEPENDENT)

    def _outside(self, index: int) -> Vector:
        """The part of a column outside the chosen ones; twice, since once leaves rounding of the whole column."""
        done = self.basis[: len(self.picks)]
        column = self.candidates.columns[:, index]
        column = column - (done @ column) @ done
        return column - (done @ column) @ done

    def _offer(self, index: int) -> _Offer:
        direction = self._outside(index)
        direction /= np.sqrt(direction @ direction)
        rest = self.rest - direction * (direction @ self.rest)
        return _Offer(index, direction, rest, float(rest @ rest))


def forward(
    candidates: Candidates,
    workload: Vector,
    *,
    withheld: frozenset[int] = frozenset(),
    bic_fall: float = BIC_FALL,
    most_correlated: float = MOST_CORRELATED,
) -> Path:
    """Pick features one at a time: the highest R² among those allowed, as long as the BIC falls enough.

    ``workload`` is per inhabitant, one per municipality. ``withheld`` are not offered. Once nothing but rounding is
    unexplained the search ends.
    """
    centred = workload - workload.mean()
    search = _Search(candidates, centred, withheld)
    total = residual = float(centred @ centred)
    nothing = _PERFECT * float(workload @ workload)
    r2, bic = [0.0], [bayesian_information(total if total > nothing else 0.0, search.count, 1)]
    while residual > nothing and (offer := search.best()) is not None:
        lower = bayesian_information(offer.residual, search.count, len(search.picks) + 2)
        if bic[-1] - lower < bic_fall:
            break
        search.pick(offer, most_correlated)
        residual = offer.residual
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
    """Coefficients with standard errors by QR on the scaled columns, put back in their own units.

    ``chosen`` must be independent columns (:func:`explained` tells).
    """
    count, index = len(workload), list(chosen)
    own = candidates.per_inhabitant[:, index]
    means = own.mean(axis=0)
    centred_own = own - means
    scale = np.abs(centred_own).max(axis=0, initial=0.0)
    centred = workload - workload.mean()
    q, r = np.linalg.qr(centred_own / scale)
    inverse = np.linalg.inv(r) if index else np.zeros((0, 0))
    scaled = inverse @ (q.T @ centred)
    residuals = centred - (centred_own / scale) @ scaled
    coefficients = scaled / scale
    intercept = float(workload.mean() - means @ coefficients)
    free = count - len(index) - 1
    variance = float(residuals @ residuals) / free if free > 0 else float("nan")
    of_means = inverse.T @ (means / scale)
    errors = np.concatenate([[1 / count + of_means @ of_means], (inverse**2).sum(axis=1)])  # of (X'X)^-1, scaled
    total = float(centred @ centred)
    r2 = 1 - float(residuals @ residuals) / total if total else 0.0
    standard_errors = np.sqrt(variance * errors) / np.concatenate([[1.0], scale])
    return Fit(tuple(index), intercept, coefficients, standard_errors, residuals, r2)


def variance_inflation(candidates: Candidates, chosen: Sequence[int]) -> Vector:
    """VIF of each chosen feature, infinite where it follows from the others: the diagonal of (X'X)^-1."""
    if not chosen:
        return np.zeros(0)
    index = list(chosen)
    lower = _cholesky(candidates, index)
    if lower is None:
        _, r = np.linalg.qr(candidates.columns[:, index])
        lower = r.T
    if not np.diagonal(lower).all():
        return np.full(len(index), inf)
    return np.asarray((np.linalg.inv(lower) ** 2).sum(axis=0), dtype=np.float64)


def explained(candidates: Candidates, chosen: Sequence[int], workload: Vector) -> float | None:
    """R² of a fit on the chosen features; None where one of them follows from the others and no fit can be made."""
    index = list(chosen)
    if candidates.constant[index].any() or len(index) > len(workload) - 2:
        return None
    centred = workload - workload.mean()
    total = float(centred @ centred)
    own = candidates.columns[:, index]
    lower = _cholesky(candidates, index)
    if lower is not None:
        along = np.linalg.solve(lower, centred @ own)
    else:
        q, r = np.linalg.qr(own)
        if (np.diagonal(r) ** 2 <= _DEPENDENT).any():
            return None
        along = centred @ q
    return float(along @ along) / total if total else 0.0


def _cholesky(candidates: Candidates, index: list[int]) -> Matrix | None:
    """The factor of the correlations of some features; None where they hang together too much to trust its digits."""
    try:
        lower: Matrix = np.linalg.cholesky(candidates.gram[np.ix_(index, index)]).astype(np.float64, copy=False)
    except np.linalg.LinAlgError:
        return None
    return lower if (np.diagonal(lower) ** 2 > _UNSURE).all() else None
