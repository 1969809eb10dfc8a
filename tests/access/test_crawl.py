"""Nothing of district 乙 reaches anybody of district 甲: every link followed, every form, choice and file read."""

import re
from collections import deque
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

import pytest
from django.test import Client

from tests.cast import CANARY, ROLES, Cast

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)"')
PAGES_AT_MOST = 600


@pytest.mark.parametrize("role", ROLES[1:])
def test_crawl_finds_nothing_of_the_other_district(cast: Cast, role: str) -> None:
    client = Client()
    client.force_login(cast.users[role])
    seen, waiting = {"/"}, deque(["/"])
    while waiting and len(seen) < PAGES_AT_MOST:
        address = waiting.popleft()
        response = client.get(address, follow=True)
        assert response.status_code in (200, 403, 404, 405), address
        text = _text(response.content)
        assert CANARY not in text, address
        assert str(cast.pupils["foreign"].public_id) not in text, address
        for link in _links(text):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    assert len(seen) > 2


def _links(text: str) -> list[str]:
    links = [unescape(link) for link in LINK.findall(text)]
    return [link for link in links if not urlsplit(link).path.startswith(("/static/", "/gallery/"))]


def _text(content: bytes) -> str:
    """A page as it is, a workbook with all its parts."""
    try:
        with ZipFile(BytesIO(content)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    except BadZipFile:
        return unescape(content.decode("utf-8", "replace"))
