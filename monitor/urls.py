"""All addresses of the monitor."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/", admin.site.urls),
]
