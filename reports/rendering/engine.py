"""The template engine of documents: its own folder, its own tags, nothing of the pages."""

from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"


@cache
def engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES)],
        app_dirs=False,
        autoescape=True,
        builtins=["reports.rendering.tags"],
        libraries={},
        string_if_invalid="",
    )


def fill(template: str, context: dict[str, Any]) -> str:
    """The template filled in; locale and time zone play no part, since all texts are final already."""
    return engine().get_template(template).render(Context(context, use_l10n=False, use_tz=False))
