"""Who is answered what at every address (safety A3): URL × role × relation × method, statuses by hand."""

from itertools import groupby

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.table import Line, needed_relations, public_ids, read_lines, url_names
from tests.cast import ROLES, Cast

LINES = sorted(read_lines(), key=lambda line: (line.name, line.method))
GROUPS = [(key, list(lines)) for key, lines in groupby(LINES, key=lambda line: (line.name, line.method))]


def test_table_names_every_address_with_both_methods() -> None:
    assert {key for key, _ in GROUPS} == {
        (name, method) for name in url_names() for method in ("GET", "POST")
    }


@pytest.mark.parametrize(("key", "lines"), GROUPS, ids=[" ".join(key) for key, _ in GROUPS])
def test_table_covers_every_relation(key: tuple[str, str], lines: list[Line]) -> None:
    kinds = {line.subject.partition(":")[0] for line in lines}
    assert len(kinds) == 1
    relations = {line.subject.partition(":")[2] for line in lines} - {""}
    assert relations == needed_relations(kinds.pop())


@pytest.mark.parametrize(("key", "lines"), GROUPS, ids=[" ".join(key) for key, _ in GROUPS])
def test_table_is_what_the_portal_answers(cast: Cast, key: tuple[str, str], lines: list[Line]) -> None:
    rows = public_ids(cast)
    expected = {line.subject: dict(zip(ROLES, line.statuses, strict=True)) for line in lines}
    answered = {line.subject: {role: _status(cast, role, line, rows) for role in ROLES} for line in lines}
    assert answered == expected


def _status(cast: Cast, role: str, line: Line, rows: dict[str, dict[str, object]]) -> int:
    """Ask as the role, and take back whatever the request wrote."""
    kind, _, relation = line.subject.partition(":")
    address = reverse(line.name, args=[rows[kind][relation]] if relation else [])
    client = Client()
    with transaction.atomic():
        if role != "anonymous":
            client.force_login(cast.users[role])
        status = client.generic(line.method, address).status_code
        transaction.set_rollback(True)
    return status
