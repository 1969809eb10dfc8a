"""How gunicorn serves the portal; read by `gunicorn -c`."""

import gc
import os
from ipaddress import ip_address
from typing import Any

from django.db import connections
from environ import Env

from pairing_portal.places import Mode, places_from

wsgi_app = "pairing_portal.wsgi"
bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
worker_class = "sync"  # threads made every page slower
workers = int(os.environ.get("PORTAL_WORKERS", "2"))
timeout = 60
preload_app = True
# An access log would keep who looked at whom outside the audit log.
accesslog = None
errorlog = "-"
loglevel = "warning"
# The server's own lines about an error leave out its message too.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "reticent": {
            "()": "pairing_portal.privacy.ReticentFormatter",
            "format": "{asctime} {levelname} gunicorn {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "reticent"}},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}


def is_loopback(address: tuple[str, int] | str) -> bool:
    """Whether only this machine can reach the address; a socket file is one."""
    if isinstance(address, str):
        return True
    host = address[0]
    return host == "localhost" or (host != "" and ip_address(host).is_loopback)


def on_starting(server: Any) -> None:
    """Refuse to serve without TLS, or the demo and a test at all, to other machines."""
    is_real = places_from(os.environ).mode == Mode.PRODUCTION
    has_tls = Env().bool("PORTAL_HTTPS", default=is_real)  # read as the settings read it
    if not (is_real and has_tls) and not all(is_loopback(address) for address in server.cfg.address):
        raise SystemExit("The demo and PORTAL_HTTPS=false answer on this machine only: bind to 127.0.0.1.")


def when_ready(server: Any) -> None:
    """Keep what is loaded out of garbage collection: the slowest answers become four times faster."""
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """No worker shares the connection that the start-up check opened."""
    connections.close_all()
