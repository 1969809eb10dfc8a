"""Writes down what a decision does to rows, so that it can be undone as a whole.

    with undoable_today(Kind.HANDED_OVER, district=district, about=[pairing], by=by, today=today) as journal:
        journal.changing([pairing], ["ended_on", "end_reason"])   # before it is written over
        pairing.end(...)                                          # counts the version up by one
        journal.created([successor])                              # before or after it is stored

It lives in the caller's transaction. Whoever changes a row counts its version up by one, as everywhere in the
portal: a row at another version later on has been touched by somebody else.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Self

from django.db import transaction

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.models import Row
from pairing_portal.undo.models import DAYS_TO_UNDO, ChangeSet, ChangeSubject, Kind, TableChange
from pairing_portal.undo.steps import Left, Step, in_batches, rows_of


class Journal:
    """The steps of one change set, in the order they are written; as a context it stores them in the end, if any."""

    def __init__(self, change_set: ChangeSet, about: Iterable[Row]) -> None:
        self.change_set = change_set
        self.about = list(about)
        self.steps: list[Step] = []

    @classmethod
    def open(
        cls, *, district: District, kind: Kind, title: str, by: User, today: date, about: Iterable[Row] = ()
    ) -> Self:
        """Begin a change set; it is offered to be undone on the pages of the rows it is `about`."""
        expires_on = today + timedelta(days=DAYS_TO_UNDO.get(kind, 1))
        change_set = ChangeSet(
            district=district, kind=kind, title=title, created_by=by, expires_on=expires_on
        )
        journal = cls(change_set, about)
        _wipe_expired(today)
        return journal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None and self.steps:
            self.close()

    def concerns(self, *rows: Row) -> None:
        """Offer the change set on the pages of these rows as well."""
        self.about += rows

    def created(self, rows: Iterable[Row]) -> None:
        """Note new rows of one table, about to be stored or just stored."""
        for model, fresh in _by_table(rows).items():
            last = self.steps[-1] if self.steps else None
            if last is None or last.model is not model or not last.is_creation:
                last = Step(model)
                self.steps.append(last)
            last.rows |= {row.public_id: Left(row.version) for row in fresh}

    def changing(self, rows: Iterable[Row], columns: Sequence[str]) -> None:
        """Note what the columns hold in the database now; they are about to be written over, versions counted up."""
        for model, known in _by_table(rows).items():
            step = Step(model, tuple(columns))
            step.rows = _stored(step, [row.pk for row in known])
            self.steps.append(step)

    def close(self) -> ChangeSet:
        """Store the change set with its steps."""
        self.change_set.save()
        TableChange.objects.bulk_create(_kept(step, self.change_set) for step in self.steps if step.rows)
        ChangeSubject.objects.bulk_create(
            ChangeSubject(change_set=self.change_set, table=row._meta.label_lower, row_id=row.public_id)
            for row in self.about
        )
        return self.change_set


@contextmanager
def undoable_today(
    kind: Kind, *, district: District, about: Iterable[Row], by: User, today: date
) -> Iterator[Journal]:
    """One decision in one transaction, written down so that it can be undone until the day is over."""
    with (
        transaction.atomic(),
        Journal.open(
            district=district, kind=kind, title=kind.label, by=by, today=today, about=about
        ) as journal,
    ):
        yield journal


def _by_table(rows: Iterable[Row]) -> dict[type[Row], list[Row]]:
    tables: dict[type[Row], list[Row]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    return tables


def _stored(step: Step, keys: Sequence[Any]) -> dict[Any, Left]:
    """The columns as they are stored, sealed ones unopened; the version is the one they will have."""
    names = [field.attname for field in step.fields]
    found: dict[Any, Left] = {}
    for some in in_batches(keys):
        rows = rows_of(step.model).filter(pk__in=some).order_by("pk")
        for public_id, version, *before in rows.values_list("public_id", "version", *names):
            found[public_id] = Left(version + 1, version, before)
    return found


def _kept(step: Step, change_set: ChangeSet) -> TableChange:
    return TableChange(
        change_set=change_set,
        table=step.model._meta.label_lower,
        columns=list(step.columns),
        row_count=len(step.rows),
        content=step.as_text(),
    )


def _wipe_expired(today: date) -> None:
    """What can no longer be undone is no longer kept (one query, whatever the district)."""
    expired = TableChange.objects.filter(change_set__expires_on__lte=today)
    expired.exclude(content=None).update(content=None)
