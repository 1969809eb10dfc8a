"""The shape in which a desk shows what is to be done."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db.models import QuerySet

NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A person or thing behind a number, with the page about it and a remark."""

    words: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One thing that is missing or overdue: how many, the first names, who must act and where.

    `level` is `fail` for what the plan demands, `attention` for what is overdue, `info` for what merely waits.
    """

    code: str
    title: str
    count: int
    unit: str
    level: str
    actor: str
    names: tuple[Name, ...] = ()
    action: str = ""
    url: str = ""
    all_url: str = ""

    @property
    def is_cut(self) -> bool:
        """Whether there are more than the names shown."""
        return self.rest > 0

    @property
    def rest(self) -> int:
        """How many are not named."""
        return self.count - len(self.names)


def rows_todo(todo: Todo, rows: QuerySet[Any], name: Callable[[Any], Name]) -> Iterator[Todo]:
    """The todo with its number and first names, or nothing when no row is behind it."""
    first = list(rows[: NAMES_SHOWN + 1])
    if first:
        count = len(first) if len(first) <= NAMES_SHOWN else rows.order_by().count()
        yield replace(todo, count=count, names=tuple(map(name, first[:NAMES_SHOWN])))


def known_todo(
    todo: Todo, rows: Collection[Any], name: Callable[[Any], Name], shown: int = NAMES_SHOWN
) -> Iterator[Todo]:
    """The same for rows already at hand."""
    if rows:
        first = tuple(name(row) for row in islice(rows, shown))
        yield replace(todo, count=len(rows), names=first)
