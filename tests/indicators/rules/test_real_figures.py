"""The rules on the real figures: planted mistakes are found, right figures pass."""

from collections import Counter
from decimal import Decimal

import pytest

from indicators.core.rules import Severity
from indicators.models import Observation, Proposal, Series
from indicators.queries.judging import findings_of
from monitor.base.core.roles import Role
from tests.factories import PeriodFactory
from tests.loaded import figures, loaded_figures
from tests.workers import person

__all__ = ["figures", "loaded_figures"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures")]


def draft(series: str, period: str, value: str) -> Proposal:
    """A value that somebody typed for a real series."""
    anna = person("anna", Role.INVOERDER)
    return Proposal.objects.create(
        series=Series.objects.get(key=series),
        period=PeriodFactory(code=period),
        value=Decimal(value),
        entered_by=anna,
        changed_by=anna,
    )


def findings(series: str, period: str, value: str) -> dict[str, str]:
    """What the rules say: message by code."""
    proposal = draft(series, period, value)
    proposal.refresh_from_db()
    return {finding.rule: finding.message for finding in findings_of([proposal])[proposal.pk]}


def test_a_forgotten_comma_in_a_share():
    assert findings("reactietijd-prio1-binnen-15-min|nederland|realisatie|", "2025", "8370") == {
        "aandeel-buiten-0-100": (
            "8.370,0% kan niet: een aandeel ligt tussen 0% en 100%. Kijk of de komma op de goede plaats staat."
        )
    }


def test_a_total_that_does_not_add_up():
    series = "ondermijningsgelden-geplande-besteding|nederland|plan|"
    right = Observation.objects.get(series__key=series, period__code="2028").value
    assert right is not None
    said = findings(series, "2028", str(right + 1000))
    assert said["som-klopt-niet"].startswith("De delen tellen op tot ")
    assert said["som-klopt-niet"].endswith("een verschil van 1.000.")


def test_the_value_of_last_year_again():
    said = findings("gtpa-incidenten|nederland|realisatie|", "2025", "12543")
    assert said == {"zelfde-als-vorige": "Dit is precies het cijfer in 2024 (12.543). Is het nieuwe cijfer ingevuld?"}


def test_tonnes_where_kilos_are_counted():
    said = findings("drugs-cocaine-inbeslagname-douane|nederland|realisatie|", "2024", "55")
    assert said == {
        "sprong": "Het cijfer is ongeveer 1.000 keer kleiner dan gewoonlijk. Is het in de goede meeteenheid opgegeven?"
    }


def test_kilos_where_tonnes_are_counted():
    said = findings("drugs-cocaine-inbeslagname-douane|nederland|realisatie|", "2024", "55000000")
    assert "ongeveer 1.000 keer groter" in said["sprong"]


def test_the_count_of_a_full_year_in_a_series_up_to_2_november():
    said = findings("zeden-aangiften|nederland|realisatie|", "../2026-11-02", "4275")
    assert said["heel-jaar-in-deel-van-jaar"] == (
        "4.275 lijkt een telling over een heel jaar; tot en met 2 november 2025 was het 3.594. "
        "Het moet de telling tot en met 2 november 2026 zijn."
    )


def test_a_figure_over_a_year_has_no_place_in_a_series_up_to_2_november():
    assert findings("zeden-aangiften|nederland|realisatie|", "2025", "4275") == {
        "andere-soort-periode": (
            "Deze reeks heeft cijfers als ‘tot en met 2 november 2025’; een cijfer over 2025 past daar niet in."
        )
    }


def test_what_is_under_way_counts_in_a_sum():
    """The total is typed too: the parts are held against it, not against what stood there."""
    series = "ondermijningsgelden-geplande-besteding|nederland|plan|"
    total = Observation.objects.get(series__key=series, period__code="2028")
    part = Observation.objects.filter(series__key__startswith=series, period=total.period, value__gt=0)
    part = part.exclude(pk=total.pk).select_related("series").order_by("pk")[0]
    assert total.value is not None
    assert part.value is not None
    typed = draft(series, "2028", str(total.value + 5))
    raised = draft(part.series.key, "2028", str(part.value + 5))
    said = findings_of([typed, raised])
    assert not any(f.rule == "som-klopt-niet" for rows in said.values() for f in rows)


def test_the_right_figures_give_no_error_and_few_warnings():
    """Every real figure against the rest of its series; each warning is one that an officer can answer."""
    counts, total = _judged_again()
    assert total > 700
    assert {code: n for (severity, code), n in counts.items() if severity is Severity.ERROR} == {}
    warnings = {code: n for (severity, code), n in counts.items() if severity is Severity.WARNING}
    assert sum(warnings.values()) <= total * 0.02, warnings


def _judged_again() -> tuple[Counter[tuple[Severity, str]], int]:
    """Each figure proposed as it stands; its own period is never part of its history."""
    anna = person("anna", Role.INVOERDER)
    proposals = Proposal.objects.bulk_create(
        Proposal(
            series_id=row.series_id,
            period_id=row.period_id,
            value=row.value,
            value_high=row.value_high,
            marker=row.marker,
            status=row.status,
            entered_by=anna,
            changed_by=anna,
        )
        for row in Observation.objects.filter(known_to__isnull=True)
    )
    found = findings_of(list(Proposal.objects.select_related("period")))
    counts = Counter((finding.severity, finding.rule) for rows in found.values() for finding in rows)
    return counts, len(proposals)
