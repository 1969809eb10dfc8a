"""Sessions that know whose they are, and end by themselves: after a pause, and after a day's work (safety P2)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from pairing_portal.accounts.models import UserSession
from pairing_portal.lib.crypto import blind_index

SIGNED_IN, SEEN, DEVICE, ADDRESS = "signed_in_at", "seen_at", "device", "address"
TOUCH_SECONDS = 60


class SessionStore(db.SessionStore):
    """Django's store in the database, with the person, the device and the limits beside the data."""

    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        """Our own rows."""
        return UserSession

    def save(self, must_create: bool = False) -> None:
        """A session becomes a person's when they sign in; both limits count from then."""
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # the stubs leave it out
        if SESSION_KEY in data:
            now = int(timezone.now().timestamp())
            data.setdefault(SIGNED_IN, now)
            data.setdefault(SEEN, now)
        super().save(must_create)

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """The earlier of both limits; a session without a person lives as long as Django says."""
        if SIGNED_IN not in self:
            return super().get_expiry_date(**kwargs)
        return min(idle_end(self), total_end(self))

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        """The row, with what the list of devices shows beside the data."""
        row: UserSession = super().create_model_instance(data)  # type: ignore[assignment]  # of `get_model_class`
        row.public_id = session_id(self)
        row.user_id = data.get(SESSION_KEY)
        row.device, row.address = data.get(DEVICE, ""), data.get(ADDRESS, "")
        row.signed_in_at, row.seen_at = _moment(data.get(SIGNED_IN)), _moment(data.get(SEEN))
        return row


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def session_id(session: SessionBase) -> UUID:
    """The id by which the list of devices names a session; it does not lead back to the key."""
    return UUID(blind_index("session id", session.session_key or "")[:32])


def describe_session(session: SessionBase, *, device: str, address: str) -> None:
    """Keep with the session of somebody who just came in what it was opened on, and from where."""
    session[DEVICE], session[ADDRESS] = device, address


def touch(session: SessionBase, now: datetime) -> None:
    """Note that the person is there, at most once a minute."""
    seconds = int(now.timestamp())
    if seconds - session.get(SEEN, 0) >= TOUCH_SECONDS:
        session[SEEN] = seconds


def extend(session: SessionBase, now: datetime) -> None:
    """The person asked to go on."""
    session[SEEN] = int(now.timestamp())


def idle_end(session: SessionBase) -> datetime:
    """When the session ends if nothing more comes."""
    pause = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    return datetime.fromtimestamp(session.get(SEEN, 0), UTC) + pause


def total_end(session: SessionBase) -> datetime:
    """When the session ends whatever comes."""
    length = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return datetime.fromtimestamp(session.get(SIGNED_IN, 0), UTC) + length
