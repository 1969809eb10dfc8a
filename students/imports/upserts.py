"""Writing many rows at once: new ones in, changed ones over the old, never one query per row."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pairing_portal.accounts.models import User
from pairing_portal.lib.models import Row

R = TypeVar("R", bound=Row)
BATCH = 2_000


def insert(rows: Sequence[R], by: User) -> None:
    """Store new rows, each with who entered it."""
    if not rows:
        return
    for row in rows:
        row.created_by = by
    type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def overwrite(rows: Iterable[R], columns: Sequence[str]) -> None:
    """Store changed rows and count their versions up; only the named columns are written over."""
    changed = list({row.pk: row for row in rows}.values())
    if not changed:
        return
    for row in changed:
        row.version += 1
    type(changed[0])._default_manager.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["version", *columns],
    )
