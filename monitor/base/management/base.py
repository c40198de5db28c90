"""The base of our commands: errors a user can mend become one Dutch sentence and exit code 2."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitor.base.core.errors import MonitorError


class Fout(CommandError):
    """An error for the user. Django prints the name of the class before the sentence: “Fout: …”."""


class MonitorCommand(BaseCommand):
    """A command that does its work in :meth:`perform`."""

    def perform(self, **options: Any) -> None:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.perform(**options)
        except MonitorError as error:
            raise Fout(error.message, returncode=2) from error
