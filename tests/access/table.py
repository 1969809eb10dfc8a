"""Reads the access table: one line per address, method and relation, one expected status per role.

    student_detail  GET  pupil:paired           302 200 200 404 200 200 200 404
    student_detail  GET  pupil:foreign,missing  302 404 404 404 404 404 404 404
    student_detail  POST pupil:*                302 405 405 405 405 405 405 405

The statuses stand in the order of `tests.cast.ROLES`. The subject names rows of the cast, `kind:relation`, where
`*` is every relation of the kind; `-` stands for an address without a row. The lines are written by hand in
`tests/access/tables/*.txt`, from design.md §2 and safety A1 to A7, never from what the code answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import RELATIONS, ROLES, Cast
from tests.cast.proposals import row_of

TABLES = Path(__file__).parent / "tables"
MISSING = UUID("00000000-0000-4000-8000-000000000000")
PUPIL = (*RELATIONS, "missing")
# What the relations of each kind are; an address about such a row has a line for every one of them.
KINDS: dict[str, tuple[str, ...]] = {
    "-": ("",),
    "pupil": PUPIL,
    "entry": PUPIL,
    "pairing": PUPIL,
    "visit": (*PUPIL, "paper"),
    "plan": PUPIL,
    "note": PUPIL,
    "class": ("led", "same_school", "same_district", "foreign", "missing"),
    "class_teacher": ("led", "foreign", "missing"),
    "teacher": ("own", "same_school", "same_district", "foreign", "missing"),
    "school": ("here", "foreign", "missing"),
    "member": ("here", "foreign", "missing"),
    "roster": ("here", "settled", "foreign", "missing"),
    "turn": ("here", "settled", "foreign", "missing"),
    "imported": ("here", "foreign", "missing"),
    "change": ("here", "foreign", "missing"),
    "account": ("here", "admin", "foreign", "missing"),
    "year": ("here", "foreign", "missing"),
    "attachment": ("here", "missing"),
    "list": ("here", "missing"),
    "manual": (*ROLES[1:], "missing"),
    "session": ("teachers", "foreign", "missing"),
    "kept": ("teachers", "foreign", "missing"),
    "batch": ("draft", "waiting", "foreign", "missing"),
    "proposal": ("draft", "waiting", "foreign", "missing"),
}


@dataclass(frozen=True)
class Line:
    """What every role is answered at one address, by one method, about one row."""

    name: str
    method: str
    kind: str
    relation: str
    statuses: tuple[int, ...]


def read_lines() -> list[Line]:
    """Every line of every table; blank lines and # comments aside."""
    return [
        line
        for path in sorted(TABLES.glob("*.txt"))
        for text in path.read_text(encoding="utf-8").splitlines()
        if text.strip() and not text.startswith("#")
        for line in _lines(path.name, text)
    ]


def _lines(file_name: str, text: str) -> Iterator[Line]:
    name, method, subject, *statuses = text.split()
    assert len(statuses) == len(ROLES), f"{file_name}: {text}"
    kind, _, relations = subject.partition(":")
    for relation in KINDS[kind] if relations == "*" else relations.split(","):
        yield Line(name, method, kind, relation, tuple(map(int, statuses)))


def handles(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """What the address takes for each row: kind → relation → public id, year or number."""
    return {
        "-": {"": None},
        "year": {"here": cast.today.year, "foreign": cast.today.year - 1, "missing": 1999},
        "attachment": {"here": 3, "missing": 9},
        "list": {"here": "county_filed", "missing": "nothing"},
        "manual": {role: role for role in ROLES[1:]} | {"missing": "nobody"},
        **{kind: _public_ids(rows) for kind, rows in {**_of_places(cast), **_of_pupils(cast)}.items()},
    }


def _of_places(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """Rows about schools, teachers and the office's own work."""
    here, there = cast.here, cast.there
    by_place = zip(("led", "same_school", "same_district"), (2, 0, 1), strict=True)
    classes = {relation: here.classes[index] for relation, index in by_place}
    teachers = dict(zip(("own", "same_school", "same_district"), here.teachers, strict=True))
    return {
        "class": classes | {"foreign": there.classes[0]},
        "class_teacher": {"led": here.class_teacher, "foreign": there.class_teacher},
        "teacher": teachers | {"foreign": there.teachers[0]},
        "school": {"here": here.schools[0], "foreign": there.schools[0]},
        "member": {"here": here.member, "foreign": there.member},
        "account": {"here": cast.users["county"], "admin": cast.users["admin"], "foreign": there.office},
        "roster": cast.rosters,
        "imported": cast.imported,
        "change": cast.changes,
        "turn": cast.turns,
        "batch": cast.batches,
        "proposal": {relation: row_of(batch) for relation, batch in cast.batches.items()},
        "session": cast.sessions,
        "kept": cast.kept_forms,
    }


def _of_pupils(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """Rows about one pupil each."""
    return {
        "pupil": cast.pupils,
        "entry": cast.entries,
        "pairing": cast.pairings,
        "visit": cast.visits,
        "plan": cast.plans,
        "note": cast.notes,
    }


def _public_ids(rows: Mapping[str, Any]) -> dict[str, UUID]:
    return {"missing": MISSING, **{relation: row.public_id for relation, row in rows.items()}}


def url_names() -> set[str]:
    """Every named address of the portal."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name
