"""Saving a cell or a block: what is taken back, what is a conflict, and the source that comes with it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.models import Proposal, RoundItem, Source
from indicators.services.approval import approve_proposals
from indicators.services.entries import MOST_AT_ONCE, Entry, NewSource, save_entries, save_entry
from indicators.services.proposals import ProposalContent, StaleProposals, return_proposals
from monitor.base.core.errors import Conflict, MonitorError, NotAllowed
from tests.factories import PeriodFactory, SeriesFactory
from tests.indicators.proposals.desk import Desk, pairs


def entry(desk: Desk, value: object = "100", *, version: int = 0, revision: int = 0, **more: object) -> Entry:
    number = None if value is None else Decimal(str(value))
    return Entry(desk.place(), version, revision, ProposalContent(value=number, **more))  # type: ignore[arg-type]


def test_a_cell_is_saved_with_the_version_that_was_seen(desk):
    saved = save_entry(by=desk.anna, entry=entry(desk))
    assert (saved.value, saved.version) == (100, 1)
    with pytest.raises(StaleProposals):
        save_entry(by=desk.chris, entry=entry(desk, "101"))
    assert Proposal.objects.get().value == 100


def test_an_emptied_draft_is_taken_back(desk):
    saved = save_entry(by=desk.anna, entry=entry(desk))
    assert save_entry(by=desk.anna, entry=entry(desk, None, version=saved.version)) is None
    assert not Proposal.objects.exists()


def test_an_emptied_cell_with_a_remark_stays_a_draft(desk):
    saved = save_entry(by=desk.anna, entry=entry(desk, remark="Komt maandag."))
    kept = save_entry(by=desk.anna, entry=entry(desk, None, version=saved.version, remark="Komt maandag."))
    assert kept is not None
    assert Proposal.objects.get().remark == "Komt maandag."


def test_an_emptied_cell_that_was_handed_back_keeps_the_reason(desk):
    proposal = desk.submitted()
    return_proposals(by=desk.bram, pairs=pairs(proposal), reason="Klopt dit?")
    proposal.refresh_from_db()
    save_entry(by=desk.anna, entry=entry(desk, None, version=proposal.version))
    assert Proposal.objects.get().return_reason == "Klopt dit?"


def test_taking_back_with_a_stale_version_is_a_conflict(desk):
    desk.save("5")
    desk.save("6", version=1)
    with pytest.raises(StaleProposals):
        save_entry(by=desk.anna, entry=entry(desk, None, version=1))
    assert Proposal.objects.get().value == 6


def test_nothing_in_an_empty_cell_saves_nothing(desk):
    assert save_entry(by=desk.anna, entry=entry(desk, None)) is None
    assert not Proposal.objects.exists()
    with pytest.raises(NotAllowed):
        save_entry(by=desk.bram, entry=entry(desk, None))


def test_a_figure_that_was_checked_meanwhile_is_a_conflict_and_no_silent_revision(desk):
    approve_proposals(by=desk.bram, pairs=pairs(desk.submitted("100")))
    with pytest.raises(Conflict, match="intussen gecontroleerd"):
        save_entry(by=desk.chris, entry=entry(desk, "101"))
    assert not Proposal.objects.exists()
    saved = save_entry(
        by=desk.chris, entry=entry(desk, "101", revision=1, change_kind="correctie", reason="Dubbel geteld.")
    )
    assert (saved.base_revision, saved.change_kind) == (1, "correctie")


def test_a_past_period_of_an_asked_series_joins_the_round(desk):
    past = PeriodFactory(code="2019")
    place = replace(desk.place(), period_id=past.pk)
    save_entry(by=desk.anna, entry=replace(entry(desk), place=place))
    assert RoundItem.objects.filter(round=desk.round, series=desk.series, period=past).exists()


def test_a_new_source_is_made_once_whoever_types_it(desk):
    new = replace(entry(desk), new_source=NewSource("Opgave van november", "Politie"))
    first = save_entry(by=desk.anna, entry=new)
    again = replace(new, version=1, new_source=NewSource(" opgave van november ", "politie"))
    second = save_entry(by=desk.anna, entry=again)
    assert first.source_id == second.source_id
    assert (Source.objects.get().title, Source.objects.get().code) == (
        "Opgave van november",
        "politie-opgave-van-november",
    )


def test_a_source_with_a_name_that_is_taken_gets_another_code(desk):
    Source.objects.create(code="politie-opgave", title="Opgave (oud)", holder="Politie", kind="opgave")
    save_entry(by=desk.anna, entry=replace(entry(desk), new_source=NewSource("Opgave", "Politie")))
    assert set(Source.objects.values_list("code", flat=True)) == {"politie-opgave", "politie-opgave-2"}


def test_a_source_of_a_cell_that_was_not_saved_is_not_made(desk):
    desk.save("5")
    with pytest.raises(StaleProposals):
        save_entry(by=desk.anna, entry=replace(entry(desk), new_source=NewSource("Opgave", "Politie")))
    assert not Source.objects.exists()


def test_a_block_saves_what_it_can_and_tells_the_rest(desk):
    other, third = SeriesFactory(), SeriesFactory()
    desk.ask(other)
    desk.save("5", by=desk.chris, place=desk.place(other))
    block = [entry(desk, "100"), replace(entry(desk, "7"), place=desk.place(other)), entry(desk, "8")]
    block[2] = replace(block[2], place=desk.place(third))
    outcomes = save_entries(by=desk.anna, entries=block)
    told = {one.place.series_id: type(one.error).__name__ if one.error else "opgeslagen" for one in outcomes}
    assert told == {desk.series.pk: "opgeslagen", other.pk: "StaleProposals", third.pk: "NotAllowed"}
    assert set(Proposal.objects.values_list("value", flat=True)) == {Decimal(100), Decimal(5)}


def test_a_block_has_a_largest_size_and_is_for_those_who_enter(desk):
    with pytest.raises(MonitorError, match="Ten hoogste"):
        save_entries(by=desk.anna, entries=[entry(desk)] * (MOST_AT_ONCE + 1))
    with pytest.raises(NotAllowed):
        save_entries(by=desk.bram, entries=[entry(desk)])
