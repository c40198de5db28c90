from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "allocation"
    verbose_name = "Sterkteverdeling"

    def ready(self) -> None:
        from allocation.services import refits, variants
        from allocation.views.links import link_to_intervals, link_to_refit
        from monitor.base.core import pages
        from monitor.base.core.jobs import register_job
        from monitor.base.core.roles import Role

        register_job(refits.JOB_KIND, "Verdeelmodel herschatten", refits.make_ordered_refit)
        register_job(variants.JOB_KIND, "Marges van aandelen berekenen", variants.make_ordered_intervals)
        pages.register_job_result(refits.JOB_KIND, link_to_refit)
        pages.register_job_result(variants.JOB_KIND, link_to_intervals)
        workers = frozenset(Role) - {Role.RAADPLEGER}
        pages.register_navigation(
            pages.NavigationItem("Sterkteverdeling", "allocation", 60, "/sterkteverdeling/", workers)
        )
