"""The page of one indicator: figures, breakdowns, readings apart, revisions, norms, breaks, chart and downloads."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from indicators.core.enumerations import ChangeKind
from indicators.models import Indicator, Observation, Reading
from indicators.services.published import PublishedValue, record_published
from monitor.base.models import User
from tests.indicators.web.test_browse import page, text_of

pytestmark = pytest.mark.usefixtures("figures")


def revise(key: str, period: str, value: str, *, known_from: datetime, public_from: datetime | None) -> None:
    old = Observation.objects.get(series__key=key, period__code=period, known_to=None)
    fresh = PublishedValue(
        series_id=old.series_id,
        period_id=old.period_id,
        value=Decimal(value),
        publication_id=old.publication_id,
        known_from=known_from,
        public_from=public_from,
        decimals=old.decimals,
        status=old.status,
        certainty=old.certainty,
        change_kind=ChangeKind.CORRECTION,
        reason="Een telfout is hersteld.",
        place=old.place,
        source_id=old.source_id,
    )
    record_published([fresh])


def test_every_indicator_has_a_page(client):
    for code in Indicator.objects.values_list("code", flat=True):
        assert client.get(f"/indicatoren/{code}/").status_code == 200, code


def test_an_unknown_indicator_is_not_there(client):
    for path in ("", "grafiek.json", "cijfers.csv", "cijfers.xlsx"):
        assert client.get(f"/indicatoren/bestaat-niet/{path}").status_code == 404


def test_the_figure_comes_first_with_its_period_change_and_source(client):
    text = text_of(page(client, "/indicatoren/gtpa-incidenten/"))
    assert re.search(r"12\.543 2024 2,3% meer dan in 2023\. Bron: Politie, Jaarverantwoordingen", text)


def test_the_table_tells_status_place_and_how_a_figure_was_read(client):
    text = text_of(page(client, "/indicatoren/gtpa-incidenten/"))
    assert re.search(r"2023 12\.265 1 definitief beredeneerd regel 470", text)
    assert "gelezen op volgorde van de jaren" in text


def test_a_norm_is_held_against_the_figure(client):
    text = text_of(page(client, "/indicatoren/verzuim/"))
    assert "Norm ten hoogste 5,9%: niet gehaald." in text
    assert "Ten hoogste 5,9%" in text


def test_a_reading_is_never_among_the_figures(client):
    reading = Reading.objects.get(series__indicator__code="gtpa-incidenten", period__code="2018")
    html = page(client, "/indicatoren/gtpa-incidenten/")
    value = f"{int(reading.value):,}".replace(",", ".")
    before, after = html.split('id="lezingen"')
    assert value not in before
    assert value in after
    assert "niet bevestigd" in after
    sheet = client.get("/indicatoren/gtpa-incidenten/cijfers.csv").content.decode("utf-8-sig")
    assert str(int(reading.value)) not in sheet
    figure = client.get("/indicatoren/gtpa-incidenten/grafiek.json").content.decode()
    assert str(int(reading.value)) not in figure
    assert value not in figure


def test_a_breakdown_is_chosen_in_the_address(client):
    html = page(client, "/indicatoren/gtpa-incidenten/?uitsplitsing=soort-geweld")
    text = text_of(html)
    assert "Belediging 5.352" in text
    assert "Totaal 12.543" in text
    assert '<option value="soort-geweld" selected>' in html


def test_an_unknown_choice_gives_the_usual_view(client):
    assert "Cijfers per periode" in page(
        client, "/indicatoren/gtpa-incidenten/?uitsplitsing=onzin&gebied=mars&variant=x"
    )


def test_parts_stand_under_the_part_they_belong_to(client):
    html = page(client, "/indicatoren/ondermijningsgelden-besteding-deelopgave/?uitsplitsing=deelopgave")
    assert re.search(r'class="depth-0">Voorkomen<.*?class="depth-1">Preventie met Gezag<', html, re.DOTALL)


def test_flows_up_to_a_day_and_stocks_are_kept_apart_from_years(client):
    html = page(client, "/indicatoren/ondermijningsgelden-besteding-deelopgave/")
    assert html.index("Per jaar</th>") < html.index("Structureel</th>")


def test_a_break_in_the_series_is_told(client):
    text = text_of(page(client, "/indicatoren/zeden-aangiften/"))
    assert "Trendbreuken 1 juli 2024" in text


def test_a_restated_series_says_so(client):
    text = page(client, "/indicatoren/zeden-aangiften-langer-dan-6-maanden/")
    assert "De hele reeks is herzien" in text
    assert "Geen van deze cijfers is na publicatie gewijzigd" not in text


def test_a_revision_shows_what_it_was_and_why(client):
    known = timezone.now() - timedelta(hours=1)
    revise("gtpa-incidenten|nederland|realisatie|", "2024", "12600", known_from=known, public_from=known)
    text = text_of(page(client, "/indicatoren/gtpa-incidenten/"))
    assert "Een telfout is hersteld." in text
    section = text[text.index("Herzieningen") :]
    assert section.index("12.543") < section.index("12.600")
    assert "Geen van deze cijfers is na publicatie gewijzigd" not in text


def test_a_revision_under_embargo_is_for_those_who_signed_in(client):
    known = timezone.now() - timedelta(hours=1)
    later = timezone.now() + timedelta(days=1)
    revise("gtpa-incidenten|nederland|realisatie|", "2024", "12600", known_from=known, public_from=later)
    html = page(client, "/indicatoren/gtpa-incidenten/")
    assert "12.600" not in html
    assert "12.543" in html
    client.force_login(User.objects.create_user("r"))
    assert "12.600" in page(client, "/indicatoren/gtpa-incidenten/")


def test_without_script_the_table_stands_in_for_the_chart(client):
    html = page(client, "/indicatoren/gtpa-incidenten/")
    assert "<noscript>" in html
    assert "De tabel hieronder bevat dezelfde cijfers" in html


def test_only_a_page_with_a_chart_loads_the_chart_files_and_its_policy_allows_what_they_need(client):
    answer = client.get("/indicatoren/gtpa-incidenten/")
    assert "plotly-basic.min.js" in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "style-src 'self'" in policy
    assert "plotly" not in page(client, "/indicatoren/verzuim/")


def test_the_chart_is_the_figure_of_the_chosen_series(client):
    figure = json.loads(client.get("/indicatoren/gtpa-incidenten/grafiek.json").content)
    assert 12543 in [value for value in figure["data"][0]["y"] if value is not None]
    parts = json.loads(client.get("/indicatoren/gtpa-incidenten/grafiek.json?uitsplitsing=soort-geweld").content)
    assert 5352 in parts["data"][0]["x"]


def test_one_figure_makes_no_chart(client):
    assert client.get("/indicatoren/verzuim/grafiek.json").status_code == 404


def test_every_chart_that_is_announced_can_be_drawn(client):
    for code in Indicator.objects.values_list("code", flat=True):
        if "data-figure-url" in page(client, f"/indicatoren/{code}/"):
            for form in ("", "?vorm=klein"):
                assert client.get(f"/indicatoren/{code}/grafiek.json{form}").status_code == 200, code


def test_the_csv_holds_every_figure_with_its_source_in_dutch_notation(client):
    answer = client.get("/indicatoren/onveiligheidsgevoel-weleens-eigen-buurt/cijfers.csv")
    assert answer.headers["Content-Disposition"].endswith('filename="onveiligheidsgevoel-weleens-eigen-buurt.csv"')
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["Periode"]: row["Waarde"] for row in rows} == {"2021": "13,9", "2023": "15,0"}
    assert all(row["Bron"] and row["Plaats"] for row in rows)


def test_the_workbook_holds_numbers_as_numbers(client):
    answer = client.get("/indicatoren/gtpa-incidenten/cijfers.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    value, period = rows[0].index("Waarde"), rows[0].index("Periode (code)")
    breakdown = rows[0].index("Uitsplitsing")
    totals = {row[period]: row[value] for row in rows[1:] if not row[breakdown]}
    assert totals["2024"] == 12543


def test_a_download_counts_as_many_rows_as_there_are_figures(client):
    for code in ("ondermijningsgelden-geplande-besteding", "zeden-voorraad"):
        text = client.get(f"/indicatoren/{code}/cijfers.csv").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        visible = Observation.objects.filter(series__indicator__code=code, known_to=None).count()
        assert len(rows) - 1 == visible
