"""Nothing of district 乙 reaches anybody of district 甲, and nobody sees more than the rules allow."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import resolve, reverse

from pairing_portal.lib.models import Row
from reports.models import Edition, Export
from tests.access.asking import Asker, signed_in
from tests.access.canaries import (
    TO_DISTRICT,
    Answer,
    Canaries,
    findings,
    holds_nothing_foreign,
    is_kept_by_nobody,
    keeps_restricted_notes,
)
from tests.access.table import handles, read_lines
from tests.access.walking import Walked, answered, text_of, walk
from tests.cast import BAIT, CANARY, HOME, RESTRICTED, ROLES, Cast

LISTS = {
    "student_list": "pupil",
    "class_list": "class",
    "pairing_list": "pairing",
    "pairing_gaps": "pupil",
    "silent_list": "pupil",
    "visit_list": "visit",
    "teacher_list": "teacher",
    "school_list": "school",
    "account_list": "account",
    "import_list": "roster",
    "pairing_new_many": "pupil",
    "audit_list": "account",
    "export_list": "roster",
    "proposal_list": "batch",
    "village_round": "pupil",
}
PARAMETERS = {"school": "school", "teacher": "teacher", "student": "pupil", "person": "account"}
SEARCHED = ("student_list", "pairing_list", "visit_list", "teacher_list", "account_list", "jump")
READ_BY_GET = {line.name for line in read_lines() if line.method == "GET" and line.statuses[1] == 200}


def test_canaries_know_every_kind_of_row() -> None:
    assert {*TO_DISTRICT} == {model for model in apps.get_models() if issubclass(model, Row)}


@pytest.mark.parametrize("role", ROLES[1:])
def test_walk_finds_nothing_that_must_not_be_there(cast: Cast, walked: Walked, role: str) -> None:
    canaries = Canaries.of(cast)
    wrong, dead = [], []
    for answer in walked(role):
        wrong += findings(answer, canaries)
        dead += [] if answer.response.status_code == 200 else [answer.address]
    assert (wrong, dead) == ([], [])


def test_walk_as_admin_reaches_every_page(walked: Walked) -> None:
    names = {resolve(answer.address.partition("?")[0]).url_name for answer in walked("admin")}
    asked_by_scripts = {"import_progress", "session_state"}
    assert names >= READ_BY_GET - {"health", "gallery"} - asked_by_scripts


def test_walk_of_the_other_office_finds_what_the_others_must_not(cast: Cast) -> None:
    """The rules can fail: every word of 乙 stands on some page of its own office."""
    asker = Asker(cast, {"office": cast.there.office})
    text = "".join(answer.text for answer in walk(asker, "office"))
    pupil, visit, word = cast.pupils["foreign"], cast.visits["foreign"], cast.there.word
    told = (pupil.name, pupil.guardian_name, pupil.village, pupil.override_reason, visit.situation)
    kept = (
        visit.help_given,
        visit.follow_up,
        visit.whom_met,
        f"{pupil.name}原来的情况",
        f"{pupil.name}的措施",
        f"{pupil.name}的need",
        f"{pupil.name}的学习情况",
    )
    listed = (
        f"{pupil.name}的情况",
        f"{word}户主",
        f"{word}新生",
        f"{word}名册.xlsx",
        f"{word}-0001",
        f"{word}三小",
    )
    assert [words for words in (*told, *kept, *listed) if words not in text] == []
    assert HOME not in text


def test_restricted_note_is_read_by_its_author_and_the_leading_group(cast: Cast, asker: Asker) -> None:
    canaries = Canaries.of(cast)
    for role, relation in (("leader", "led"), ("teacher", "paired")):
        address = cast.visits[relation].get_absolute_url()
        answer = answered(role, address, asker)
        assert RESTRICTED in answer.text
        others = Answer("office", address, answer.response, answer.text)
        assert [*keeps_restricted_notes(others, canaries)] == ["restricted note"]


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [("anonymous", "home", 302), ("anonymous", "sign_in", 200), ("aid", "student_list", 403)],
)
def test_refusals_are_kept_by_nobody_either(
    cast: Cast, asker: Asker, role: str, name: str, status: int
) -> None:
    for address, expected in ((reverse(name), status), (cast.pupils["foreign"].get_absolute_url(), 404)):
        answer = answered(role, address, asker)
        assert answer.response.status_code == (302 if role == "anonymous" and expected == 404 else expected)
        assert [*is_kept_by_nobody(answer, Canaries.of(cast))] == []


@pytest.mark.parametrize("role", ROLES[1:])
def test_parameters_that_name_rows_of_the_other_district_show_none(
    cast: Cast, asker: Asker, role: str
) -> None:
    canaries, rows = Canaries.of(cast), handles(cast)
    wrong = []
    for name in filter(_is_open_to(role), LISTS):
        asked = {**PARAMETERS, "after": LISTS[name], "before": LISTS[name]}
        for parameter, kind in asked.items():
            foreign = str(rows[kind]["foreign"])
            answer = answered(role, f"{reverse(name)}?{parameter}={foreign}", asker)
            # The address itself is printed where a form has to come back to it.
            said = Answer(role, answer.address, answer.response, answer.text.replace(foreign, ""))
            wrong += [f"{answer.address}: {found}" for found in holds_nothing_foreign(said, canaries)]
            assert answer.response.status_code == 200
    assert wrong == []


def _is_open_to(role: str) -> Callable[[str], bool]:
    index = ROLES.index(role)
    return {
        line.name for line in read_lines() if line.method == "GET" and line.statuses[index] == 200
    }.__contains__


@pytest.mark.parametrize("role", ROLES[1:])
@pytest.mark.parametrize("words", [BAIT, "yiqu", "yq"])
def test_search_for_words_of_the_other_district_finds_none(cast: Cast, role: str, words: str) -> None:
    client, canaries = signed_in(cast.users[role]), Canaries.of(cast)
    for name in filter(_is_open_to(role), SEARCHED):
        found = _searched(client, name, words)
        answer = Answer(role, name, found, text_of(found))
        assert [*holds_nothing_foreign(answer, canaries)] == []
        assert words in answer.text


@pytest.mark.parametrize("name", SEARCHED[:4])
def test_search_of_the_other_office_finds_the_words(cast: Cast, name: str) -> None:
    client = signed_in(cast.there.office)
    assert CANARY in text_of(_searched(client, name, BAIT)).replace(cast.there.office.name, "").replace(
        cast.there.district.name, ""
    )


def _searched(client: Client, name: str, words: str) -> Any:
    fields: Mapping[str, str] = {"text": words, "name": words, "village": ""}
    client.post(reverse(f"{name}_search"), fields)
    return client.get(reverse(name))


@pytest.mark.parametrize("role", ["admin", "office", "school", "leader", "teacher"])
@pytest.mark.parametrize("number", ["id_number", "student_number"])
def test_number_of_the_other_district_finds_nobody(cast: Cast, asker: Asker, role: str, number: str) -> None:
    asked = {"number": getattr(cast.pupils["foreign"], number)}
    response = asker.ask(role, "POST", reverse("student_find"), asked)
    text = response.content.decode().replace(asked["number"], "")
    assert response.status_code == 200
    assert "没有找到" in text
    assert [*holds_nothing_foreign(Answer(role, "", response, text), Canaries.of(cast))] == []


@pytest.mark.parametrize("edition", Edition.values)
@pytest.mark.parametrize("attachment", Export.Attachment.values)
def test_attachments_hold_the_own_district_alone(
    cast: Cast, asker: Asker, attachment: int, edition: str
) -> None:
    asked = {"edition": edition, "as_of": cast.today, "reason": "报送县办公室", "notice_ends_on": cast.today}
    response = asker.ask("office", "POST", reverse("attachment_export", args=[attachment]), asked)
    answer, canaries = Answer("office", "", response, text_of(response)), Canaries.of(cast)
    assert response["Content-Disposition"].startswith("attachment")
    assert HOME in answer.text
    assert [*holds_nothing_foreign(answer, canaries), *is_kept_by_nobody(answer, canaries)] == []
    shown = [number for number in canaries.numbers if number in answer.text]
    assert bool(shown) == (edition == Edition.FULL and attachment != Export.Attachment.PAIRINGS)
