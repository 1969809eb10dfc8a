"""Browser tests commit, so their tables are emptied after each: the log must let go, and the groups come back."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

_append_only = import_module("pairing_portal.audit.migrations.0002_append_only")
_groups = import_module("pairing_portal.accounts.migrations.0002_groups_and_rights")
_confirming = import_module("pairing_portal.accounts.migrations.0004_confirm_pairings")
LET_GO = {
    "sqlite": ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_append_only ON audit_auditevent",
        "DROP FUNCTION IF EXISTS audit_append_only",
    ],
}


def _let_go() -> None:
    with connection.cursor() as cursor:
        for statement in LET_GO[connection.vendor]:
            cursor.execute(statement)


def _restore() -> None:
    """The triggers and groups as the migrations leave them."""
    _let_go()
    with connection.schema_editor() as editor:
        _append_only.hold(apps, editor)
        _groups.make_groups(apps, editor)
        _confirming.grant(apps, editor)


@pytest.fixture(scope="module", autouse=True)
def migrated_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Leave the database to the next module as the migrations made it."""
    yield
    with django_db_blocker.unblock():
        _restore()


@pytest.fixture(autouse=True)
def emptied(migrated_again: None, transactional_db: None) -> Iterator[None]:
    """Begin with groups and a log that holds; end with one that can be emptied."""
    _restore()
    yield
    _let_go()
