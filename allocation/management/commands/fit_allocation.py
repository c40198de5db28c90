"""``manage.py fit_allocation``: refit the model on files, without a database."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from allocation.core.errors import AllocationError
from allocation.core.refit import Rules, refit
from allocation.core.refit_files import fit_data
from allocation.core.refit_report import as_json
from allocation.importing.refit_files import Upload, read_category_file, read_feature_file, read_workload_files
from monitor.base.core.numbers import format_number
from monitor.base.management.base import MonitorCommand


class Command(MonitorCommand):
    help = "Schat het verdeelmodel opnieuw: per cluster een stapsgewijze regressie op kenmerken per inwoner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--workloads",
            type=Path,
            nargs="+",
            required=True,
            metavar="BESTAND",
            help="code,inhabitants,<cluster>…; één bestand, of drie jaren met het oudste eerst (1/6, 1/3, 1/2)",
        )
        parser.add_argument("--features", type=Path, required=True, metavar="BESTAND", help="code,<kenmerk>…")
        parser.add_argument("--categories", type=Path, required=True, metavar="BESTAND", help="feature,category")
        parser.add_argument("--json", type=Path, required=True, metavar="BESTAND", help="waar de uitkomst komt")

    def perform(self, **options: Any) -> None:
        workloads = [_upload(path) for path in options["workloads"]]
        features, categories = _upload(options["features"]), _upload(options["categories"])
        data = fit_data(read_workload_files(workloads), read_feature_file(features), read_category_file(categories))
        rules = Rules()
        outcome = as_json(refit(data, rules), rules)
        inputs = [one.origin for one in (*workloads, features, categories)]
        _write(options["json"], {**outcome, "inputs": inputs})
        for cluster in outcome["clusters"]:
            chosen = ", ".join(cluster["final"]) or "alleen inwoners"
            r2 = format_number(Decimal(repr(cluster["final_r2"])), 3)
            self.stdout.write(f"{cluster['cluster']}: {chosen} (R² {r2})")
        self.stdout.write(f"De uitkomst staat in {options['json']}.")


def _upload(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        raise AllocationError(f"Bestand ‘{path}’ is niet te lezen. Kijk de naam en de rechten na.") from error


def _write(path: Path, outcome: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(outcome, ensure_ascii=False, indent=2, allow_nan=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise AllocationError(f"‘{path}’ is niet te schrijven. Kies een andere plaats.") from error
