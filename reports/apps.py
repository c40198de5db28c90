from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapporten"

    def ready(self) -> None:
        from indicators.core.usages import register_usages
        from monitor.base.core import pages
        from monitor.base.core.jobs import register_job
        from reports.queries.pages import home_reports
        from reports.queries.usages import usages_in_reports
        from reports.services.reports import JOB_KIND, make_ordered_report
        from reports.views.links import link_to_run

        register_job(JOB_KIND, "Rapport maken", make_ordered_report)
        pages.register_job_result(JOB_KIND, link_to_run)
        pages.register_navigation(pages.NavigationItem("Rapporten", "reports", 40, "/rapporten/"))
        pages.register_home_panel(pages.HomePanel(20, "reports/home_reports.html", home_reports))
        register_usages("reports", usages_in_reports)
