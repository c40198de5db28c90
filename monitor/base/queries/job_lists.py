"""Which jobs somebody may see."""

from django.db.models import QuerySet

from monitor.base.core.roles import Role
from monitor.base.models import Job, User

SEES_ALL_JOBS = (Role.BEHEERDER,)


def jobs_visible_to(user: User) -> QuerySet[Job]:
    """One's own jobs, newest first; a beheerder sees everybody's. One statement when read (roles apart)."""
    jobs = Job.objects.select_related("requested_by").order_by("-created_at", "-id")
    return jobs if user.has_role(*SEES_ALL_JOBS) else jobs.filter(requested_by=user)


def visible_job(user: User, job_id: int) -> Job | None:
    """The job when this person may see it; else None, as if it did not exist."""
    return jobs_visible_to(user).filter(pk=job_id).first()
