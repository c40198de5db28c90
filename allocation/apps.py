from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "allocation"
    verbose_name = "Sterkteverdeling"

    def ready(self) -> None:
        from allocation.services import refits, variants
        from monitor.base.core.jobs import register_job

        register_job(refits.JOB_KIND, "Verdeelmodel herschatten", refits.make_ordered_refit)
        register_job(variants.JOB_KIND, "Marges van aandelen berekenen", variants.make_ordered_intervals)
