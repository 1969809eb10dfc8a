"""An edit of one row and its event belong together."""

from collections.abc import Iterable

from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import VersionedModelForm


@transaction.atomic
def save_edit(*, form: VersionedModelForm, by: User, also: Iterable[str] = ()) -> bool:
    """Save what was edited and log which fields; False when nothing was. Raises `EditConflict`."""
    fields = form.edited_fields
    if not form.save_versioned(also=also):
        return False
    record(by, Action.CHANGED, form.instance, fields=fields)
    return True
