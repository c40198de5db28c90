"""The outcome of a golden sheet as JSON that a person can check: a line per figure, refusal, question and remark."""

import json
from collections.abc import Iterable
from pathlib import Path

from indicators.core.profile_matching import read_own_file
from indicators.core.profiles import NO_PROFILE
from indicators.core.sheet_outcome import SheetFigure, SheetOutcome
from monitor.base.tabular.reading import read_file
from monitor.base.tabular.reading_cells import CellPlace, UnreadableFile
from tests.indicators.sheets.golden_sheets import Golden
from tests.indicators.sheets.samples import seed_catalogue

FOLDER = Path(__file__).parents[2] / "golden" / "suppliers"


def outcome_of(golden: Golden) -> dict[str, list[dict[str, object]]]:
    """What the committed file gives."""
    try:
        file = read_file(golden.file_name, (FOLDER / golden.file_name).read_bytes())
    except UnreadableFile as error:
        return {"onleesbaar": [{"melding": error.message}]}
    outcome = read_own_file(file, seed_catalogue(), golden.profile or NO_PROFILE, golden.corrections)
    return as_plain(outcome)


def as_plain(outcome: SheetOutcome) -> dict[str, list[dict[str, object]]]:
    return {
        "cijfers": [_figure(figure) for figure in outcome.figures],
        "geweigerd": [
            {"cel": _cell(one.place), "code": one.code, "melding": one.message} for one in outcome.refusals
        ],
        "gevraagd": [
            {
                "code": one.code, "over": one.subject, "cellen": [_cell(place) for place in one.places],
                "aantal": one.count, "vraag": one.message, "antwoorden": [choice.answer for choice in one.choices],
            }
            for one in outcome.questions
        ],
        "gezegd": [{"code": one.code, "melding": one.message} for one in outcome.remarks],
    }  # fmt: skip


def _figure(figure: SheetFigure) -> dict[str, object]:
    line: dict[str, object] = {
        "cel": _cell(figure.place),
        "reeks": figure.series.key,
        "periode": figure.period.code,
        "waarde": None if figure.value is None else str(figure.value),
    }
    optional = {
        "tot": figure.value_high,
        "reden": figure.marker,
        "benadering": figure.qualifier,
        "status": "" if figure.status == "definitief" else figure.status,
        "bron": figure.source,
        "toelichting": figure.remark[:60],
        "noten": list(figure.footnotes),
        "correctie": figure.correction,
    }
    return line | {name: _plain(value) for name, value in optional.items() if value}


def _plain(value: object) -> object:
    return value if isinstance(value, list) else str(value)


def _cell(place: CellPlace | None) -> str:
    if place is None:
        return ""
    return f"{place.sheet}!{place.address}" if place.sheet else place.address


def written(outcome: dict[str, list[dict[str, object]]]) -> str:
    """JSON with one line per item, so that a change shows as the lines it is about."""
    parts = []
    for name, items in outcome.items():
        lines = ",\n".join("    " + json.dumps(item, ensure_ascii=False) for item in items)
        parts.append(f'  "{name}": [\n{lines}\n  ]' if items else f'  "{name}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def expected_path(golden: Golden) -> Path:
    return FOLDER / f"{golden.file_name}.verwacht.json"


def names(goldens: Iterable[Golden]) -> list[str]:
    return [golden.file_name for golden in goldens]
