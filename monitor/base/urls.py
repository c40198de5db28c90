"""Addresses of the shared pages."""

from django.urls import path

from monitor.base.views import accounts, home, jobs

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
]
