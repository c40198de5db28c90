"""Addresses of reports and their documents."""

from django.urls import path

from reports.views import pages

urlpatterns = [
    path("rapporten/", pages.reports, name="reports"),
    path("rapporten/documenten/<int:document_id>/lezen/", pages.read, name="read-document"),
    path("rapporten/documenten/<int:document_id>/<str:name>", pages.download, name="download-document"),
    path("rapporten/<slug:code>/", pages.report, name="report"),
    path("rapporten/<slug:code>/maken/", pages.make_report, name="make-report"),
]
