"""The portal's settings with the bench beside them: a flat table to load, and a Django admin over the same rows."""

from pairing_portal.settings import *  # noqa: F403 (the portal as it is, whatever its settings grow into)
from pairing_portal.settings import INSTALLED_APPS as PORTAL_APPS

INSTALLED_APPS = [*PORTAL_APPS, "django.contrib.admin", "benchmarks"]
ROOT_URLCONF = "benchmarks.pages"
# Test mode looks each static file up where it lies, at every request; real servers do not.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
