"""No value in any field of any form or address gives a 500, and none is shown as markup (safety B3)."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.db import transaction
from django.urls import resolve, reverse

from pairing_portal.accounts.models import Role, User
from tests.access.asking import signed_in
from tests.access.attacks import MARKUP, Fields, FormsOf, queries
from tests.access.table import Line, handles, read_lines
from tests.access.walking import text_of
from tests.builders import make_user
from tests.cast import ROLES, Cast

LINES = read_lines()
OPENED_BY = {"register_entry_new": ("?register=county_filed", "?register=district_recognised")}
# Theirs are all the forms there are; the others send the same ones.
TRY_EVERYTHING = ("admin", "teacher")
# For who is not in the cast: see the newcomers below.
FOR_NEWCOMERS = {"first_password", "setup"}
FORMS = ("pairing_portal.accounts.forms", "students.forms", "pairings.forms", "visits.forms", "reports.forms")


class Person:
    """Somebody at a browser whose every request is forgotten."""

    def __init__(self, user: User | None) -> None:
        self.client = signed_in(user)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def ask(self, method: str, address: str, data: dict[str, Any]) -> None:
        """Send it, go where the answer leads, and hold what every answer must keep to."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        with transaction.atomic():
            answer = getattr(self.client, method)(address, data, follow=True)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (address, data)
        assert MARKUP not in answer.content.decode("utf-8", "replace"), (address, data)

    def forms(self, pages: Iterator[str]) -> Iterator[tuple[str, str, Fields]]:
        """Every form of the pages once, with the name of its address and the address itself."""
        seen = set()
        for page in pages:
            for fields in FormsOf(text_of(self.client.get(page))).posted:
                address = fields.form.action.partition("#")[0] or page
                name = resolve(address.partition("?")[0]).url_name or ""
                if (name, fields.names) not in seen and name != "gallery":
                    seen.add((name, fields.names))
                    yield name, address, fields


def _pages(role: str, cast: Cast) -> Iterator[str]:
    """Addresses that the table lets the role open: all of them, or the first of each name."""
    seen = set()
    for line in LINES:
        is_open = line.method == "GET" and line.statuses[ROLES.index(role)] == 200
        if is_open and (role in TRY_EVERYTHING or line.name not in seen):
            seen.add(line.name)
            yield from (_address(line, cast) + query for query in OPENED_BY.get(line.name, ("",)))


def _address(line: Line, cast: Cast) -> str:
    handle = handles(cast)[line.kind][line.relation]
    return reverse(line.name, args=[] if handle is None else [handle])


@pytest.mark.parametrize("role", ROLES)
def test_no_form_gives_way_whatever_is_sent(cast: Cast, role: str) -> None:
    person, tried = Person(cast.users.get(role)), set()
    for name, address, fields in person.forms(_pages(role, cast)):
        tried.add(name)
        attacks = fields.attacks if role in TRY_EVERYTHING else fields.few
        for sent in attacks(cast.today):
            person.ask("post", address, sent)
    taken = {line.name for line in LINES if line.method == "POST" and line.statuses[ROLES.index(role)] == 200}
    assert taken - tried - FOR_NEWCOMERS == set()


@pytest.mark.parametrize(("name", "has_district"), [("first_password", True), ("setup", False)])
def test_no_form_of_the_first_day_gives_way(cast: Cast, name: str, has_district: bool) -> None:
    user = make_user(Role.ADMIN, district=cast.here.district)
    User.objects.filter(pk=user.pk).update(
        must_set_password=has_district, district=cast.here.district if has_district else None
    )
    person = Person(user)
    found = list(person.forms(iter([reverse(name)])))
    for _, address, fields in found:
        for sent in fields.attacks(cast.today):
            person.ask("post", address, sent)
    assert name in {each for each, _, _ in found}


@pytest.mark.parametrize("role", ROLES)
def test_no_address_gives_way_whatever_it_asks(cast: Cast, role: str) -> None:
    person = Person(cast.users.get(role))
    pages = {resolve(page.partition("?")[0]).url_name: page.partition("?")[0] for page in _pages(role, cast)}
    for page in pages.values():
        for sent in queries():
            person.ask("get", page, sent)


def test_every_text_field_takes_out_what_nobody_sees() -> None:
    careless = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _form_classes()
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField
    ]
    assert careless == []


def _form_classes() -> Iterator[Any]:
    """Every form of the apps, by its module."""
    for package in FORMS:
        module = import_module(package)
        for found in walk_packages(getattr(module, "__path__", []), f"{package}."):
            import_module(found.name)
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(FORMS):
            yield form
