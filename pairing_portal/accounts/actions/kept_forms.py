"""What was typed before a session ended is kept for the one who typed it, and for nobody else."""

import json
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from pairing_portal.accounts.models import KeptForm, User

MOST_CHARACTERS = 100_000
LONGEST_ADDRESS = 300
MOST_PER_PERSON = 20
# Never kept, whatever the form is called.
SECRET_FIELDS = frozenset({"password", "repeated", "current", "code"})


@transaction.atomic
def keep_form(
    *, user: User, address: str, page: str, fields: QueryDict, has_files: bool, now: datetime
) -> KeptForm | None:
    """Seal the fields for the person; the same form sent again replaces the first. None if it is too large."""
    kept = {name: values for name, values in fields.lists() if name not in SECRET_FIELDS}
    content = json.dumps(kept, ensure_ascii=False)
    if len(content) > MOST_CHARACTERS or len(address) > LONGEST_ADDRESS:
        return None
    KeptForm.objects.outdated(now).delete()
    User.objects.select_for_update().get(pk=user.pk)  # one form of a person after the other
    KeptForm.objects.filter(user=user, address=address).delete()
    earlier = KeptForm.objects.filter(user=user).values_list("pk", flat=True)
    KeptForm.objects.filter(pk__in=list(earlier[MOST_PER_PERSON - 1 :])).delete()
    form = KeptForm(user=user, address=address, page=page[:LONGEST_ADDRESS], has_files=has_files, kept_at=now)
    form.content = content
    form.save()
    return form


def discard_kept_form(*, user: User, address: str) -> None:
    """Forget what was kept for the address: it has been sent, or is not wanted any more."""
    KeptForm.objects.filter(user=user, address=address).delete()
