"""One cast for every test of access: a test takes back whatever it wrote."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.asking import Asker
from tests.access.walking import Walked, walk
from tests.cast import Cast, make_cast


@pytest.fixture(scope="package")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """Both districts, made once for the whole folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def sessions(made: Cast) -> Asker:
    """Everybody of the cast signed in, once for the whole folder."""
    return Asker(made)


@pytest.fixture
def asker(sessions: Asker, db: None) -> Asker:
    """The same sessions in every test."""
    return sessions


@pytest.fixture
def cast(made: Cast, db: None) -> Cast:
    """The same people in every test; whoever changes a row reads it anew first."""
    return made


@pytest.fixture(scope="package")
def walks(sessions: Asker) -> Walked:
    """Each role's walk, taken when first asked for."""
    return cache(lambda role: list(walk(sessions, role)))


@pytest.fixture
def walked(walks: Walked, db: None) -> Walked:
    """The same walks in every test."""
    return walks
