"""The floor of a list: the same bytes from memory, by the same server."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.portals import PAGE

CONTENT = (Path(os.environ["PORTAL_DATA_DIR"]) / PAGE).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(CONTENT)))]


def application(
    _environ: object, start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer every address with the page."""
    start_response("200 OK", HEADERS)
    return [CONTENT]
