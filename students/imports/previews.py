"""What a preview shows and keeps: plain words and the versions they rest on, for every kind of list alike."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pairing_portal.lib.workbooks.parsing import Problem
from students.imports.deciding import Question
from students.imports.facts import Change
from students.imports.places import CREATE

# Fields without a default; all others are blank, false or empty unless told.
ALWAYS = {
    *(
        "level",
        "code",
        "column",
        "message",
        "sheet",
        "number",
        "state",
        "name",
        "place",
        "subject_id",
        "choice",
    ),
    *("key", "label", "old", "new", "title", "local", "before", "read"),
}
WAITS_FOR_COLUMNS = "waits_for_columns"


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A remark or an error as the page prints it."""

    level: str
    code: str
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a refused row that can be typed anew: what stands there, unless it is secret."""

    key: str
    title: str
    text: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the list: what becomes of it, why, and on which versions of which rows that rests."""

    sheet: str
    number: int
    state: str
    name: str
    place: str
    changes: tuple[Change, ...] = ()
    problems: tuple[ShownProblem, ...] = ()
    rests_on: tuple[str, ...] = ()
    is_promoted: bool = False
    choice: str = ""
    is_chosen: bool = False
    subject_id: str = ""
    corrections: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    cells: tuple[ShownCell, ...] = ()
    is_mended: bool = False
    is_left_out: bool = False
    turn: int = 0

    @property
    def handle(self) -> str:
        """What a form names the row by."""
        return f"{self.number}.{self.sheet}"

    @property
    def warnings(self) -> tuple[ShownProblem, ...]:
        """Remarks that do not keep the row out."""
        return tuple(problem for problem in self.problems if problem.level == "warning")

    @property
    def can_be_mended(self) -> bool:
        """Whether the page offers to type cells anew, or has done so."""
        return self.is_refused or self.is_mended

    @property
    def is_refused(self) -> bool:
        """Whether the row stays out."""
        return self.state == "refused"


@dataclass(frozen=True, slots=True)
class ShownMissing:
    """Somebody of the list before who is not on this one."""

    name: str
    place: str
    subject_id: str
    choice: str
    is_graduate: bool = False
    reason: str = ""
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The whole page before confirming; counts are what confirming will do."""

    rows: tuple[ShownRow, ...]
    missing: tuple[ShownMissing, ...] = ()
    unknown_schools: tuple[tuple[str, str], ...] = ()
    unknown_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    listed_before: int = 0
    vanishing: int = 0
    is_alarming: bool = False
    is_same_year: bool = True

    @property
    def returning(self) -> list[ShownRow]:
        """Refused rows that are worth putting right: those left out by choice are not."""
        return [row for row in self.rows if row.is_refused and not row.is_left_out]

    @property
    def new_schools(self) -> list[str]:
        """Schools that confirming will make."""
        return [name for name, choice in self.unknown_schools if choice == CREATE]


def nothing_read(sentence: str) -> Preview:
    """The page of a file that waits for its columns to be told; the sentence says which are missing."""
    counts = dict.fromkeys(("rows", "new", "changed", "unchanged", "refused"), 0)
    return Preview(rows=(), notes=(sentence,), counts=counts | {WAITS_FOR_COLUMNS: 1})


def shown_problems(problems: Iterable[Problem]) -> tuple[ShownProblem, ...]:
    """Problems of a row, errors first."""
    ordered = sorted(problems, key=lambda problem: problem.level)
    return tuple(ShownProblem(each.level, each.code, each.column_title, each.message) for each in ordered)


def preview_as_text(preview: Preview) -> str:
    """The preview as JSON."""
    return json.dumps(vars(preview), default=_slots, ensure_ascii=False)


def _slots(value: Any) -> dict[str, Any]:
    """A part of the preview by those of its fields that say something; the others stand at their defaults."""
    return {name: told for name in value.__slots__ if (told := getattr(value, name)) or name in ALWAYS}


def preview_from_text(text: str) -> Preview:
    """The preview that `preview_as_text` wrote; equal to it in every part."""
    values: dict[str, Any] = json.loads(text)
    values["rows"] = tuple(_row(row) for row in values["rows"])
    values["missing"] = tuple(
        ShownMissing(**{**each, "rests_on": tuple(each.get("rests_on", ()))}) for each in values["missing"]
    )
    values["unknown_schools"] = tuple(tuple(pair) for pair in values["unknown_schools"])
    for name in ("unknown_columns", "notes"):
        values[name] = tuple(values[name])
    return Preview(**values)


PARTS: dict[str, type] = {
    "changes": Change,
    "problems": ShownProblem,
    "corrections": Change,
    "questions": Question,
    "cells": ShownCell,
}


def _row(values: dict[str, Any]) -> ShownRow:
    for name in PARTS.keys() & values.keys():
        values[name] = tuple(PARTS[name](**each) for each in values[name])
    values["rests_on"] = tuple(values.get("rests_on", ()))
    return ShownRow(**values)


def altered_since(before: Preview, now: Preview) -> list[str]:
    """Names of the rows that no longer stand as they were shown, in the order of the list."""
    shown = {(row.sheet, row.number): row for row in before.rows}
    altered = [row.name for row in now.rows if shown.get((row.sheet, row.number)) != row]
    altered += [each.name for each in {*before.missing} ^ {*now.missing}]
    return list(dict.fromkeys(altered))
