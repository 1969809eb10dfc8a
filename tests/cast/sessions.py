"""Sessions on other devices, and forms that came in too late, of the teacher of 甲 and of the office of 乙."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import QueryDict
from django.utils import timezone

from pairing_portal.accounts.actions.kept_forms import keep_form
from pairing_portal.accounts.models import KeptForm, User, UserSession
from pairing_portal.accounts.sessions import describe_session, session_id

DESK = "/"


def make_session(user: User, device: str = "Chrome，Windows 电脑") -> UserSession:
    """The person is signed in on one more device."""
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    describe_session(store, device=device, address="203.0.113.9")
    store.create()
    return UserSession.objects.get(public_id=session_id(store))


def make_kept_form(user: User, text: str, now: datetime, address: str = DESK) -> KeptForm:
    """A form with one line of text that the person sent when no longer signed in."""
    fields = QueryDict(mutable=True)
    fields["text"] = text
    kept = keep_form(user=user, address=address, page=address, fields=fields, has_files=False, now=now)
    assert kept is not None
    return kept


def make_sessions(teacher: User, foreign: User) -> dict[str, UserSession]:
    """The teacher of 甲 and the office of 乙 are signed in on one more device each."""
    return {"teachers": make_session(teacher), "foreign": make_session(foreign)}


def make_kept_forms(teacher: User, foreign: User) -> dict[str, KeptForm]:
    """Each of them sent a form when no longer signed in."""
    people, now = {"teachers": teacher, "foreign": foreign}, timezone.now()
    return {relation: make_kept_form(user, f"{user.name}写的", now) for relation, user in people.items()}
