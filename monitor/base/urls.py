"""Addresses of the shared pages."""

from django.urls import path

from monitor.base.views import accounts, audit, home, jobs

urlpatterns = [
    path("", home.home, name="home"),
    path("aanmelden/", accounts.SignIn.as_view(), name="sign-in"),
    path("afmelden/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/", accounts.profile, name="profile"),
    path("account/wachtwoord/", accounts.change_password, name="change-password"),
    path("taken/", jobs.job_list, name="jobs"),
    path("taken/<int:job_id>/", jobs.job, name="job"),
    path("taken/<int:job_id>/stand/", jobs.job_state, name="job-state"),
    path("taken/<int:job_id>/stoppen/", jobs.cancel_job, name="cancel-job"),
    path("logboek/", audit.audit, name="audit"),
    path("logboek.csv", audit.audit_csv, name="audit-csv"),
    path("logboek/narekenen/", audit.check, name="audit-check"),
    path("logboek/<int:number>/", audit.audit_record, name="audit-record"),
]
