from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "monitor.base"
    label = "base"
    verbose_name = "Basis"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from monitor.base.core import pages
        from monitor.base.core.jobs import register_job
        from monitor.base.core.roles import Role
        from monitor.base.queries.database_roles import application_role_is_limited
        from monitor.base.services.audit_checks import JOB_KIND, check_audit
        from monitor.base.views.links import link_to_audit

        register(Tags.security, deploy=True)(application_role_is_limited)
        register_job(JOB_KIND, "Logboek narekenen", check_audit)
        pages.register_job_result(JOB_KIND, link_to_audit)
        administrators = frozenset({Role.BEHEERDER})
        pages.register_navigation(pages.NavigationItem("Logboek", "audit", 90, "/logboek/", administrators))
