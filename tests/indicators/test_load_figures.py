"""Loading the published figures: once is enough, a correction is a revision, nothing is ever lost."""

from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from indicators.core.enumerations import Audience, ChangeKind
from indicators.core.vantage import Vantage
from indicators.importing.figure_rows import CORRECTION_REASON
from indicators.models import Fact, Footnote, Observation, Reading
from indicators.queries.data_set import load_data_set
from monitor.base.models import AuditRecord
from monitor.base.queries.audit import audit_end
from tests.indicators.seed_folder import SeedFolder

pytestmark = pytest.mark.django_db

FIGURE = {"indicator": "gtpa-incidenten", "categories": "", "period": "2024"}
KEY = "gtpa-incidenten|nederland|realisatie|"


def load(folder: SeedFolder | None = None) -> str:
    told = StringIO()
    options: dict[str, Any] = {"folder": folder.path} if folder else {}
    call_command("load_figures", stdout=told, **options)
    return told.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("indicators").get_models()}


def is_figure(row: dict[str, str]) -> bool:
    return row["area"] == "nederland" and all(row[column] == value for column, value in FIGURE.items())


def revisions(key: str = KEY, period: str = "2024") -> list[Observation]:
    return list(Observation.objects.filter(series__key=key, period__code=period).order_by("revision"))


def test_a_second_load_changes_nothing_and_leaves_no_trace(loaded_seed: None) -> None:
    before, head = counts(), audit_end()
    told = load()
    assert "Alles stond er al; er is niets veranderd." in told
    assert " 0 nieuw, 0 gewijzigd, " in told
    assert counts() == before
    assert (audit_end().number, audit_end().digest) == (head.number, head.digest)


def test_a_load_tells_what_it_did_and_leaves_one_audit_record() -> None:
    told = load()
    assert f"waarnemingen: {Observation.objects.count()} nieuw, 0 gewijzigd, 0 ongewijzigd" in told
    record = AuditRecord.objects.get()
    assert record.act == "gepubliceerde cijfers geladen"
    assert record.counts["waarnemingen"] == Observation.objects.count()


def test_every_line_of_the_seed_files_has_its_row(seed_folder: SeedFolder, loaded_seed: None) -> None:
    assert Observation.objects.count() == len(seed_folder.rows("figures"))
    assert Fact.objects.count() == len(seed_folder.rows("facts"))
    assert Reading.objects.count() == len(seed_folder.rows("readings"))


def test_every_seed_value_stands_in_the_database_exactly(seed_folder: SeedFolder, loaded_seed: None) -> None:
    stored = {
        (row.series.indicator.code, row.series.key, row.period.as_value, row.place): row
        for row in Observation.objects.select_related("series__indicator", "period")
    }
    written = sorted(Decimal(row["value"]) for row in seed_folder.rows("figures") if row["value"])
    assert sorted(row.value for row in stored.values() if row.value is not None) == written
    assert all(row.revision == 1 and row.change_kind == ChangeKind.FIRST for row in stored.values())


def test_a_reasoned_figure_says_in_a_footnote_how_it_was_read(loaded_seed: None) -> None:
    reasoned = Observation.objects.filter(certainty="beredeneerd")
    assert reasoned.exists()
    assert not reasoned.filter(footnotes__isnull=True).exists()


def test_a_corrected_value_becomes_a_revision_and_the_old_one_is_kept(
    seed_folder: SeedFolder, loaded_seed: None
) -> None:
    (before,) = revisions()
    assert before.value is not None
    seed_folder.change("figures", {"value": str(before.value.quantize(1) + 1)}, is_figure)
    assert "waarnemingen: 0 nieuw, 1 gewijzigd" in load(seed_folder)
    old, new = revisions()
    assert (old.pk, old.value, old.known_to) == (before.pk, before.value, new.known_from)
    assert (new.value, new.revision, new.known_to) == (before.value + 1, 2, None)
    assert (new.change_kind, new.reason) == (ChangeKind.CORRECTION, CORRECTION_REASON)
    assert old.public_to == new.public_from
    load(seed_folder)
    assert len(revisions()) == 2


def test_a_later_publication_leaves_the_earlier_figure_to_be_seen_as_it_was_known(
    seed_folder: SeedFolder, loaded_seed: None
) -> None:
    rows = seed_folder.rows("publications")
    rows.append(rows[0] | {"code": "halfjaarbericht-politie-2026-1", "date": "2026-06-01", "round": ""})
    seed_folder.write("publications", rows)
    seed_folder.change("figures", {"value": "12600", "publication": "halfjaarbericht-politie-2026-1"}, is_figure)
    (before,) = revisions()
    load(seed_folder)
    old, _ = revisions()
    for audience in Audience:
        then = load_data_set(Vantage.on_day(date(2026, 5, 31), audience))
        now = load_data_set(Vantage.on_day(date(2026, 6, 1), audience))
        assert then.figures[KEY][-1].value == before.value == old.value
        assert now.figures[KEY][-1].value == 12600


def test_a_changed_footnote_is_a_revision_too(seed_folder: SeedFolder, loaded_seed: None) -> None:
    seed_folder.change("figures", {"footnote": "Een nieuwe opmerking."}, is_figure)
    load(seed_folder)
    old, new = revisions()
    assert old.value == new.value
    assert "Een nieuwe opmerking." in [note.text for note in new.footnotes.all()]
    assert Footnote.objects.filter(text="Een nieuwe opmerking.").exists()


def test_changed_wording_is_updated_without_a_revision(seed_folder: SeedFolder, loaded_seed: None) -> None:
    before = Observation.objects.count()
    line = seed_folder.change("indicators", {"definition": "Een betere omschrijving."})
    assert line == 2
    told = load(seed_folder)
    assert "indicatorversies: 0 nieuw, 1 gewijzigd" in told
    assert Observation.objects.count() == before


def test_a_figure_that_is_gone_from_the_seed_file_stays_in_the_database(
    seed_folder: SeedFolder, loaded_seed: None
) -> None:
    before = Observation.objects.count()
    rows = seed_folder.rows("figures")
    seed_folder.write("figures", rows[:-5])
    load(seed_folder)
    assert Observation.objects.count() == before


def test_a_load_that_fails_at_the_last_table_has_written_nothing(
    monkeypatch: pytest.MonkeyPatch, seed_folder: SeedFolder
) -> None:
    def fail(**values: Any) -> None:
        raise RuntimeError("schijf vol")

    monkeypatch.setattr("indicators.importing.figures.record_act", fail)
    with pytest.raises(RuntimeError):
        load()
    assert not any(counts().values())


def test_the_order_of_the_lines_does_not_matter(seed_folder: SeedFolder) -> None:
    load()
    for name in ("figures", "facts", "readings", "indicators", "targets"):
        seed_folder.write(name, seed_folder.rows(name)[::-1])
    assert "Alles stond er al" in load(seed_folder)


def test_a_total_that_does_not_agree_with_its_parts_stops_the_load(seed_folder: SeedFolder, db: None) -> None:
    seed_folder.change("figures", {"value": "9000"}, is_figure)
    with pytest.raises(CommandError, match=r"spreekt zichzelf tegen.*het totaal is 9\.000"):
        load(seed_folder)
    assert not Observation.objects.exists()
