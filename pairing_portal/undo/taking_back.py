"""Steps are taken back in reverse: what was made goes, what was written over comes back as it lay."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from pairing_portal.lib.models import Row
from pairing_portal.undo.steps import Step, rows_of

TAKEN = "在这之后已有新的登记，与原来的内容冲突，不能撤销。"
NOTHING = "没有改动任何内容。"
ENDS = "ended_on"  # a row that is open again must not share a day with one that came meanwhile


def take_back(step: Step, keys: Mapping[UUID, int], versions: Mapping[UUID, int]) -> None:
    """Undo one step; a row that comes back stands at one version more, so that no page left open overwrites it.

    ValidationError where rows made meanwhile leave no room for one that would come back.
    """
    if step.is_creation:
        _delete(step.model, [keys[public_id] for public_id in step.rows])
        return
    try:
        with transaction.atomic():
            _restore(step, keys, versions)
    except IntegrityError:
        raise ValidationError(_no_room(step, keys, versions)) from None
    if ENDS in step.columns:
        _check_days(step, keys)


def _delete(model: type[Row], keys: Sequence[int]) -> None:
    connection = _connection(model)
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column or "")
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE {key} = %s", [(each,) for each in keys])  # noqa: S608 (names of our own columns)


def _restore(step: Step, keys: Mapping[UUID, int], versions: Mapping[UUID, int]) -> None:
    """One statement over all rows, as imports write them."""
    connection = _connection(step.model)
    quote = connection.ops.quote_name
    fields = step.fields
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(step.model._meta.db_table), quote(step.model._meta.pk.column or "")
    values = [
        (*_prepared(connection, fields, left.before), versions[public_id] + 1, keys[public_id])
        for public_id, left in step.rows.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns}, version = %s WHERE {key} = %s", values)  # noqa: S608 (names of our own columns)


def _prepared(connection: BaseDatabaseWrapper, fields: Sequence[Any], before: Sequence[Any]) -> list[Any]:
    return [
        field.get_db_prep_save(value, connection=connection)
        for field, value in zip(fields, before, strict=True)
    ]


def _no_room(step: Step, keys: Mapping[UUID, int], versions: Mapping[UUID, int]) -> str:
    """The first row that the database does not take back, by name."""
    for public_id, left in step.rows.items():
        try:
            with transaction.atomic():
                _restore(Step(step.model, step.columns, {public_id: left}), keys, versions)
        except IntegrityError:
            row = rows_of(step.model).get(pk=keys[public_id])
            return f"{row.in_full}（{row._meta.verbose_name}）{TAKEN}{NOTHING}"
    return f"原来的内容与后来的登记冲突，不能撤销。{NOTHING}"


def _check_days(step: Step, keys: Mapping[UUID, int]) -> None:
    """Let each row that is open again say what it says in its forms."""
    for row in rows_of(step.model).filter(pk__in=[keys[public_id] for public_id in step.rows]):
        try:
            row.clean()
        except ValidationError as refused:
            sentence = " ".join(refused.messages)
            raise ValidationError(
                f"{row.in_full}（{row._meta.verbose_name}）不能恢复：{sentence}{NOTHING}"
            ) from None


def _connection(model: type[Row]) -> BaseDatabaseWrapper:
    return connections[router.db_for_write(model)]
