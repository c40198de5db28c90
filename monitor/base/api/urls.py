"""The address of the description of the API."""

from django.urls import path

from monitor.base.api.openapi import OpenApiView

urlpatterns = [path("openapi.json", OpenApiView.as_view(), name="api-openapi")]
