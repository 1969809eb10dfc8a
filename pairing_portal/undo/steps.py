"""One step of a change set as text: which rows, at which version it left them, what their columns held before."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import UUID

from django.apps import apps
from django.db.models import Field, QuerySet

from pairing_portal.lib.fields import EncryptedTextField, Sealed
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.undo.models import TableChange

T = TypeVar("T")
MARKS = 30_000  # values in one query; SQLite takes 32,766


@dataclass(slots=True)
class Left:
    """A row as the step left it: at which version, at which it had found it, what the columns held before."""

    version: int
    found: int = 0
    before: Sequence[Any] = ()


@dataclass
class Step:
    """Rows of one table in the order they were written; without columns they are new ones."""

    model: type[Row]
    columns: tuple[str, ...] = ()
    rows: dict[UUID, Left] = field(default_factory=dict)

    @property
    def is_creation(self) -> bool:
        """Whether the step made its rows."""
        return not self.columns

    @property
    def fields(self) -> list[Any]:
        """The columns that were written over."""
        return [self.model._meta.get_field(name) for name in self.columns]

    def as_text(self) -> str:
        """The rows as JSON; secret numbers stay as sealed as they lay in the database."""
        rows = [
            [public_id.hex, left.version, left.found, *map(_plain, left.before)]
            for public_id, left in self.rows.items()
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def step_of(change: TableChange) -> Step:
    """The step as it was kept."""
    step = Step(table_of(change.table), tuple(change.columns))
    fields = step.fields
    for public_id, version, found, *before in json.loads(change.content or "[]"):
        values = [_value(of, plain) for of, plain in zip(fields, before, strict=True)]
        step.rows[UUID(public_id)] = Left(version, found, values)
    return step


def table_of(label: str) -> type[Row]:
    """The model behind a label such as `students.student`."""
    return cast("type[Row]", apps.get_model(label))


def rows_of(model: type[Row]) -> QuerySet[Row]:
    """All rows of the table, whatever its own manager leaves out."""
    rows: RowQuerySet = RowQuerySet(model)
    return rows


def in_batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many values at a time as one query takes."""
    return (values[start : start + MARKS] for start in range(0, len(values), MARKS))


def _plain(value: Any) -> Any:
    """A value of a column as JSON keeps it; `_value` reads it back."""
    if isinstance(value, Sealed):
        return b64encode(value.content).decode()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def _value(of: Field, plain: Any) -> Any:
    if isinstance(of, EncryptedTextField):
        return Sealed(b64decode(plain)) if plain else None
    return of.to_python(plain)
