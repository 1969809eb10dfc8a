"""The same form sent twice at once: the second waits, and gets what the first made (safety I2)."""

from typing import Any
from uuid import UUID

from pairing_portal.accounts.models import User
from pairing_portal.lib.models import RowQuerySet


def sent_before(rows: RowQuerySet, by: User, submission_id: UUID | None) -> Any:
    """What the person's form of this number made already, or None; asked first inside the action's transaction."""
    if submission_id is None:
        return None
    User.objects.select_for_update().get(pk=by.pk)  # one form of a person after the other
    return rows.submitted(by, submission_id).first()
