"""The API keeps the Dutch API Design Rules, as their own linter reads them."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT.parent / "shared" / "standards" / "adr-ruleset.yaml"
SPECTRAL = ROOT / "node_modules" / ".bin" / "spectral"


def lint(description: Path) -> "subprocess.CompletedProcess[str]":
    if not RULES.is_file():
        pytest.skip("the rules of the API Design Rules do not stand beside the project")
    if not SPECTRAL.is_file():
        pytest.skip("Spectral is not installed: npm ci --ignore-scripts")
    return subprocess.run([SPECTRAL, "lint", "-r", RULES, description], capture_output=True, text=True, timeout=120)


@pytest.fixture
def description(tmp_path: Path) -> Path:
    """The OpenAPI description that the code gives of itself."""
    path = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(path), fail_on_warn=True)
    return path


def test_the_description_has_no_errors(description):
    done = lint(description)
    assert done.returncode == 0, done.stdout


def test_the_linter_would_see_a_path_with_capitals_and_a_trailing_slash(description):
    text = description.read_text()
    wrong, changed = re.subn(r"^  /indicatoren:", "  /Indicatoren_Lijst/:", text, flags=re.MULTILINE)
    assert changed == 1
    description.write_text(wrong)
    assert lint(description).returncode != 0
