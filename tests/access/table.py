"""Reads the access table: one line per address, method and relation, one expected status per role.

    student_detail  GET  pupil:paired   302 200 200 404 200 200 200 404

The statuses stand in the order of `tests.cast.ROLES`. The subject names a row of the cast, `kind:relation`;
`-` stands for an address without a row. The lines are written by hand in `tests/access/tables/*.txt`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.cast import RELATIONS, ROLES, Cast, Place

TABLES = Path(__file__).parent / "tables"
MISSING = UUID("00000000-0000-4000-8000-000000000000")
PLACED = ("here", "foreign")


@dataclass(frozen=True)
class Line:
    """What every role is answered at one address, by one method, about one row."""

    name: str
    method: str
    subject: str
    statuses: tuple[int, ...]


def read_lines() -> list[Line]:
    """Every line of every table; blank lines and # comments aside."""
    lines = []
    for path in sorted(TABLES.glob("*.txt")):
        for text in path.read_text(encoding="utf-8").splitlines():
            if text.strip() and not text.startswith("#"):
                name, method, subject, *statuses = text.split()
                assert len(statuses) == len(ROLES), f"{path.name}: {text}"
                lines.append(Line(name, method, subject, tuple(map(int, statuses))))
    return lines


def public_ids(cast: Cast) -> dict[str, dict[str, object]]:
    """The rows that a subject can name: kind → relation → what the address takes."""
    here, there = cast.here, cast.there
    by_pupil: dict[str, Mapping[str, Any]] = {
        "pupil": cast.pupils,
        "entry": cast.entries,
        "pairing": cast.pairings,
        "visit": cast.visits,
    }
    rows: dict[str, dict[str, object]] = {
        kind: {relation: rows[relation].public_id for relation in RELATIONS}
        for kind, rows in by_pupil.items()
    }
    of_place: dict[str, Callable[[Place], Any]] = {
        "school": lambda place: place.schools[0],
        "class": lambda place: place.classes[0],
        "teacher": lambda place: place.teachers[0],
        "class_teacher": lambda place: place.class_teacher,
        "member": lambda place: place.member,
        "roster": lambda place: place.roster,
        "export": lambda place: place.export,
    }
    for kind, row in of_place.items():
        rows[kind] = {"here": row(here).public_id, "foreign": row(there).public_id}
    rows["account"] = {"here": cast.users["county"].public_id, "foreign": _foreign_account(cast)}
    for relations in rows.values():
        relations["missing"] = MISSING
    rows["year"] = {"here": timezone.localdate().year, "missing": 1999}
    rows["attachment"] = {"here": 3, "missing": 9}
    return rows


def _foreign_account(cast: Cast) -> UUID:
    user = cast.there.district.users.first()
    assert user is not None
    return user.public_id


def needed_relations(kind: str) -> set[str]:
    """The relations that an address about such a row must have lines for."""
    if kind == "-":
        return set()
    if kind in ("pupil", "entry", "pairing", "visit"):
        return {*RELATIONS, "missing"}
    return {"here", "missing"} if kind in ("year", "attachment") else {*PLACED, "missing"}


def url_names() -> set[str]:
    """Every named address of the portal."""
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    names: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names += _names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            names.append(pattern.name)
    return names
