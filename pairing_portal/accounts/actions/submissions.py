"""The same form sent twice at once: the second waits, and gets what the first made (safety I2)."""

from typing import TypeVar, cast
from uuid import UUID

from pairing_portal.accounts.models import User
from pairing_portal.lib.models import Row, RowQuerySet

R = TypeVar("R", bound=Row)


def sent_before(kind: type[R], by: User, submission_id: UUID | None) -> R | None:
    """What the person's form of this number made already, or None; asked first inside the action's transaction."""
    if submission_id is None:
        return None
    User.objects.select_for_update().get(pk=by.pk)  # one form of a person after the other
    rows = cast("RowQuerySet", kind._meta.default_manager)
    return cast("R | None", rows.submitted(by, submission_id).first())
