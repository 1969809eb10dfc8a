"""Walking through the portal as one person: every link of every page, once."""

from collections import deque
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin
from zipfile import BadZipFile, ZipFile

from tests.access.asking import Asker
from tests.access.canaries import Answer

PAGES_AT_MOST = 600
Walked = Callable[[str], list[Answer]]
ELSEWHERE = ("/static/", "/gallery/")


def walk(asker: Asker, role: str) -> Iterator[Answer]:
    """Every page that can be reached from the desk by links."""
    seen, waiting = {"/"}, deque(["/"])
    while waiting:
        answer = answered(role, waiting.popleft(), asker)
        yield answer
        for link in answer.page.links:
            address = urldefrag(urljoin(answer.address, link)).url
            if address not in seen and address.startswith("/") and not address.startswith(ELSEWHERE):
                seen.add(address)
                waiting.append(address)
    assert len(seen) < PAGES_AT_MOST, "links without end"


def answered(role: str, address: str, asker: Asker) -> Answer:
    """One page."""
    response = asker.ask(role, "GET", address)
    return Answer(role, address, response, text_of(response))


def text_of(response: Any) -> str:
    """A page as it is read, a workbook with all its parts."""
    try:
        with ZipFile(BytesIO(response.content)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    except BadZipFile:
        return unescape(response.content.decode())
