"""The cache of an installation with services: it counts across processes and keeps away from the broker's queues."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

COUNT = """
import django, sys
django.setup()
from django.core.cache import cache
cache.add(sys.argv[1], 0, 60)
print(cache.incr(sys.argv[1]))
"""


@pytest.mark.services
def test_two_processes_count_together(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "monitor.settings",
        "MONITOR_DATA_DIR": str(tmp_path),
        "SECRET_KEY": "alleen-voor-deze-proef",
    }
    key = f"proef-{secrets.token_hex(4)}"
    counted = [
        subprocess.run(
            [sys.executable, "-c", COUNT, key], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert counted == ["1", "2"]
