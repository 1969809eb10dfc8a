"""The application as gunicorn serves it; a database that did not take its settings stops the start."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from pairing_portal.sqlite import wrong_pragmas

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairing_portal.settings")

application = get_wsgi_application()

if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        if wrong := wrong_pragmas(cursor):
            raise RuntimeError(f"SQLite did not take its settings: {'; '.join(wrong)}")
