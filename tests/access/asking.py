"""Asking the portal as one of the cast, and taking back whatever the request wrote."""

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from pairing_portal.accounts.models import User
from tests.cast import ROLES, Cast


@cache
def _client(name: str) -> Client:
    """A client keeps its loaded middleware from one test to the next, but no cookie."""
    return Client()


def signed_in(user: User | None) -> Client:
    """A browser of the person; None is somebody who has not signed in."""
    client = _client(user.username if user else "")
    client.cookies.clear()
    if user is not None:
        client.force_login(user)
    return client


def _session(user: User | None) -> str:
    cookie = signed_in(user).cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


class Asker:
    """Every role's browser, signed in anew for each question."""

    def __init__(self, cast: Cast, others: Mapping[str, User] | None = None) -> None:
        people = {**cast.users, **(others or {})}
        self.sessions = {role: _session(people.get(role)) for role in ROLES}

    def ask(self, role: str, method: str, address: str, data: Mapping[str, Any] | None = None) -> Any:
        """The answer, after the database has forgotten the question."""
        client = _client(role if role != "anonymous" else "")
        client.cookies.clear()
        if self.sessions[role]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        logging.disable()
        with transaction.atomic():
            response = client.post(address, data or {}) if method == "POST" else client.get(address)
            transaction.set_rollback(True)
        logging.disable(logging.NOTSET)
        return response
