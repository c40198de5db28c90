"""Asking a supplier for figures: what stands in the sheet, what is written down, who may."""

from decimal import Decimal

import pytest

from indicators.core.request_answers import read_returned
from indicators.core.request_layout import request_key_of
from indicators.core.request_sheets import request_mail
from indicators.models import DataRequest, Round, RoundItem, ThemeAccess
from indicators.queries.workers import worker_of
from indicators.services.kept_files import KeptFileMissing
from indicators.services.requests import NothingToAsk, make_request, read_request_file
from monitor.base.core.errors import NotAllowed, NotThere
from monitor.base.core.roles import Role
from monitor.base.models import AuditRecord, User
from monitor.base.tabular.reading import read_file
from tests.factories import ObservationFactory, PeriodFactory, TargetFactory, ThemeFactory
from tests.indicators.deliveries.office import CASES, SHARE, key_of
from tests.indicators.deliveries.supplier import CODES_ROW, FIRST_ROW
from tests.workers import worker


def test_every_asked_figure_has_a_row_with_what_the_supplier_needs(office):
    TargetFactory(indicator=office.series[SHARE].indicator, text="Ten minste 80 procent.")
    grid = office.sheet().grid
    rows = grid.cells[FIRST_ROW:]
    assert len(rows) == 4
    shown = dict(
        zip((str(code) for code in grid.cells[CODES_ROW]), grid.cells[grid.row_of(key_of(SHARE))], strict=True)
    )
    assert shown["#indicator"] == "Aandeel"
    assert shown["#definitie"] == "Zo geteld."
    assert shown["#periode"] == "heel 2024"
    assert shown["#meeteenheid"] == "procent"
    assert shown["#norm"] == "Ten minste 80 procent."
    assert (shown["#eerder-periode-1"], shown["#eerder-1"]) == ("2023", Decimal("82.9"))
    assert (shown["#eerder-periode-2"], shown["#eerder-2"]) == ("2022", Decimal("81.2"))
    assert [shown[f"#{code}"] for code in ("waarde", "status", "reden", "opmerking")] == [None] * 4


def test_the_key_of_the_request_is_hidden_in_it_and_nothing_is_answered_yet(office):
    made = office.request()
    book = read_file("uitvraag.xlsx", made.content)
    assert request_key_of(book) == str(made.request.key)
    returned = read_returned(book, made.sheet.figures, {}, request_key=str(made.request.key))
    assert len(returned.answers) == 4
    assert all(answer.is_blank for answer in returned.answers)
    assert returned.problems == ()


def test_figures_of_another_kind_of_period_are_not_shown_beside_a_year(office):
    ObservationFactory(series=office.series[CASES], period=PeriodFactory(code="2023-H1"), value=7)
    grid = office.sheet().grid
    assert Decimal(7) not in grid.cells[grid.row_of(key_of(CASES))]


def test_the_asked_figures_become_uitgevraagd_and_the_act_is_recorded(office):
    made = office.request()
    assert set(RoundItem.objects.values_list("requested_at", flat=True)) == {made.request.made_at}
    record = AuditRecord.objects.get(act="uitvraag gemaakt")
    assert (record.counts, record.subject) == ({"gevraagde cijfers": 4}, "2026-2, politie")
    assert read_request_file(made.request) == made.content


def test_asking_again_gives_a_new_request_for_what_is_still_to_come(office):
    first = office.request()
    ObservationFactory(series=office.series[CASES], period=PeriodFactory(code="2024"), value=1200)
    RoundItem.objects.filter(series=office.series[SHARE]).update(unavailable="geheim", unavailable_reason="Mag niet.")
    second = office.request()
    assert (first.request.key != second.request.key, second.request.asked) == (True, 2)
    assert DataRequest.objects.count() == 2


def test_nothing_is_asked_when_everything_is_there(office):
    RoundItem.objects.update(unavailable="geheim", unavailable_reason="Mag niet.")
    with pytest.raises(NothingToAsk, match="hoeft voor proefronde niets meer te leveren"):
        office.request()
    assert not DataRequest.objects.exists()


def test_a_closed_round_asks_nothing(office):
    Round.objects.update(state="gesloten")
    with pytest.raises(NotAllowed, match="is niet open"):
        office.request()


def test_only_who_enters_figures_asks_for_them(office):
    for role in (Role.CONTROLEUR, Role.REKENAAR, Role.RAADPLEGER):
        with pytest.raises(NotAllowed):
            make_request(by=worker(f"een-{role}", role), round_code="2026-2", supplier_code="politie")


def test_who_has_one_theme_does_not_ask_for_another(office):
    ThemeAccess.objects.create(user=User.objects.get(username="anna"), theme=ThemeFactory())
    anna = worker_of(User.objects.get(username="anna"))
    with pytest.raises(NotAllowed, match="thema"):
        make_request(by=anna, round_code="2026-2", supplier_code="politie")


@pytest.mark.parametrize(("round_code", "supplier"), [("bestaat-niet", "politie"), ("2026-2", "bestaat-niet")])
def test_a_round_or_supplier_that_does_not_exist_is_named(office, round_code, supplier):
    with pytest.raises(NotThere, match="bestaat-niet"):
        make_request(by=office.anna, round_code=round_code, supplier_code=supplier)


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_harmless(office):
    version = office.series[CASES].indicator.versions.get()
    version.definition = "=HYPERLINK(1)"
    version.save()
    grid = office.sheet().grid
    assert grid.cells[grid.row_of(key_of(CASES))][grid.column("definitie")] == "'=HYPERLINK(1)"


def test_the_mail_says_how_many_before_when_and_with_which_file(office):
    mail = request_mail(office.request().sheet, "Anna de Vries")
    assert mail.to == "p@example.org"
    assert "proefronde" in mail.subject
    for words in ("4 cijfers", "27 november 2026", "uitvraag-politie-2026-2.xlsx", "Anna de Vries"):
        assert words in mail.body


def test_a_kept_sheet_that_is_gone_is_told_with_what_to_do(office, settings):
    made = office.request()
    (settings.REQUEST_DIR / f"{made.request.key}.xlsx").unlink()
    with pytest.raises(KeptFileMissing, match="Vraag een beheerder"):
        read_request_file(made.request)


def test_the_same_request_gives_the_same_bytes(office):
    from indicators.core.request_sheets import request_book
    from monitor.base.tabular.filling import write_filling_book

    made = office.request()
    assert write_filling_book(request_book(made.sheet)) == made.content
