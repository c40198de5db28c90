from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporten"

    def ready(self) -> None:
        from monitor.base.core.jobs import register_job
        from reports.services.reports import JOB_KIND, make_ordered_report

        register_job(JOB_KIND, "Rapport maken", make_ordered_report)
