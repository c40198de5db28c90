from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "monitor.base"
    label = "base"
    verbose_name = "Basis"
