"""Tables of the shared floor."""

from monitor.base.models.audit import AuditHead, AuditRecord
from monitor.base.models.jobs import Job
from monitor.base.models.users import RoleAssignment, User

__all__ = ["AuditHead", "AuditRecord", "Job", "RoleAssignment", "User"]
