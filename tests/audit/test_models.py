"""The log takes new rows only, whoever asks (safety S3)."""

from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action, AuditEvent

append_only = import_module("pairing_portal.audit.migrations.0002_append_only")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET reason = ''",
        "UPDATE OR REPLACE audit_auditevent SET id = id",
        "DELETE FROM audit_auditevent",
        "REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent",
        "INSERT OR REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent",
    ],
)
def test_log_refuses_every_way_of_changing_a_row(statement: str) -> None:
    event = record(None, Action.SIGNED_IN, reason="原来的")

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEvent.objects.get().reason == event.reason


@pytest.mark.django_db
def test_log_refuses_the_application_too() -> None:
    event = record(None, Action.SIGNED_IN)

    for change in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_log_is_held_on_postgresql_for_every_verb() -> None:
    function, trigger = append_only.POSTGRESQL

    assert "RAISE EXCEPTION" in function
    assert "BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_auditevent" in " ".join(trigger.split())
