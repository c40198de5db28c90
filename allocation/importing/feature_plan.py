"""What a file with features would add, checked against the division of its year, before anything is kept."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from allocation.core.errors import AllocationError
from allocation.core.features import FeatureInfo, missing_values
from allocation.core.municipality_files import (
    FeatureTable,
    FileProblem,
    FileRefused,
    completeness_problems,
    plausibility_problems,
)
from allocation.importing.municipality_files import read_municipalities
from allocation.models import FeatureSet
from allocation.queries.units import unit_ids_by_short_name, units_of_municipalities
from allocation.queries.versions import feature_infos
from allocation.services.feature_sets import NewFeatureSet, save_feature_set
from indicators.core.access import Worker


@dataclass(frozen=True)
class Upload:
    """What somebody offers: the file and what it is. ``fictitious`` are codes of invented features."""

    name: str
    year: int
    source: str
    file_name: str
    content: bytes
    fictitious: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeaturePlan:
    """What would be kept: read, checked, not yet written."""

    new: NewFeatureSet
    infos: Mapping[str, FeatureInfo]

    @property
    def gaps(self) -> dict[str, tuple[str, ...]]:
        """Features with municipalities that have no value: no reason to refuse, a run will tell."""
        rows = {one.code: one.values for one in self.new.table.municipalities}
        return missing_values(self.new.table.features, rows)

    @property
    def absent(self) -> tuple[str, ...]:
        """Known features that the file does not have at all."""
        return tuple(code for code in self.infos if code not in self.new.table.features)


def plan_feature_set(upload: Upload) -> FeaturePlan:
    """Read and check a file. Raises :class:`MonitorError` with everything that is wrong; nothing is kept."""
    infos = feature_infos()
    table = read_municipalities(upload.file_name, upload.content, infos)
    return plan_of(
        table,
        upload,
        infos,
        dict.fromkeys(table.features, upload.source),
        hashlib.sha256(upload.content).hexdigest(),
    )


def plan_of(
    table: FeatureTable, upload: Upload, infos: Mapping[str, FeatureInfo], sources: Mapping[str, str], sha256: str
) -> FeaturePlan:
    """A plan for a table that was read already."""
    expected = units_of_municipalities(upload.year)
    if not expected:
        raise AllocationError(f"De gemeenten van {upload.year} zijn niet bekend. Laad ze eerst: manage.py load_areas.")
    units = unit_ids_by_short_name()
    problems = [
        *_unknown(upload.fictitious, table),
        *completeness_problems(table, expected=expected, units=units, year=upload.year),
        *plausibility_problems(table, infos, year=upload.year),
    ]
    if problems:
        raise FileRefused(problems)
    new = NewFeatureSet(
        code=_free_code(upload),
        name=upload.name,
        year=upload.year,
        source=upload.source,
        file_name=upload.file_name,
        file_sha256=sha256,
        table=table,
        sources=sources,
        fictitious=frozenset(upload.fictitious),
    )
    return FeaturePlan(new, infos)


def _unknown(fictitious: Iterable[str], table: FeatureTable) -> Iterable[FileProblem]:
    for code in fictitious:
        if code not in table.features:
            yield FileProblem(0, code, "dit kenmerk staat niet in het bestand en kan niet fictief zijn.")


def _free_code(upload: Upload) -> str:
    """The name as an address; with a number where another set has it already."""
    base = slugify(f"{upload.year}-{upload.name}")[:50] or str(upload.year)
    taken = set(FeatureSet.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if code not in taken)


def apply_plan(plan: FeaturePlan, *, by: Worker | None) -> tuple[FeatureSet, bool]:
    """Keep what was planned; the same content is kept once."""
    return save_feature_set(new=plan.new, by=by)
