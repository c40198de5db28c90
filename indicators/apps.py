from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicatoren"

    def ready(self) -> None:
        from indicators.importing.opendata.orders import JOB_KIND, run_order
        from indicators.queries.home import home_publications, home_themes
        from monitor.base.core import pages
        from monitor.base.core.jobs import register_job
        from monitor.base.core.roles import Role

        pages.register_navigation(pages.NavigationItem("Thema's", "themes", 10, "/themas/"))
        pages.register_navigation(pages.NavigationItem("Indicatoren", "indicators", 20, "/indicatoren/"))
        pages.register_navigation(pages.NavigationItem("Losse cijfers", "facts", 30, "/feiten/"))
        workers = frozenset(Role) - {Role.RAADPLEGER}
        pages.register_navigation(pages.NavigationItem("Rondes", "rounds", 50, "/rondes/", workers))
        checkers = frozenset({Role.CONTROLEUR, Role.BEHEERDER})
        pages.register_navigation(pages.NavigationItem("Controle", "review-all", 55, "/controle/", checkers))
        administrators = frozenset({Role.BEHEERDER})
        pages.register_navigation(pages.NavigationItem("Personen", "people", 85, "/personen/", administrators))
        pages.register_search("indicators")
        register_job(JOB_KIND, "Open data ophalen", run_order)
        pages.register_home_panel(pages.HomePanel(10, "indicators/home_themes.html", home_themes))
        pages.register_home_panel(pages.HomePanel(30, "indicators/home_publications.html", home_publications))
