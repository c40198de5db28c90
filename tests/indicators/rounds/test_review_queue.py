"""The second officer's queue: what it tells, what it leaves out, and what the buttons take."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from indicators.core.review import difference_text
from indicators.models import Observation, Proposal, RoundItem, Supplier, ThemeAccess
from indicators.queries import review_queue as queries
from indicators.queries.review_queue import QueueChoice, review_queue
from indicators.queries.workers import worker_of
from indicators.services.proposals import Place, return_proposals
from monitor.base.core.roles import Role
from monitor.base.models import User
from tests.factories import (
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    PublicationFactory,
    RoundFactory,
    SeriesFactory,
    ThemeFactory,
)
from tests.indicators.proposals.desk import pairs
from tests.workers import person


@pytest.mark.parametrize(
    ("old", "new", "unit", "decimals", "text"),
    [
        ("12543", "13743", "aantal", 0, "+1.200 (+9,6%)"),
        ("83.7", "83.3", "procent", 1, "−0,4 procentpunt"),
        ("100", "100", "aantal", 0, "ongewijzigd"),
        ("0", "5", "aantal", 0, "+5"),
        ("7.1", "7.3", "rapportcijfer", 1, "+0,2"),
        ("371.8", "370", "miljoen euro", 1, "−€\u00a01,8 miljoen (−0,5%)"),
    ],
)
def test_old_against_new_is_told_in_the_unit_and_as_a_share(old, new, unit, decimals, text):
    assert difference_text(Decimal(old), Decimal(new), unit, decimals) == text


def test_without_one_of_the_two_there_is_no_difference():
    assert difference_text(None, Decimal(1), "aantal", 0) == ""


def browser(name):
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def fill(desk, count):
    """Submitted values of as many series, written at once."""
    now, author = timezone.now(), User.objects.get(username="anna")
    series = SeriesFactory._meta.model.objects.bulk_create(
        SeriesFactory.build(indicator=desk.indicator, area=desk.series.area, key=f"zaken|reeks-{number}")
        for number in range(count)
    )
    Proposal.objects.bulk_create(
        Proposal(
            series=one, period=desk.period, round=desk.round, value=number, state="ter-controle", submitted_at=now,
            entered_by=author, changed_by=author,
        )
        for number, one in enumerate(series)
    )  # fmt: skip


def test_a_row_tells_old_and_new_the_course_and_what_was_handed_back_before(desk):
    for year in ("2021", "2022", "2023"):
        ObservationFactory(series=desk.series, period=PeriodFactory(code=year), value=90)
    desk.checked("95")
    first = desk.submitted("100", change_kind="bijstelling", reason="Nagekomen zaken.", version=0)
    return_proposals(by=desk.bram, pairs=pairs(first), reason="Welke zaken?")
    desk.submitted("101", change_kind="bijstelling", reason="Zaken van december.", version=first.version + 1)
    (row,) = review_queue(desk.bram, desk.round).rows
    assert (row.text, row.current.text, row.difference) == ("101", "95", "+6 (+6,3%)")
    assert row.values == [90, 90, 90, 101]
    assert [edit.after["reden"] for edit in row.returned] == ["Welke zaken?"]
    page = browser("bram").get(f"/rondes/{desk.round.code}/controle/").content.decode()
    for said in ("Welke zaken?", "Zaken van december.", "+6 (+6,3%)", "sparkline", "Ingevoerd door anna"):
        assert said in page


def test_what_was_handed_back_before_the_last_check_is_history(desk):
    first = desk.submitted("100")
    return_proposals(by=desk.bram, pairs=pairs(first), reason="Oud.")
    desk.checked("101", version=first.version + 1)
    desk.submitted("102", change_kind="correctie", reason="Typefout.")
    (row,) = review_queue(desk.bram, desk.round).rows
    assert row.returned == ()


def test_a_correction_of_a_figure_that_was_sent_says_where_it_stands(desk):
    ObservationFactory(
        series=desk.series, period=desk.period, value=95, publication=PublicationFactory(short_name="Bericht 2025-1")
    )
    desk.submitted("96", change_kind="correctie", reason="Typefout.")
    page = browser("bram").get(f"/rondes/{desk.round.code}/controle/").content.decode()
    assert "Dit cijfer stond in Bericht 2025-1. Een correctie moet daar worden gemeld." in page


def test_all_without_warnings_takes_what_the_page_showed_and_leaves_own_and_warned_values(desk):
    warned, own = (SeriesFactory(indicator=desk.indicator, variant=name) for name in ("plan", "raming"))
    for series in (warned, own):
        desk.ask(series)
    calm = desk.submitted("100")
    desk.submitted("100", place=desk.place(warned))
    Proposal.objects.filter(series=warned).update(
        findings=[{"severity": "waarschuwing", "message": "Vreemd.", "compared": []}]
    )
    desk.submitted("100", by=desk.chris, place=desk.place(own))
    queue = review_queue(desk.chris, desk.round)
    assert queue.calm_pairs == (f"{calm.pk}:{calm.version}",)
    assert queue.own == 1
    chris = browser("chris")
    address = f"/rondes/{desk.round.code}/controle/"
    assert "1 cijfer is van uzelf; die kan alleen een collega controleren." in chris.get(address).content.decode()
    answer = chris.post(f"{address}besluit/", {"act": "zonder-waarschuwing", "calm": queue.calm_pairs}, follow=True)
    assert "Eén cijfer is gecontroleerd." in answer.content.decode()
    assert set(Proposal.objects.values_list("series", flat=True)) == {warned.pk, own.pk}
    answer = chris.post(f"{address}besluit/", {"act": "zonder-waarschuwing"})
    assert answer.status_code == 400
    assert "geen cijfer zonder waarschuwing dat u kunt controleren" in answer.content.decode()


def test_the_button_of_a_row_checks_that_row_whatever_is_chosen(desk):
    other = SeriesFactory(indicator=desk.indicator, variant="plan")
    desk.ask(other)
    proposal, chosen = desk.submitted("100"), desk.submitted("90", place=desk.place(other))
    posted = {"one": f"{proposal.pk}:{proposal.version}", "pairs": f"{chosen.pk}:{chosen.version}"}
    assert browser("bram").post(f"/rondes/{desk.round.code}/controle/besluit/", posted).status_code == 302
    assert desk.current().value == 100
    assert Proposal.objects.get().pk == chosen.pk


def test_a_stale_choice_is_told_by_name_and_the_page_goes_on_from_what_stands_there(desk):
    other = SeriesFactory(indicator=desk.indicator, variant="plan")
    desk.ask(other)
    seen, gone = desk.submitted("100"), desk.submitted("90", place=desk.place(other))
    stale = [f"{seen.pk}:{seen.version}", f"{gone.pk}:{gone.version}"]
    desk.submitted("120", version=seen.version)
    assert browser("bram").post("/controle/besluit/", {"one": stale[1]}).status_code == 302
    answer = browser("bram").post(
        f"/rondes/{desk.round.code}/controle/besluit/", {"pairs": stale, "act": "controleren"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<strong>Zaken over 2024</strong>: gewijzigd door anna" in page
    assert "<strong>Eén cijfer</strong>: intussen gecontroleerd of ingetrokken" in page
    assert "120" in page
    assert not Observation.objects.filter(series=desk.series).exists()


def test_a_reason_that_was_typed_is_not_lost_when_handing_back_is_refused(desk):
    desk.submitted("100")
    posted = {"act": "teruggeven", "reason": "Waarom zo laag?"}
    answer = browser("bram").post(f"/rondes/{desk.round.code}/controle/besluit/", posted)
    assert answer.status_code == 400
    assert 'value="Waarom zo laag?"' in answer.content.decode()


def test_filters_of_theme_supplier_and_warning_combine(desk):
    theme = ThemeFactory(code="geld", name="Geld")
    other = SeriesFactory(indicator=IndicatorFactory(code="beslag", theme=theme))
    desk.ask(other)
    RoundItem.objects.filter(series=other).update(supplier=Supplier.objects.create(code="om", name="OM"))
    desk.submitted("100")
    desk.submitted("5", place=desk.place(other))
    queue = review_queue(desk.bram, desk.round)
    assert {code for code, _ in queue.themes} == {desk.indicator.theme.code, "geld"}
    assert list(queue.suppliers) == [("om", "OM")]

    def shown(**choice):
        return [row.info.code for row in review_queue(desk.bram, desk.round, QueueChoice(**choice)).rows]

    assert sorted(shown()) == ["beslag", "zaken"]
    assert shown(theme="geld") == shown(supplier="om") == ["beslag"]
    assert shown(theme="geld", only_warned=True) == []


def test_a_figure_of_two_rounds_waits_in_both_and_one_outside_any_round_in_the_whole_queue(desk):
    other = RoundFactory(state="open")
    RoundItem.objects.create(round=other, series=desk.series, period=desk.period)
    desk.submitted("100")
    assert len(review_queue(desk.bram, desk.round).rows) == len(review_queue(desk.bram, other).rows) == 1
    loose = SeriesFactory(indicator=desk.indicator, variant="plan")
    desk.submitted("90", place=Place(loose.pk, desk.period.pk))
    assert len(review_queue(desk.bram, desk.round).rows) == 1
    assert len(review_queue(desk.bram).rows) == 2
    assert "buiten een ronde" in browser("bram").get("/controle/").content.decode()


def test_who_is_limited_to_a_theme_sees_only_that(desk):
    desk.submitted("100")
    els = person("els", Role.CONTROLEUR)
    ThemeAccess.objects.create(user=els, theme=ThemeFactory())
    assert review_queue(worker_of(els), desk.round).rows == ()


def test_many_values_come_in_pages_with_as_many_statements_as_a_few(desk, django_assert_max_num_queries):
    fill(desk, 120)
    queue = review_queue(desk.bram, desk.round, page=2)
    assert (len(queue.rows), queue.page.paginator.num_pages) == (queries.ROWS_PER_PAGE, 3)
    assert len(queue.calm_pairs) == queries.ROWS_PER_PAGE
    with django_assert_max_num_queries(30) as few:
        review_queue(desk.bram, desk.round)
    Proposal.objects.filter(value__gte=3).update(state="concept")
    with django_assert_max_num_queries(len(few)):
        review_queue(desk.bram, desk.round)


def test_after_the_last_value_the_page_says_what_is_next(desk):
    plan = SeriesFactory(indicator=desk.indicator, variant="plan")
    desk.ask(plan)
    desk.checked("100")
    page = browser("bram").get(f"/rondes/{desk.round.code}/controle/").content.decode()
    assert "Wat nu" in page
    assert "1 cijfer is leeg" in page
    desk.series = plan
    desk.checked("90")
    assert "De ronde is compleet." in browser("bram").get(f"/rondes/{desk.round.code}/controle/").content.decode()
