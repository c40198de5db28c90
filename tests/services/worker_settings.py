"""The settings of the product, plus the slow piece of work."""

from monitor.settings import *  # noqa: F403
from monitor.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [*_APPS, "tests.services.slow_work"]
