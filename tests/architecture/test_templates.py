"""Templates do not load, include, extend or link upwards: imports cannot show it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
FLOOR = {"base": 0, "indicators": 1, "commitments": 2, "allocation": 2, "reports": 3}
TAG = re.compile(r"{%-?\s*(extends|include|load|url)\s+(.*?)\s*-?%}", re.DOTALL)


def templates() -> list[Path]:
    return [path for folder in template_folders() for path in sorted(folder.rglob("*")) if path.is_file()]


def template_folders() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in FLOOR), ROOT / "monitor/base/templates"]
    return [folder for folder in folders if folder.is_dir()]


def owner(path: Path) -> str:
    """The app a template belongs to: the folder with its name; what has none is everybody's, thus the base's."""
    return next((part for part in path.parts if part in FLOOR), "base")


def owner_of_library(name: str) -> str:
    """The app whose ``templatetags`` hold a library; Django's own count as the base's."""
    module = engines["django"].engine.libraries.get(name, name)
    config = apps.get_containing_app_config(module)
    return config.label if config and config.label in FLOOR else "base"


def owners_of_addresses() -> dict[str, str]:
    return dict(_addresses(get_resolver(), "", "base"))


def _addresses(resolver: URLResolver, prefix: str, app: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            module = getattr(entry.urlconf_module, "__name__", "")
            inside = next((part for part in module.split(".") if part in FLOOR), app)
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _addresses(entry, namespace, inside)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{prefix}{entry.name}", app


def reached(kind: str, arguments: str, addresses: dict[str, str]) -> Iterator[str]:
    """The apps that one template tag reaches."""
    words = arguments.split()
    if kind == "load":
        names = words[words.index("from") + 1 :] if "from" in words else words
        yield from (owner_of_library(name) for name in names)
    elif words and words[0][0] in "\"'":
        name = words[0].strip("\"'")
        yield addresses.get(name, "base") if kind == "url" else owner(Path(name))


def test_there_are_templates_to_look_at():
    assert len(templates()) > 5


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_reaches_down_only(path):
    if path.suffix in (".docx", ".woff2", ".png"):
        pytest.skip("not a text template")
    addresses, floor = owners_of_addresses(), FLOOR[owner(path.relative_to(ROOT))]
    upwards = [
        f"{{% {kind} {arguments} %}} reaches {app}"
        for kind, arguments in TAG.findall(path.read_text(encoding="utf-8"))
        for app in reached(kind, arguments, addresses)
        if FLOOR[app] > floor
    ]
    assert upwards == []


def test_a_link_upwards_would_be_seen():
    addresses = {"report-list": "reports"}
    assert list(reached("url", "'report-list' pk=1", addresses)) == ["reports"]
    assert list(reached("include", '"reports/part.html" with a=1', addresses)) == ["reports"]
    assert list(reached("extends", '"base.html"', addresses)) == ["base"]
