"""Writing many rows in one statement run for each of them: new ones in, changed ones over the old.

`bulk_create` cuts its work into as many queries as SQLite's 999 parameters need (664 for 10,000 pupils) and takes
three times as long; here one prepared statement runs over all rows.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.constants import OnConflict

from pairing_portal.accounts.models import User
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.undo.journal import Journal

R = TypeVar("R", bound=Row)
Column = Any  # a concrete field; the stubs leave out what foreign keys can tell
REPETITIVE = (
    models.DateField,
    models.DateTimeField,
    models.CharField,
)  # a few days and codes, many times over
PLAIN_PRE_SAVES = {
    models.Field.pre_save,
    models.DateField.pre_save,
}  # without auto_now a day is stored as it is
PLAIN_TYPES = {str, int, bool, type(None)}  # what every database takes as it is


def insert(rows: Sequence[R], by: User, journal: Journal | None = None) -> None:
    """Store new rows, each with who entered it, and give them their keys; two queries more than `store`.

    What a journal is given of rows, here and below, can be undone with it.
    """
    if not rows:
        return
    model = type(rows[0])
    newest = RowQuerySet(model).aggregate(newest=models.Max("pk"))["newest"] or 0
    store(rows, by, journal)
    stored: RowQuerySet = RowQuerySet(model).filter(pk__gt=newest, created_by=by)
    keys = dict(stored.values_list("public_id", "pk"))
    for row in rows:
        row.pk = keys[row.public_id]


def store(rows: Sequence[Row], by: User, journal: Journal | None = None) -> None:
    """Store new rows that nothing else will point to, each with who entered it; they learn no keys."""
    if not rows:
        return
    for row in rows:
        row.created_by_id = by.pk
    if journal is not None:
        journal.created(rows)
    _run(rows, [field for field in type(rows[0])._meta.concrete_fields if not field.primary_key])


def overwrite(rows: Iterable[R], columns: Sequence[str], journal: Journal | None = None) -> None:
    """Store changed rows and count their versions up; only the named columns are written over."""
    changed = list({row.pk: row for row in rows}.values())
    if not changed:
        return
    if journal is not None:
        journal.changing(changed, columns)
    for row in changed:
        row.version += 1
    _run(changed, list(changed[0]._meta.concrete_fields), ("version", *columns))


def _run(rows: Sequence[Row], fields: Sequence[Column], replaced: Sequence[str] = ()) -> None:
    """One insert over all rows; where the key is there already, the `replaced` columns take the new values."""
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        cursor.executemany(_statement(connection, model, fields, replaced), _values(connection, rows, fields))


def _statement(
    connection: BaseDatabaseWrapper, model: type[Row], fields: Sequence[Column], replaced: Sequence[str]
) -> str:
    quote = connection.ops.quote_name
    names = [field.column for field in fields]
    columns = ", ".join(map(quote, names))
    conflict = ""
    if replaced:
        columns_of = {field.name: field.column for field in model._meta.concrete_fields}
        over = [columns_of[name] for name in replaced]
        key = [model._meta.pk.column or ""]
        conflict = connection.ops.on_conflict_suffix_sql(fields, OnConflict.UPDATE, over, key)
    marks = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks}) {conflict}"  # noqa: S608 (names of our own columns)


def _values(
    connection: BaseDatabaseWrapper, rows: Sequence[Row], fields: Sequence[Column]
) -> list[tuple[Any, ...]]:
    """The rows' values as the database takes them, worked out column by column."""
    return list(zip(*(_column(connection, rows, field) for field in fields), strict=True))


def _column(connection: BaseDatabaseWrapper, rows: Sequence[Row], field: Column) -> list[object]:
    values: Iterable[Any] = map(attrgetter(field.attname), rows)
    if getattr(field, "auto_now_add", False) and rows[0].pk is None:
        values = _stamped(field, rows)
    elif type(field).pre_save not in PLAIN_PRE_SAVES or getattr(field, "auto_now", False):
        values = (field.pre_save(row, add=row.pk is None) for row in rows)
    elif field.is_relation:
        values = (_key(field, row) for row in rows)
    prepare: Callable[[Any], object] = partial(field.get_db_prep_save, connection=connection)
    if type(field) in REPETITIVE:
        prepare = cache(prepare)
    if type(field) is models.UUIDField and not connection.features.has_native_uuid_field:
        prepare = attrgetter("hex")  # as the field itself stores it, without its questions
    return [value if type(value) in PLAIN_TYPES else prepare(value) for value in values]


def _stamped(field: Column, rows: Sequence[Row]) -> list[object]:
    """Rows that are stored together were entered at one instant."""
    instant = field.pre_save(rows[0], add=True)
    for row in rows:
        setattr(row, field.attname, instant)
    return [instant] * len(rows)


def _key(field: Column, row: Row) -> Any:
    """The key of a related row; one that has just been stored has its key by now."""
    key = row.__dict__[field.attname]
    if key is None and field.is_cached(row):
        setattr(row, field.name, field.get_cached_value(row))
        key = getattr(row, field.attname)
    return key
