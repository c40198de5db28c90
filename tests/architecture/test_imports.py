"""The borders between and inside the apps, read from the code itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("monitor", "indicators", "commitments", "allocation", "reports")
FRONT_DOORS = {"services", "queries", "charts", "core"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "signals", "manager2", "misc"}
ALLOWED_MODULE_LINES = 400
ALLOWED_FUNCTION_LINES = 40


def modules() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def side_doors(app: str, names: Iterator[str]) -> set[str]:
    """The imports by which ``app`` enters a neighbour (the shared floor is nobody's neighbour) by another way."""
    wrong = set()
    for name in names:
        parts = name.split(".")
        neighbour = parts[0] in APPS and parts[0] not in (app, "monitor")
        if neighbour and len(parts) > 1 and parts[1] not in FRONT_DOORS:
            wrong.add(name)
    return wrong


def test_import_contracts_are_kept():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("app", ["indicators", "commitments", "allocation", "reports"])
def test_neighbours_enter_by_the_front_door(app):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
        if (found := side_doors(app, imported(ast.parse(path.read_text()))))
    }
    assert wrong == {}


def test_a_side_door_would_be_seen():
    tree = ast.parse(
        "from indicators.models import Series\nfrom indicators.queries.figures import latest\nimport monitor"
    )
    assert side_doors("reports", imported(tree)) == {"indicators.models", "indicators.models.Series"}


def test_no_module_is_named_after_nothing():
    assert [path for path in modules() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES] == []


def test_modules_and_functions_fit_on_a_screen():
    too_long = []
    for path in modules():
        text = path.read_text()
        if len(text.splitlines()) > ALLOWED_MODULE_LINES:
            too_long.append(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > ALLOWED_FUNCTION_LINES:
                    too_long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert too_long == []


def test_every_write_of_the_broker_is_at_a_door():
    """Services never enqueue: the door that called them does, on commit."""
    for app in APPS:
        for path in (ROOT / app).rglob("services/**/*.py"):
            wrong = {name for name in imported(ast.parse(path.read_text())) if "celery" in name or ".tasks" in name}
            assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}"
