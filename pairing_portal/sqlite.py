"""Which SQLite runs below the portal and how it is set, so that no confirmed entry is lost."""

import sys
from collections.abc import Mapping
from importlib import import_module, util
from typing import Any, Protocol

# Earlier releases can reset a write-ahead log that another process still reads.
FIRST_WITH_SOUND_WAL = (3, 51, 3)

SYNCHRONOUS_FULL = 2


class Cursor(Protocol):
    """What reading a pragma needs of a database cursor."""

    def execute(self, sql: str, /) -> Any: ...

    def fetchone(self) -> Any: ...


def use_current_sqlite() -> None:
    """Let `import sqlite3` mean pysqlite3 on Linux, where the system's own SQLite is often years old."""
    if sys.platform != "linux" or util.find_spec("pysqlite3") is None:
        return
    sys.modules["sqlite3"] = import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")


def journal_mode() -> str:
    """`wal` where the loaded SQLite can be trusted with it, else `delete`."""
    version: tuple[int, ...] = import_module("sqlite3").sqlite_version_info
    return "wal" if version >= FIRST_WITH_SOUND_WAL else "delete"


def sqlite_options() -> Mapping[str, Any]:
    """Django's OPTIONS for a SQLite database: writers queue instead of failing, commits reach the disk."""
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal_mode()}; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA cache_size=-32768",
    }


def wrong_pragmas(cursor: Cursor) -> list[str]:
    """Read the settings back from an open connection; one line for each that did not take."""
    wanted: dict[str, str | int] = {
        "journal_mode": journal_mode(),
        "synchronous": SYNCHRONOUS_FULL,
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }
    wrong = []
    for name, value in wanted.items():
        cursor.execute(f"PRAGMA {name}")
        found = cursor.fetchone()[0]
        if found != value:
            wrong.append(f"{name} is {found}, wanted {value}")
    return wrong
