"""Load, revise, embargo, publish and look back, in any order, against a plain dictionary; on both databases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from indicators.core.enumerations import Audience, ChangeKind, Marker
from indicators.core.vantage import Vantage
from indicators.models import Observation
from indicators.queries.data_set import load_data_set
from indicators.queries.verification import data_problems
from indicators.queries.visibility import visible_observations
from indicators.services.catalogue import Counts
from indicators.services.published import PublishedValue, record_published
from monitor.base.core.errors import MonitorError
from tests.factories import IndicatorFactory, PeriodFactory, PublicationFactory, SeriesFactory

START = datetime(2024, 1, 1, tzinfo=UTC)
LAST_DAY = 12
days = st.integers(0, LAST_DAY)
places = st.integers(0, 2)
contents = st.sampled_from([Decimal(1), Decimal(2), Decimal("2.5"), Marker.NIHIL, Marker.UNKNOWN])
embargoes = st.one_of(st.none(), days)  # not public yet, or public from that day

Content = Decimal | Marker


def moment(day: int) -> datetime:
    return START + timedelta(days=day)


@dataclass
class Revision:
    """What the model remembers of one revision."""

    content: Content
    known: int
    public: int | None


class Observations(RuleBasedStateMachine):
    """The database beside ``self.model``: per figure the list of its revisions, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        indicator = IndicatorFactory(code="zaken")
        self.publication = PublicationFactory()
        self.periods = [PeriodFactory(code=code) for code in ("2023", "2024")]
        total = SeriesFactory(indicator=indicator)
        unit = SeriesFactory(indicator=indicator, area__code="eenheid-limburg", area__kind="eenheid")
        self.places = [(total, self.periods[0]), (total, self.periods[1]), (unit, self.periods[1])]
        self.model: dict[int, list[Revision]] = {place: [] for place in range(len(self.places))}

    def teardown(self) -> None:
        try:
            self.every_day_shows_what_the_model_says()
            self.the_ranges_are_whole()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # --- acts ---------------------------------------------------------------------------------------------------------

    @rule(place=places, content=contents, known=days, public=embargoes)
    def record(self, place: int, content: Content, known: int, public: int | None) -> None:
        """A first figure, a revision, the same figure again, or one that becomes public: the model says which."""
        revisions = self.model[place]
        expected: Callable[[], None] | None
        latest = revisions[-1] if revisions else None
        if latest is None:
            counts, expected = Counts(new=1), lambda: revisions.append(Revision(content, known, public))
        elif latest.content == content and not (latest.public is None and public is not None):
            counts, expected = Counts(same=1), lambda: None
        elif latest.content == content:
            counts, expected = Counts(changed=1), lambda: setattr(latest, "public", public)
        else:
            counts, expected = Counts(changed=1), lambda: revisions.append(Revision(content, known, public))
        if counts.same == 0 and self._is_refused(revisions, content, known, public):
            with pytest.raises(MonitorError, match="kan niet eerder"):
                record_published([self._value(place, content, known, public)])
            return
        assert record_published([self._value(place, content, known, public)]) == counts
        expected()

    @rule(place=places, content=contents, known=days)
    def revise_without_a_reason(self, place: int, content: Content, known: int) -> None:
        """Refused, unless nothing would change."""
        latest = self.model[place][-1] if self.model[place] else None
        if latest is None or latest.content == content:
            return
        with pytest.raises(MonitorError, match="geef een soort wijziging en een reden"):
            record_published([self._value(place, content, known, None, reason="")])

    @rule()
    def load_everything_again(self) -> None:
        values = [
            self._value(place, rows[-1].content, rows[-1].known, rows[-1].public)
            for place, rows in self.model.items()
            if rows
        ]
        assert record_published(values) == Counts(same=len(values))

    @rule(place=places, content=contents, known=days)
    def a_batch_with_one_refusal_changes_nothing(self, place: int, content: Content, known: int) -> None:
        """The good figure before it in the batch is not kept either."""
        latest = self.model[place][-1] if self.model[place] else None
        other = (place + 1) % len(self.places)
        if latest is None or latest.content == content:
            return
        good = self._value(other, Decimal(77), LAST_DAY, None)
        with pytest.raises(MonitorError):
            record_published([good, self._value(place, content, known, None, reason="")])

    # --- looking back -------------------------------------------------------------------------------------------------

    @rule(day=days, audience=st.sampled_from(Audience))
    def look_from(self, day: int, audience: Audience) -> None:
        """The whole way that a page or a report goes."""
        data = load_data_set(Vantage(moment(day), audience), facts=())
        seen = {
            (key, figure.period.code): figure.marker or figure.value
            for key, figures in data.figures.items()
            for figure in figures
        }
        assert seen == self._expected(day, audience)

    def every_day_shows_what_the_model_says(self) -> None:
        for audience in Audience:
            for day in range(LAST_DAY + 2):
                rows = Observation.objects.filter(visible_observations(Vantage(moment(day), audience)))
                seen = [
                    ((key, code), Marker(marker) if marker else value)
                    for key, code, marker, value in rows.values_list("series__key", "period__code", "marker", "value")
                ]
                assert len(seen) == len(dict(seen)), f"dag {day}, {audience}: een cijfer staat er twee keer"
                assert dict(seen) == self._expected(day, audience), f"dag {day}, {audience}"

    @invariant()
    def nothing_is_ever_lost(self) -> None:
        stored = {
            (key, code, revision): Marker(marker) if marker else value
            for key, code, revision, marker, value in Observation.objects.values_list(
                "series__key", "period__code", "revision", "marker", "value"
            )
        }
        assert stored == {
            (*self._name(place), number): row.content
            for place, rows in self.model.items()
            for number, row in enumerate(rows, 1)
        }

    def the_ranges_are_whole(self) -> None:
        assert list(data_problems(Vantage(moment(LAST_DAY), Audience.INTERNAL))) == []

    # --- the model ----------------------------------------------------------------------------------------------------

    def _is_refused(self, revisions: list[Revision], content: Content, known: int, public: int | None) -> bool:
        if not revisions:
            return False
        shown = [row.public for row in revisions if row.public is not None]
        too_early_public = bool(shown) and public is not None and public < max(shown)
        too_early_known = revisions[-1].content != content and known < revisions[-1].known
        return too_early_public or too_early_known

    def _expected(self, day: int, audience: Audience) -> dict[tuple[str, str], Content]:
        found = {}
        for place, rows in self.model.items():
            if audience is Audience.PUBLIC:
                seen = [row for row in rows if row.public is not None and row.public <= day]
            else:
                seen = [row for row in rows if row.known <= day]
            if seen:
                found[self._name(place)] = seen[-1].content
        return found

    def _name(self, place: int) -> tuple[str, str]:
        series, period = self.places[place]
        return series.key, period.code

    def _value(
        self, place: int, content: Content, known: int, public: int | None, reason: str = "Bijgesteld."
    ) -> PublishedValue:
        series, period = self.places[place]
        return PublishedValue(
            series_id=series.pk,
            period_id=period.pk,
            value=None if isinstance(content, Marker) else content,
            marker=content.value if isinstance(content, Marker) else "",
            publication_id=self.publication.pk,
            known_from=moment(known),
            public_from=None if public is None else moment(public),
            decimals=0,
            status="definitief",
            certainty="zeker",
            change_kind=ChangeKind.UPDATE,
            reason=reason,
        )


@pytest.mark.django_db
def test_the_database_shows_what_a_plain_dictionary_remembers() -> None:
    run_state_machine_as_test(
        Observations,
        settings=settings(
            max_examples=40,
            stateful_step_count=12,
            deadline=None,
            report_multiple_bugs=False,  # shrinking each of several takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
