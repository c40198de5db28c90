"""Errors a user can act on: one Dutch sentence that says what is wrong, where, and what to do."""


class MonitorError(Exception):
    """Something the user can mend. ``message`` is the Dutch text shown on screen or by a command (exit code 2)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ToolMissing(MonitorError):
    """A program or font that documents need is not installed; the message says which and how to install it."""


class RenderingFailed(MonitorError):
    """A document or chart could not be made although every tool is there."""


class NotAllowed(MonitorError):
    """A person may not do this; the sentence says why. Doors answer 403."""


class Conflict(MonitorError):
    """Somebody else was first; the sentence says what happened. Doors answer 409. Nothing was written."""


class NotThere(MonitorError):
    """What is asked for does not exist (any more). Doors answer 404."""
