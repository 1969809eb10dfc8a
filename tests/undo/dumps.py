"""Everything the domain tables hold, byte for byte, to compare before and after."""

from typing import Any

from django.apps import apps
from django.db import connection

from tests.source_tree import app_of

# Not the domain's: the log, what undoing keeps for itself, and the file's own history, which tells that it was undone.
# Nor are sessions, tries to sign in and kept forms, which come and go with the people.
COMING_AND_GOING = {"accounts.usersession", "accounts.signintry", "accounts.keptform"}
APART = {"audit", "undo", "students.rosterimport"} | COMING_AND_GOING


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every domain table by name: all rows, all columns as stored, versions left out."""
    models = (model for model in apps.get_models() if app_of(model.__module__))
    return {
        model._meta.db_table: _rows(model)
        for model in models
        if not {model._meta.app_label, model._meta.label_lower} & APART
    }


def _rows(model: Any) -> list[tuple[Any, ...]]:
    columns = [field.column for field in model._meta.concrete_fields if field.column != "version"]
    with connection.cursor() as cursor:
        names = ", ".join(map(connection.ops.quote_name, columns))
        cursor.execute(f"SELECT {names} FROM {model._meta.db_table} ORDER BY id")  # noqa: S608 (names of our own columns)
        return [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in cursor.fetchall()
        ]
