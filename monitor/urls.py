"""All addresses of the monitor."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from monitor import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("beheer/", admin.site.urls),
    path("api/v1/", include("monitor.base.api.urls")),
    path("api/v1/", include("indicators.api.urls")),
    path("api/v1/", include("reports.api.urls")),
    path("", include("monitor.base.urls")),
    path("", include("indicators.urls")),
    path("", include("allocation.urls")),
    path("", include("reports.urls")),
]
