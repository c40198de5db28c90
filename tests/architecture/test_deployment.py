"""The files that describe an installation say nothing that the code does not know."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
OURS = ("migrate", "web", "worker", "beat")


def filled_in(value: Any) -> str:
    """A value of the compose file with its variables given."""
    text = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda match: f"waarde-van-{match[1].lower()}" * 3, str(value))
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def container_environment(name: str, tmp_path: Path) -> dict[str, str]:
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    given = {key: filled_in(value) for key, value in COMPOSE["services"][name]["environment"].items()}
    return inherited | given | {"MONITOR_DATA_DIR": str(tmp_path)}


def test_every_setting_that_compose_gives_is_read_by_the_settings():
    source = (ROOT / "monitor/settings.py").read_text()
    for name in OURS:
        for variable in COMPOSE["services"][name]["environment"]:
            assert re.search(rf'env\.\w+\(\s*"{variable}"', source), f"{name} gives {variable}, which nothing reads"


def test_the_settings_load_with_the_environment_of_a_container_and_are_ready_for_production(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=container_environment("web", tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_a_container_uses_postgresql_redis_and_https(tmp_path):
    code = (
        "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'], s.CELERY_BROKER_URL, "
        "s.SESSION_COOKIE_SECURE, s.SECURE_PROXY_SSL_HEADER[1], s.DEMO)"
    )
    environment = container_environment("worker", tmp_path) | {"DJANGO_SETTINGS_MODULE": "monitor.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["django.db.backends.postgresql", "redis://redis:6379/0", "True", "https", "False"]


def test_without_a_key_a_server_refuses_to_start_and_says_why(tmp_path):
    environment = container_environment("web", tmp_path)
    del environment["SECRET_KEY"]
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "SECRET_KEY ontbreekt" in done.stderr


def test_every_lasting_service_has_a_health_check_and_starts_again():
    for name, service in COMPOSE["services"].items():
        if name != "migrate":
            assert "healthcheck" in service, name
            assert service["restart"] == "unless-stopped", name
        for needed in service.get("depends_on", {}):
            assert needed in COMPOSE["services"]


def test_volumes_that_are_used_are_declared():
    used = {volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_does_not_run_as_root_and_uses_the_pinned_tools():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    stages = [index for index, line in enumerate(lines) if line.startswith("FROM ")]
    last = lines[stages[-1] :]
    assert "USER monitor" in last
    assert last.index("USER monitor") < next(index for index, line in enumerate(last) if line.startswith("CMD"))
    pinned = re.search(r"UV_VERSION=([\d.]+)", (ROOT / "scripts/prepare.sh").read_text())
    assert pinned is not None
    assert f"uv=={pinned[1]}" in "\n".join(lines)


def test_programs_that_containers_call_exist():
    for service in COMPOSE["services"].values():
        words = [*service.get("command", []), *service.get("healthcheck", {}).get("test", [])]
        for word in words:
            if word.endswith(".py"):
                assert (ROOT / word).is_file(), word


def test_the_public_description_is_whole():
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    for key in (
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "localisation",
    ):
        assert described[key], key
    assert described["legal"]["license"] == "EUPL-1.2"
    assert described["maintenance"]["contacts"]
    for language, text in described["description"].items():
        assert len(text["shortDescription"]) <= 150, language
        assert 150 <= len(text["longDescription"]) <= 10_000, language
        assert text["features"], language


def test_the_version_is_the_same_everywhere():
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text())["softwareVersion"]
    project = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert project is not None
    assert project[1] == described


def test_the_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert [int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)] == list(range(1, 16))
    assert "Appendix" in text


@pytest.mark.parametrize("script", ["prepare.sh", "lint.sh", "run_in_environment.sh"])
def test_scripts_are_executable_and_well_formed(script):
    path = ROOT / "scripts" / script
    assert os.access(path, os.X_OK)
    shell = path.read_text().splitlines()[0].removeprefix("#!")
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


def test_the_build_street_is_executable_and_well_formed():
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
