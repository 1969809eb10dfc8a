"""The manual: a page per role, its pictures there and small, its links open to that role."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role
from tests.access.table import read_lines
from tests.builders import make_district, make_user
from tests.cast import ROLES
from tests.manual_pictures import PICTURES, PLACE
from tests.source_tree import ROOT

PAGES = ROOT / "templates" / "manual"
FOR_EVERYBODY = "_everyone"
LARGEST = 120_000  # bytes
PNG = b"\x89PNG"


def _text(page: str) -> str:
    return (PAGES / f"{page}.html").read_text(encoding="utf-8")


def _open_to(role: str) -> set[str]:
    """Addresses the access table lets the role read, for some row at least."""
    place = ROLES.index(role)
    return {line.name for line in read_lines() if line.method == "GET" and line.statuses[place] == 200}


def test_every_picture_a_page_names_is_taken_and_every_taken_one_is_named() -> None:
    named = [
        (name, "{% include" in line and "alt=" in line)
        for page in (*Role.values, FOR_EVERYBODY)
        for line in _text(page).splitlines()
        for name in re.findall(r'manual/_picture.html" with name="([\w-]+)"', line)
    ]
    assert sorted(named) == sorted((picture.name, True) for picture in PICTURES)


def test_pictures_are_there_and_small() -> None:
    files = {path.stem: path.read_bytes() for path in PLACE.glob("*")}
    assert {*files} == {picture.name for picture in PICTURES}
    assert [name for name, content in files.items() if not content.startswith(PNG)] == []
    assert {name: len(content) for name, content in files.items() if len(content) > LARGEST} == {}


@pytest.mark.parametrize("role", Role.values)
def test_links_of_a_page_are_open_to_its_role(role: str) -> None:
    linked = set(re.findall(r'{% goto "(\w+)"', _text(role)))
    assert linked
    assert linked - _open_to(role) == set()


def test_links_for_everybody_are_open_to_everybody() -> None:
    linked = set(re.findall(r"{% url '(\w+)'", _text(FOR_EVERYBODY)))
    assert linked
    assert [role for role in Role.values if linked - _open_to(role)] == []


def test_other_roles_pages_name_places_without_leading_there(client: Client, db: None) -> None:
    district = make_district()
    pages = []
    for role in (Role.TEACHER, Role.OFFICE, Role.ADMIN):
        client.force_login(make_user(role, district=district))
        pages.append(client.get(reverse("manual_role", args=["office"])).text)
    assert [reverse("attachment_list") in page.partition("<article")[2] for page in pages] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("role", Role)
def test_help_leads_to_the_own_page_and_on_to_the_others(client: Client, role: Role, db: None) -> None:
    client.force_login(make_user(role, district=make_district()))
    assert f'href="{reverse("manual")}"' in client.get(reverse("home")).text
    page = client.get(reverse("manual"))
    assert page.context["role"] == role
    assert page.context["chapters"][0].role == role
    others = [client.get(reverse("manual_role", args=[other])).status_code for other in Role.values]
    assert others == [200] * len(Role)
