"""What a model cannot be run or fitted on; every message is a Dutch sentence that says what to do."""

from monitor.base.core.errors import MonitorError


class AllocationError(MonitorError):
    """Input that gives no answer."""


class MissingFeatures(AllocationError):
    """Features of the model without a value; ``features`` are their codes."""

    def __init__(self, message: str, features: tuple[str, ...]) -> None:
        super().__init__(message)
        self.features = features


class Implausible(AllocationError):
    """A national total that cannot be right."""
