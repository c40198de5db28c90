"""Reading the end of the audit trail."""

from dataclasses import dataclass

from monitor.base.core.audit import GENESIS
from monitor.base.models import AuditHead


@dataclass(frozen=True)
class AuditEnd:
    """The number and digest of the last record; printed in each frozen report."""

    number: int
    digest: str


def audit_end() -> AuditEnd:
    """The end of the chain; number 0 while nothing was recorded. One statement."""
    row = AuditHead.objects.filter(pk=1).values_list("number", "digest").first()
    return AuditEnd(*row) if row else AuditEnd(0, GENESIS)
