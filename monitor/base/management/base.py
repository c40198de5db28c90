"""The base of our commands: errors a user can mend become one Dutch sentence and exit code 2."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.base.core.errors import MonitorError


class MonitorCommand(BaseCommand):
    """A command that does its work in :meth:`perform`."""

    def perform(self, **options: Any) -> None:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.perform(**options)
        except MonitorError as error:
            raise CommandError(error.message, returncode=2) from error

    def run_from_argv(self, argv: list[str]) -> None:
        """Wrong use (argparse) already exits with 2; ours does too, without Django's English prefix."""
        try:
            super().run_from_argv(argv)
        except CommandError as error:
            self.stderr.write(error.args[0])
            sys.exit(error.returncode)
