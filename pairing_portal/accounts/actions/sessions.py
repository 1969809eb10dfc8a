"""Sessions end before their time: one device, all others, or everything of an account."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pairing_portal.accounts.models import User, UserSession
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """Sign one device out; its next request comes from nobody."""
    subject_id = str(session.public_id)
    session.delete()
    record(by, Action.SESSION_ENDED, UserSession._meta.label_lower, subject_id=subject_id, count=1)


@transaction.atomic
def end_sessions(*, user: User, by: User | None, keep: UUID | None = None) -> int:
    """Sign the person out everywhere, or everywhere but here; says on how many devices."""
    sessions = UserSession.objects.filter(user=user)
    ended = list(sessions.exclude(public_id=keep) if keep else sessions)
    for session in ended:
        session.delete()
    if ended:
        record(by, Action.SESSION_ENDED, user, count=len(ended))
    return len(ended)


def clear_outdated_sessions(now: datetime) -> None:
    """Remove rows that let nobody in any more."""
    UserSession.objects.filter(expire_date__lte=now).delete()
