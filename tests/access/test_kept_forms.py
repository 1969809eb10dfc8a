"""Every form comes back filled in after a session ended, and only sending it again stores anything."""

from typing import Any

import pytest
from django.urls import reverse

from pairing_portal.accounts.kept_forms import HAS_KEPT, MARK, MARK_AGE, NEVER_KEPT
from pairing_portal.accounts.models import KeptForm
from tests.access.asking import signed_in
from tests.access.attacks import FormsOf
from tests.access.cases import CASES, PLAIN, Case
from tests.access.pages import Form, Page
from tests.access.table import handles, url_names
from tests.access.test_forms import _content
from tests.access.walking import Walked
from tests.cast import ROLES, Cast

OF_A_REGISTER_NOT_CHOSEN = {"county_filed-submission_id", "district_recognised-submission_id"}
ON_THEIR_PAGE = [case for case in (*CASES, *PLAIN) if not case.page]


def _address(case: Case, cast: Cast) -> str:
    kind, _, relation = case.subject.partition(":")
    handle = handles(cast)[kind][relation]
    return reverse(case.name, args=[] if handle is None else [handle]) + case.query


def _filled(case: Case, cast: Cast, form: Form) -> dict[str, Any]:
    own = {case.field: case.handle(cast, case.own)} if case.own else {}
    return form.values | case.values(cast) | own


@pytest.mark.parametrize("case", ON_THEIR_PAGE, ids=str)
def test_kept_form_is_shown_filled_in_and_stores_nothing(cast: Cast, case: Case) -> None:
    user, address = cast.users[case.role], _address(case, cast)
    form = Page(signed_in(user).get(address).text).posting(address, having=case.field)
    sent = _filled(case, cast, form)
    signed_in(None).post(address, sent, headers={"referer": f"http://testserver{address}"})
    before = _content()

    client = signed_in(user)
    session = client.session
    session[HAS_KEPT] = True
    session.save()
    shown = Page(client.get(address).text).posting(address, having=case.field)

    assert _content() == before
    for name, values in KeptForm.objects.get(user=user, address=address).data.lists():
        if any(values) and name not in OF_A_REGISTER_NOT_CHOSEN:
            assert _stripped(shown.values.get(name, [])) == _stripped(values), name


def _stripped(values: list[str]) -> list[str]:
    """A text area begins with a line break that browsers leave out."""
    return sorted(value.strip() for value in values)


@pytest.mark.parametrize("role", ROLES[1:])
def test_every_form_says_whose_it_is(walked: Walked, role: str) -> None:
    without = [
        answer.address
        for answer in walked(role)
        for fields in FormsOf(answer.text).posted
        if "csrfmiddlewaretoken" in fields.kinds and MARK not in fields.kinds
    ]
    assert without == []


def test_forms_that_are_never_kept_exist() -> None:
    assert url_names() >= NEVER_KEPT
    assert MARK_AGE.total_seconds() == 24 * 60 * 60
