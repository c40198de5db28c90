"""The front-end files: copied from node_modules, listed with their checksums, and left alone the second time."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "monitor" / "base" / "static" / "vendor"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    NODE is None or not (ROOT / "node_modules").is_dir(), reason="needs Node and `npm ci --ignore-scripts`"
)


def build() -> str:
    done = subprocess.run([str(NODE), "scripts/build_static.mjs"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_second_time_nothing_is_written():
    build()
    before = {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*") if path.is_file()}
    assert "niets gewijzigd" in build()
    assert {path: path.stat().st_mtime_ns for path in VENDOR.rglob("*") if path.is_file()} == before


def test_the_manifest_lists_every_file_with_its_checksum_and_package():
    build()
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    files = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
    assert set(manifest) == set(files) - {"manifest.json"}
    for name, entry in manifest.items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == entry["sha256"], name
    assert manifest["plotly/plotly-basic.min.js"]["package"] == "plotly.js-basic-dist-min@4.1.1"


def test_a_style_sheet_names_no_file_that_is_not_there():
    build()
    for sheet in (ROOT / "monitor/base/static/base/css").glob("*.css"):
        for part in sheet.read_text(encoding="utf-8").split('url("')[1:]:
            assert (sheet.parent / part.split('"')[0]).resolve().is_file(), f"{sheet.name}: {part[:60]}"
