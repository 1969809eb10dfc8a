"""SQLite runs with the settings that lose nothing."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from pairing_portal.sqlite import FIRST_WITH_SOUND_WAL, journal_mode, sqlite_options, wrong_pragmas


def handler(file: Path) -> ConnectionHandler:
    """Django's connections to a database file under the portal's options."""
    return ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(file),
                "OPTIONS": dict(sqlite_options()),
            }
        }
    )


@pytest.mark.django_db
def test_pragmas_read_back_from_a_file_database(tmp_path: Path) -> None:
    connection = handler(tmp_path / "portal.sqlite3")["default"]
    with connection.cursor() as cursor:
        assert wrong_pragmas(cursor) == []
    connection.close()


def test_pragmas_of_a_plain_connection_are_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "plain.sqlite3")

    complaints = wrong_pragmas(connection.cursor())
    connection.close()

    assert [complaint.split()[0] for complaint in complaints][-2:] == ["foreign_keys", "recursive_triggers"]


def test_journal_is_write_ahead_only_where_sqlite_is_sound() -> None:
    assert journal_mode() == ("wal" if sqlite3.sqlite_version_info >= FIRST_WITH_SOUND_WAL else "delete")


def count_up(connections: ConnectionHandler, times: int) -> None:
    """Read the number and write its successor, each time in one of Django's transactions."""
    connection = connections["default"]
    for _ in range(times):
        connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with connection.cursor() as cursor:
            number = cursor.execute("SELECT number FROM counter").fetchone()[0]
            cursor.execute("UPDATE counter SET number = %s", [number + 1])
        connection.commit()
        connection.set_autocommit(True)
    connection.close()


@pytest.mark.django_db
def test_concurrent_read_then_write_loses_nothing(tmp_path: Path) -> None:
    connections = handler(tmp_path / "portal.sqlite3")
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE counter AS SELECT 0 AS number")

    with ThreadPoolExecutor(max_workers=4) as pool:
        for done in [pool.submit(count_up, connections, 20) for _ in range(4)]:
            done.result()

    with connections["default"].cursor() as cursor:
        assert cursor.execute("SELECT number FROM counter").fetchone()[0] == 80
    connections.close_all()
