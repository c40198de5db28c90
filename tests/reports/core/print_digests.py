"""Run by a test in a process of its own: load the figures into the database of the environment, compose, print."""

import hashlib
import os
from io import StringIO

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    from django.core.management import call_command

    from tests.reports.core.orders import composed

    call_command("migrate", verbosity=0)
    call_command("load_figures", stdout=StringIO())
    for code, document in composed().items():
        print(code, document.data_digest, hashlib.sha256(repr(document).encode()).hexdigest())


if __name__ == "__main__":
    main()
