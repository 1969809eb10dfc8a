"""A gunicorn of one worker on this machine, and a client that times whole answers."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from benchmarks.portals import PROJECT, BenchPortal

CONFIGURATION = "pairing_portal/gunicorn_conf.py"
PATIENCE = 60.0
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Site:
    """A server that answers, with the cookie of a signed-in person."""

    port: int
    cookie: str

    def get(self, address: str) -> bytes:
        """The page at the address; anything but 200 is an error of the bench."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", address, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise HTTPException(f"{address} answered {answer.status} to {answer.getheader('Location')}")
        return content

    def seconds(self, address: str, requests: int) -> list[float]:
        """How long each of several requests for the page took."""
        return [self._timed(address) for _ in range(requests)]

    def _timed(self, address: str) -> float:
        begun = time.perf_counter()
        self.get(address)
        return time.perf_counter() - begun


@contextmanager
def serving(portal: BenchPortal, cookie: str, *, settings: str = "", application: str = "") -> Iterator[Site]:
    """Serve the portal as it is served in earnest, under other settings or another WSGI application if named."""
    port = _free_port()
    environment = portal.environment | {"PORTAL_BIND": f"{HOST}:{port}", "PORTAL_WORKERS": "1"}
    if settings:
        environment["DJANGO_SETTINGS_MODULE"] = settings
    command = [sys.executable, "-m", "gunicorn", "-c", CONFIGURATION, *([application] if application else [])]
    with subprocess.Popen(command, cwd=PROJECT, env=environment) as server:  # noqa: S603 (our own server)
        try:
            _wait(port, server)
            yield Site(port, cookie)
        finally:
            server.terminate()


def next_page(page: bytes) -> str:
    """The query string of the link to the following page."""
    found = re.search(rb'href="(\?[^"]*after=[^"]*)"', page)
    if found is None:
        raise HTTPException("the list has no following page")
    return found[1].decode().replace("&amp;", "&")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + PATIENCE
    while time.monotonic() < last and server.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise HTTPException("the server did not start")
