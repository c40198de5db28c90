"""``manage.py allocate --features FILE --fte N --json OUT``: run the model on a file, without keeping anything.

The file is read and judged as an import is; the published model comes from the project's own files, so that no database
is needed. Numbers in the JSON are JSON numbers with every digit; read them as decimals to keep these.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from allocation.core.errors import AllocationError
from allocation.core.features import FeatureInfo
from allocation.core.model import Model, Order, run_model
from allocation.core.municipality_files import FeatureTable, FileRefused, plausibility_problems
from allocation.core.results import result_of, to_json
from allocation.importing.municipality_files import read_municipalities
from allocation.importing.seeds import PUBLISHED_MODEL, seed_features, seed_model
from monitor.base.core.errors import MonitorError
from monitor.base.core.numbers import format_number, read_number
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Verdeelt nieuwe sterkte over de politie-eenheden volgens het model, op een bestand met kenmerken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--features", metavar="BESTAND", type=Path, required=True, help="gemeenten met kenmerken")
        parser.add_argument("--fte", metavar="AANTAL", required=True, help="te verdelen sterkte, bijvoorbeeld 1000")
        parser.add_argument("--model", metavar="NAAM", default=PUBLISHED_MODEL, help="code of naam van een modelversie")
        parser.add_argument("--partial", action="store_true", help="reken ook als er kenmerken ontbreken; zonder fte")
        parser.add_argument(
            "--fictitious", metavar="CODES", default="", help="verzonnen kenmerken, met komma's ertussen"
        )
        parser.add_argument("--json", metavar="UITVOER", type=Path, required=True, help="bestand voor de uitkomst")

    def perform(self, **options: Any) -> None:
        features = seed_features()
        order = Order(_number(options["fte"]), partial=options["partial"])
        model = _model(options["model"])
        table = _table(options["features"], features)
        fictitious = _fictitious(options["fictitious"], table)
        outcome = run_model(model, table.municipalities, order)
        used = [code for code in fictitious if code in model.weights]
        _write(options["json"], to_json(result_of(outcome, used)) + "\n")
        raw = format_number(outcome.raw_total, 1)
        self.stdout.write(f"Ongeschaald telt de uitkomst op tot {raw} op {format_number(model.reference_fte)} fte.")
        if used:
            self.stdout.write(f"FICTIEF: deze uitkomst steunt op verzonnen kenmerken ({', '.join(used)}).")
        if outcome.partial:
            self.stdout.write(f"GEDEELTELIJK: er ontbreken kenmerken ({', '.join(sorted(outcome.missing))}).")


def _number(text: str) -> Decimal:
    values = read_number(text).values
    if len(values) != 1:
        raise AllocationError(
            f"‘{text}’ is geen aantal fte, of kan op twee manieren worden gelezen. Schrijf bijvoorbeeld 1000 of 1000,5."
        )
    return values[0]


def _model(code: str) -> Model:
    found = seed_model(code)
    if found is not None:
        return found
    # Only a model that is not one of the published ones asks for the database.
    from allocation.queries.versions import load_model

    return load_model(code)


def _table(path: Path, features: dict[str, FeatureInfo]) -> FeatureTable:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MonitorError(f"Bestand ‘{path}’ is niet te lezen. Controleer de naam.") from error
    table = read_municipalities(path.name, content, features)
    if problems := list(plausibility_problems(table, features)):
        raise FileRefused(problems)
    return table


def _fictitious(text: str, table: FeatureTable) -> list[str]:
    codes = list(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    if unknown := [code for code in codes if code not in table.features]:
        raise AllocationError(
            f"Kenmerk ‘{unknown[0]}’ staat niet in het bestand, dus kan het niet als fictief worden aangemerkt."
        )
    return codes


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MonitorError(f"Bestand ‘{path}’ is niet te schrijven. Kies een andere map.") from error
