"""Who is answered what at every address (safety A3): URL × role × relation × method, statuses by hand."""

from itertools import groupby

import pytest
from django.urls import reverse

from tests.access.asking import Asker
from tests.access.table import KINDS, Line, handles, read_lines, url_names
from tests.cast import ROLES, Cast

PUBLIC = {"sign_in", "health", "gallery"}  # the gallery shows samples and is not in production's addresses
LINES = sorted(read_lines(), key=lambda line: (line.name, line.method))
GROUPS = [(key, list(lines)) for key, lines in groupby(LINES, key=lambda line: (line.name, line.method))]
BY_NAME = {name: list(lines) for name, lines in groupby(LINES, key=lambda line: line.name)}


def test_table_names_every_address_with_both_methods() -> None:
    assert {key for key, _ in GROUPS} == {
        (name, method) for name in url_names() for method in ("GET", "POST")
    }


@pytest.mark.parametrize(("key", "lines"), GROUPS, ids=[" ".join(key) for key, _ in GROUPS])
def test_table_covers_every_relation_once(key: tuple[str, str], lines: list[Line]) -> None:
    (kind,) = {line.kind for line in lines}
    assert sorted(line.relation for line in lines) == sorted(KINDS[kind])


def test_cast_has_a_row_for_every_relation(cast: Cast) -> None:
    assert {kind: set(rows) for kind, rows in handles(cast).items()} == {
        kind: set(relations) for kind, relations in KINDS.items()
    }


@pytest.mark.parametrize("name", BY_NAME)
def test_table_is_what_the_portal_answers(cast: Cast, asker: Asker, name: str) -> None:
    rows = handles(cast)
    expected = {_title(line): dict(zip(ROLES, line.statuses, strict=True)) for line in BY_NAME[name]}
    answered = {
        _title(line): {
            role: asker.ask(role, line.method, _address(line, rows[line.kind][line.relation])).status_code
            for role in ROLES
        }
        for line in BY_NAME[name]
    }
    assert answered == expected


def test_only_the_public_pages_answer_without_sign_in(cast: Cast, asker: Asker) -> None:
    rows = handles(cast)
    private = [line for line in LINES if line.name not in PUBLIC]
    for line in private:
        address = _address(line, rows[line.kind][line.relation])
        answer = asker.ask("anonymous", line.method, address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('sign_in')}?next={address}")


def _title(line: Line) -> str:
    return f"{line.method} {line.kind}:{line.relation}"


def _address(line: Line, handle: object) -> str:
    return reverse(line.name, args=[] if handle is None else [handle])
