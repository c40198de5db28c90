"""``generate_report``: what is wrong in one Dutch sentence with what is possible, exit code 2, nothing half written."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from monitor.base.images import tools
from monitor.base.models import Job
from reports.models import ReportRun
from tests.reports.stubs import CountingRenderer

pytestmark = pytest.mark.usefixtures("loaded_seed")

REPORT = "werkvoorraad-zeden"


def generate(out: Path, template: str = REPORT, **options: Any) -> str:
    told = StringIO()
    call_command("generate_report", template, out=out, stdout=told, **options)
    return told.getvalue()


def refusal(out: Path, template: str = REPORT, **options: Any) -> str:
    """The sentence of the refusal; proves the exit code and that no file was left in the folder."""
    with pytest.raises(CommandError) as failed:
        generate(out, template, **options)
    assert failed.value.returncode == 2
    assert "\n" not in str(failed.value)
    assert not out.is_dir() or list(out.iterdir()) == []
    return str(failed.value)


def test_the_documents_stand_in_the_folder_named_after_the_report(
    renderer: CountingRenderer, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "uit" / "dieper"
    told = generate(out, formats="html,csv")
    assert sorted(path.name for path in out.iterdir()) == ["werkvoorraad-zeden.csv", "werkvoorraad-zeden.html"]
    assert sorted(told.split()) == sorted(str(path) for path in out.iterdir())


def test_all_formats_are_made_when_none_is_named(renderer: CountingRenderer, kept: Path, tmp_path: Path) -> None:
    generate(tmp_path / "uit")
    assert renderer.calls == [("html", "pdf", "docx", "xlsx", "csv")]


def test_a_second_time_renders_nothing_and_fills_the_folder_again(
    renderer: CountingRenderer, kept: Path, tmp_path: Path
) -> None:
    generate(tmp_path / "uit", formats="csv")
    first = (tmp_path / "uit" / f"{REPORT}.csv").read_bytes()
    (tmp_path / "uit" / f"{REPORT}.csv").unlink()
    generate(tmp_path / "uit", formats="csv")
    assert (tmp_path / "uit" / f"{REPORT}.csv").read_bytes() == first
    assert renderer.calls == [("csv",)]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (
            {"template": "jaarverslag"},
            "Rapport ‘jaarverslag’ bestaat niet. Mogelijk zijn kerncijfers-politie, sterkteverdeling, "
            "voortgang-ondermijning, werkvoorraad-zeden.",
        ),
        ({"template": "../settings"}, "Rapport ‘../settings’ bestaat niet. Mogelijk zijn kerncijfers-politie"),
        ({"round": "1999-1"}, "Rapportageronde ‘1999-1’ bestaat niet. Mogelijk zijn 2018-2, 2020-1, 2024-1"),
        ({"formats": "doc"}, "Formaat ‘doc’ bestaat niet. Mogelijk zijn html, pdf, docx, xlsx, csv."),
        ({"formats": "html,PDF"}, "Formaat ‘PDF’ bestaat niet."),
        ({"formats": " , "}, "Noem ten minste één formaat. Mogelijk zijn html, pdf, docx, xlsx, csv."),
        (
            {"as_known_on": "gisteren"},
            "‘gisteren’ is geen datum. Schrijf jaar-maand-dag, bijvoorbeeld 2025-12-31.",
        ),
        ({"as_known_on": "2025-02-30"}, "‘2025-02-30’ is geen datum."),
        ({"as_known_on": "2017-01-01"}, "er is geen bekend cijfer voor de reeks ‘zeden-voorraad"),
    ],
)
def test_a_word_that_is_not_known_is_named_with_what_is_possible(
    renderer: CountingRenderer, kept: Path, tmp_path: Path, options: dict[str, str], says: str
) -> None:
    assert says in refusal(tmp_path / "uit", **options)
    assert renderer.calls == []
    assert not Job.objects.exists()
    assert not kept.exists()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("bestand", "er staat een bestand met die naam"),
        ("bestand/map", "een deel van het pad is een bestand"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named_with_the_reason(
    renderer: CountingRenderer, kept: Path, tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "bestand").write_text("al bezet")
    sentence = refusal(tmp_path / place, formats="csv")
    assert sentence == f"Map ‘{tmp_path / place}’ is niet te beschrijven: {reason}. Kies een andere map."
    assert (tmp_path / "bestand").read_text() == "al bezet"


def test_a_folder_without_permission_is_named(
    renderer: CountingRenderer, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def refuse(self: Path, *args: Any, **options: Any) -> None:
        if self == tmp_path / "uit":
            raise PermissionError(13, "Permission denied", str(self))
        real(self, *args, **options)

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "u hebt er geen toestemming voor" in refusal(tmp_path / "uit", formats="csv")


def test_files_of_an_earlier_time_stay_whole_when_a_later_report_fails(
    renderer: CountingRenderer, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "uit"
    generate(out, formats="csv")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    renderer.fail = RuntimeError("stroom uit")
    with pytest.raises(CommandError, match="Er ging iets mis") as failed:
        generate(out, formats="html,csv")
    assert failed.value.returncode == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_report_before_any_figure_was_loaded_says_what_to_do(
    renderer: CountingRenderer, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indicators.models import Round

    monkeypatch.setattr(Round.objects, "filter", lambda **values: Round.objects.none())
    monkeypatch.setattr(Round.objects, "order_by", lambda *names: Round.objects.none())
    assert "Laad eerst de cijfers met: manage.py load_figures." in refusal(tmp_path / "uit")


# --- tools that are not there: real rendering -------------------------------------------------------------------------


@pytest.mark.documents
@pytest.mark.parametrize("formats", ["html", "pdf", "docx", "html,csv"])
def test_a_missing_browser_is_named_with_how_to_get_it(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: str
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nergens"))
    sentence = refusal(tmp_path / "uit", formats=formats)
    assert sentence.startswith("De browser Chromium ontbreekt; grafieken kunnen niet worden gemaakt.")
    assert "BROWSER_PATH" in sentence
    assert not ReportRun.objects.exists()
    assert not kept.exists()


@pytest.mark.documents
def test_without_a_browser_the_figures_themselves_are_still_made(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nergens"))
    generate(tmp_path / "uit", formats="csv,xlsx")
    assert (tmp_path / "uit" / f"{REPORT}.csv").stat().st_size > 1000


@pytest.mark.documents
def test_a_missing_font_is_named_with_how_to_get_it(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "_font_family", lambda family: "DejaVu Sans")
    sentence = refusal(tmp_path / "uit", formats="html")
    assert sentence.startswith("Het lettertype Noto Sans ontbreekt;")
    assert "apt-get install fonts-noto-core" in sentence
    assert not kept.exists()


@pytest.mark.documents
def test_a_reference_document_that_is_not_there_is_named(kept: Path, tmp_path: Path, settings: Any) -> None:
    settings.REPORT_REFERENCE_DOCX = str(tmp_path / "huisstijl.docx")
    sentence = refusal(tmp_path / "uit", formats="docx")
    assert "huisstijl.docx" in sentence
    assert not kept.exists()
