"""Forms offer and accept rows of the own district alone, and set nothing that is the server's to set (safety A6)."""

import re
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from pairing_portal.accounts.models import User
from pairing_portal.lib.fields import EncryptedTextField
from students.imports.previews import preview_from_text
from students.models import RosterImport
from tests.access.asking import signed_in
from tests.access.canaries import TO_DISTRICT, rows_of
from tests.access.cases import CASES, PLAIN, Case
from tests.access.pages import Form, Page
from tests.access.table import MISSING, handles
from tests.access.walking import Walked
from tests.cast import CANARY, Cast

UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Choices of rows that have tests of their own below.
ELSEWHERE = {
    ("import_refresh", "school-0"),
    ("import_refresh", "move"),
    ("account_slips", "users"),
    ("register_prefilled", "school"),
}
# What a page might try to slip in.
FLAGS = ("is_superuser", "is_staff", "is_paper_record", "must_set_password", "created_at")
KEPT = ("public_id", "created_by_id", "created_at", "is_superuser", "is_paper_record", "student_id", "state")


def _address(case: Case, cast: Cast, name: str = "") -> str:
    kind, _, relation = case.subject.partition(":")
    handle = handles(cast)[kind][relation]
    return reverse(name or case.name, args=[] if handle is None else [handle]) + case.query


def _form(case: Case, cast: Cast, client: Client) -> Form:
    """The form as the page shows it, to be sent by POST."""
    page = Page(client.get(_address(case, cast, case.page)).text)
    return page.posting(_address(case, cast), having=case.field)


def _send(case: Case, cast: Cast, **values: Any) -> Any:
    client = signed_in(cast.users[case.role])
    form = _form(case, cast, client)
    return client.post(_address(case, cast), form.values | case.values(cast) | values)


def _content() -> dict[str, list[dict[str, Any]]]:
    """Every row of the portal, encrypted columns and the last sign-in aside."""
    return {
        model.__name__: list(rows_of(model).order_by("pk").values(*_names(model))) for model in TO_DISTRICT
    }


def _names(model: type[models.Model]) -> list[str]:
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, EncryptedTextField)]
    return [each.attname for each in fields if each.name != "last_login"]


def test_cases_name_every_choice_of_rows(walked: Walked) -> None:
    found = {
        (resolve((form.action or answer.address).partition("?")[0]).url_name, name)
        for answer in walked("admin")
        for form in answer.page.forms
        for name, offered in form.offered.items()
        if form.method == "post" and any(map(UUID_SHAPE.fullmatch, offered))
    }
    named = {(case.name, case.field) for case in CASES}
    assert named <= found <= named | ELSEWHERE


@pytest.mark.parametrize("case", CASES, ids=str)
def test_form_takes_a_row_of_the_own_district(cast: Cast, case: Case) -> None:
    before = _content()
    response = _send(case, cast, **{case.field: case.handle(cast, case.own)})
    assert response.status_code == 302 or "登录码" in response.text
    assert _content() != before


@pytest.mark.parametrize("case", CASES, ids=str)
def test_form_neither_offers_nor_takes_a_row_of_the_other_district(cast: Cast, case: Case) -> None:
    foreign, before = case.handle(cast, "foreign"), _content()
    offered = _form(case, cast, signed_in(cast.users[case.role])).offered[case.field]
    response = _send(case, cast, **{case.field: foreign})
    assert str(foreign) not in offered
    assert response.status_code == 200
    assert "有误" in response.text or "请" in response.text
    assert CANARY not in response.text
    assert _content() == before


@pytest.mark.parametrize("case", [*CASES, *PLAIN], ids=str)
def test_form_leaves_to_the_server_what_is_the_servers(cast: Cast, case: Case) -> None:
    content = _content()
    before = {name: {row["id"]: row for row in rows} for name, rows in content.items()}
    own = {case.field: case.handle(cast, case.own)} if case.own else {}
    response = _send(case, cast, **(_smuggled(cast) | case.values(cast) | own))
    assert response.status_code == 302 or "登录码" in response.text
    assert _content() != content
    for model, path in TO_DISTRICT.items():
        known = before[model.__name__]
        for row in rows_of(model).exclude(pk__in=known).values(*_names(model), of=models.F(path)):
            assert row["of"] == cast.here.district.pk
            assert row["created_by_id"] in (cast.users[case.role].pk, None)
            assert row["public_id"] != MISSING
            assert not row.get("is_superuser")
        for row in rows_of(model).filter(pk__in=known).values(*_names(model)):
            assert {name: row.get(name) for name in KEPT} == {
                name: known[row["id"]].get(name) for name in KEPT
            }


def _smuggled(cast: Cast) -> dict[str, Any]:
    """Fields that no form has, sent all the same."""
    foreign, office = cast.there.district.pk, cast.there.office.pk
    ids = {"id": 999_999, "pk": 999_999, "public_id": MISSING, "district": foreign, "district_id": foreign}
    by = {
        "created_by": office,
        "created_by_id": office,
        "user": office,
        "user_id": office,
        "state": "confirmed",
    }
    return ids | by | dict.fromkeys(FLAGS, "on")


def test_unknown_school_is_not_mapped_to_one_of_the_other_district(cast: Cast) -> None:
    client, roster = signed_in(cast.users["office"]), cast.rosters["here"]
    address = reverse("import_refresh", args=[roster.public_id])
    for school, is_taken in ((cast.there.schools[0], False), (cast.here.schools[0], True)):
        client.post(address, {"school-0": str(school.public_id)})
        chosen = RosterImport.objects.get(pk=roster.pk).school_choices.get("schools", {})
        assert (str(school.public_id) in chosen.values()) is is_taken


def test_entry_of_the_other_district_is_neither_ended_nor_moved_by_an_import(cast: Cast) -> None:
    client, roster = signed_in(cast.users["office"]), cast.rosters["here"]
    foreign = cast.entries["foreign"]
    asked = {f"end-{foreign.public_id}": "recovered", "move": str(foreign.public_id), "move_all": "on"}
    client.post(reverse("import_refresh", args=[roster.public_id]), asked)
    client.post(reverse("import_confirm", args=[roster.public_id]), {"accepts_alarm": "on"})
    assert RosterImport.objects.get(pk=roster.pk).state == RosterImport.State.CONFIRMED
    assert type(foreign).objects.filter(pk=foreign.pk, ended_on=None, version=foreign.version).exists()


def test_register_of_a_school_of_the_other_district_is_not_handed_out(cast: Cast) -> None:
    client, address = signed_in(cast.users["office"]), reverse("register_prefilled")
    asked = {"register": "county_filed", "reason": "请学校核对名册"}
    for school, is_taken in ((cast.there.schools[0], False), (cast.here.schools[0], True)):
        answer = client.post(address, {**asked, "school": school.public_id})
        assert answer.status_code == 200
        assert ("attachment" in answer.headers.get("Content-Disposition", "")) is is_taken


def test_rows_of_an_import_of_the_other_district_are_not_mended(cast: Cast) -> None:
    client, roster = signed_in(cast.users["office"]), cast.rosters["foreign"]
    refused = next(row for row in preview_from_text(roster.preview).rows if row.is_refused)
    for name in ("import_row_mend", "import_row_leave_out", "import_row_take_back", "import_returned"):
        answer = client.post(
            reverse(name, args=[roster.public_id]), {"row": refused.handle, "reason": "请学校核对"}
        )
        assert answer.status_code == 404
    assert RosterImport.objects.get(pk=roster.pk).mended == ""


def test_codes_are_not_handed_to_accounts_of_the_other_district(cast: Cast) -> None:
    User.objects.filter(pk=cast.there.office.pk).update(must_set_password=True)
    client, before = signed_in(cast.users["admin"]), _content()
    response = client.post(reverse("account_slips"), {"users": [cast.there.office.public_id]})
    assert CANARY not in response.text
    assert _content() == before
