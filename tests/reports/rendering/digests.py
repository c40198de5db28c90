"""Render both samples and print a SHA-256 per file: run as a program under another clock and language."""

import hashlib
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
django.setup()


def digests() -> dict[str, str]:
    from reports.core.formats import Format
    from reports.rendering import render
    from tests.reports.rendering.sample import annex_document, visual_document

    return {
        f"{document.code}.{format_}": hashlib.sha256(content).hexdigest()
        for document in (visual_document(), annex_document())
        for format_, content in render(document, list(Format)).items()
    }


if __name__ == "__main__":
    print(json.dumps(digests()))
