"""Two people at one row: both texts on one page, nothing typed is lost, and the next save works (safety I1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import models
from django.db.models import F
from django.test import Client
from django.urls import resolve, reverse

from pairing_portal.accounts.kept_forms import MARK
from pairing_portal.accounts.models import District, School, Teacher, User
from pairings.models import Campaign, HelpPlan, LeadershipMember, Pairing, ProposalBatch, StudyNote
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass, Student
from tests.access.asking import signed_in
from tests.access.cases import PLAIN, Case
from tests.access.pages import Form, Page
from tests.access.table import handles
from tests.access.walking import Walked
from tests.cast import Cast
from visits.models import Visit

# What the other person saved meanwhile, in which row.
THEIRS: dict[str, tuple[type[models.Model], str, Any]] = {
    "account_edit": (User, "name", "他人改名"),
    "campaign_edit": (Campaign, "title", "他人改的标题"),
    "class_edit": (SchoolClass, "number", 8),
    "district_edit": (District, "town", "他人改镇"),
    "help_plan_edit": (HelpPlan, "goal", "他人的目标"),
    "pairing_edit": (Pairing, "remark", "他人写的"),
    "proposal_settings": (ProposalBatch, "remark", "他人的说明"),
    "register_entry_edit": (RegisterEntry, "remark", "他人写的"),
    "school_edit": (School, "short_name", "他人改"),
    "study_note_correct": (StudyNote, "words", "他人写的谈话"),
    "student_edit": (Student, "village", "他人改村"),
    "teacher_edit": (Teacher, "title", "他人写的"),
    "visit_correct": (Visit, "situation", "他人写的情况"),
}
SETTINGS = Case("proposal_settings", "batch:draft", "remark", "-", "", lambda cast: {"remark": "改"})
EDITS = [*(case for case in PLAIN if case.name in THEIRS), SETTINGS]
Values = Callable[[Cast], dict[str, Any]]


def _address(name: str, subject: str, cast: Cast) -> str:
    kind, _, relation = subject.partition(":")
    handle = handles(cast)[kind][relation]
    return reverse(name, args=[] if handle is None else [handle])


def _row(case: Case, cast: Cast) -> models.QuerySet[Any]:
    kind, _, relation = case.subject.partition(":")
    handle = handles(cast)[kind][relation]
    model = THEIRS[case.name][0]
    found = {"year": handle} if kind == "year" else {"public_id": handle or cast.here.district.public_id}
    return model._meta.base_manager.filter(
        **found, **({"district": cast.here.district} if kind == "year" else {})
    )


def _form(client: Client, address: str, field: str, text: str = "") -> Form:
    return Page(text or client.get(address).text).posting(address, having=field)


@pytest.mark.parametrize("case", EDITS, ids=str)
def test_stale_edit_shows_both_texts_keeps_what_was_typed_and_saves_next(cast: Cast, case: Case) -> None:
    address, client = _address(case.name, case.subject, cast), signed_in(cast.users[case.role])
    mine, (_, field, theirs) = case.values(cast), THEIRS[case.name]
    form = _form(client, address, case.field)
    _row(case, cast).update(**{field: theirs}, version=F("version") + 1)

    refused = client.post(address, form.values | mine)

    assert refused.status_code == 200
    assert "刚被他人修改" in refused.text
    conflict = refused.text[refused.text.index('class="conflict"') :].partition("</section>")[0]
    assert str(theirs) in conflict
    assert str(mine[field]) in conflict
    again = _form(client, address, case.field, refused.text)
    kept = {name: [value.strip() for value in values] for name, values in again.values.items()}
    for name, value in mine.items():
        assert kept.get(name, [""]) == [str(value)]
    assert getattr(_row(case, cast).get(), field) == theirs

    assert client.post(address, again.values).status_code == 302
    assert getattr(_row(case, cast).get(), field) == mine[field]


def test_every_form_that_edits_a_row_is_tried(walked: Walked) -> None:
    found = {
        resolve((form.action or answer.address).partition("?")[0]).url_name
        for role in ("admin", "teacher")
        for answer in walked(role)
        for form in answer.page.forms
        if "version" in form.names and form.method == "post"
    }
    assert found - TRIED_ELSEWHERE == THEIRS.keys()


# Households in tests/students, the year's turn in tests/pairings, the proposed teacher below.
TRIED_ELSEWHERE = {
    "proposal_place",
    "student_household",
    "student_household_leave",
    "student_household_link",
    "year_turn_edit",
    "year_turn_pupils",
}


def test_teacher_proposed_by_two_people_is_shown_twice(cast: Cast) -> None:
    client, address = signed_in(cast.users["office"]), _address("proposal_place", "proposal:draft", cast)
    form = _form(client, address, "teacher")
    theirs, mine = [each for each in form.offered["teacher"] if each and [each] != form.values["teacher"]][:2]
    client.post(address, form.values | {"teacher": theirs})
    refused = client.post(address, form.values | {"teacher": mine})
    conflict = refused.text[refused.text.index('class="conflict"') :].partition("</section>")[0]
    assert Teacher.objects.get(public_id=theirs).name in conflict
    again = _form(client, address, "teacher", refused.text)
    assert again.values["teacher"] == [mine]
    assert client.post(address, again.values).status_code == 302


def test_account_conflict_names_the_roles_and_the_teacher_of_the_other(cast: Cast) -> None:
    client, account = signed_in(cast.users["admin"]), cast.users["school"]
    address = reverse("account_edit", args=[account.public_id])
    form = _form(client, address, "roles")
    client.post(address, form.values | {"roles": ["school", "office"]})
    refused = client.post(address, form.values | {"roles": ["aid", "school"]})
    conflict = refused.text[refused.text.index('class="conflict"') :].partition("</section>")[0]
    assert "总务、学校负责人" in conflict
    assert "办公室、学校负责人" in conflict


def _said(cast: Cast) -> dict[str, Any]:
    return {"on": cast.today, "ended_on": cast.today, "note": "我写的交接说明"}


def _move(cast: Cast) -> dict[str, Any]:
    return {"reason": "rearranged", "school_class": cast.here.classes[0].public_id, "on": cast.today}


def _moved_by_another(cast: Cast) -> None:
    places = Enrolment.objects.filter(student=cast.pupils["same_district"], ended_on=None)
    places.update(is_boarder=True, version=F("version") + 1)


def _left(model: type[models.Model], row: Callable[[Cast], Any]) -> Callable[[Cast], None]:
    def end(cast: Cast) -> None:
        reason = {"ended_on": cast.today, "end_reason": "other"}
        model._meta.base_manager.filter(pk=row(cast).pk).update(**reason, version=F("version") + 1)

    return end


def _replaced(cast: Cast) -> None:
    ClassTeacher.objects.filter(pk=cast.here.class_teacher.pk).update(version=F("version") + 1)


def _teacher_moved(cast: Cast) -> None:
    Teacher.objects.filter(pk=cast.here.teachers[2].pk).update(version=F("version") + 1)


# Decisions about a row: where, a field of the form, what is typed, and what somebody else did meanwhile.
DECISIONS: dict[str, tuple[str, str, Values, Callable[[Cast], None]]] = {
    "enrolment_new": ("pupil:same_district", "school_class", _move, _moved_by_another),
    "enrolment_end": ("pupil:same_district", "rest", _said, _moved_by_another),
    "class_teacher_new": ("class:led", "teacher", _said, _replaced),
    "teacher_move": ("teacher:same_district", "school", _said, _teacher_moved),
    "pairing_end": ("pairing:paired", "note", _said, _left(Pairing, lambda cast: cast.pairings["paired"])),
    "pairing_hand_over": (
        "pairing:paired",
        "note",
        _said,
        _left(Pairing, lambda cast: cast.pairings["paired"]),
    ),
    "class_teacher_end": (
        "class_teacher:led",
        "on",
        _said,
        _left(ClassTeacher, lambda cast: cast.here.class_teacher),
    ),
    "leadership_end": (
        "member:here",
        "ended_on",
        _said,
        _left(LeadershipMember, lambda cast: cast.here.member),
    ),
    "register_entry_end": (
        "entry:paired",
        "on",
        _said,
        _left(RegisterEntry, lambda cast: cast.entries["paired"]),
    ),
    "teacher_end": (
        "teacher:same_district",
        "reason",
        _said,
        _left(Teacher, lambda cast: cast.here.teachers[2]),
    ),
}


def _filled(form: Form, typed: dict[str, Any]) -> dict[str, list[str]]:
    """The form with what is typed, and with the first choice wherever one is needed."""
    chosen = {
        name: [next(filter(None, offered))]
        for name, offered in form.offered.items()
        if any(offered) and not any(form.values.get(name, []))
    }
    words = {name: [_sent(value)] for name, value in typed.items() if name in form.names}
    return form.values | chosen | words


def _sent(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize("name", DECISIONS)
def test_decision_on_an_old_page_is_answered_with_a_sentence_and_keeps_its_words(
    cast: Cast, name: str
) -> None:
    subject, field, typed, meanwhile = DECISIONS[name]
    address, client = _address(name, subject, cast), signed_in(cast.users["office"])
    sent = _filled(_form(client, address, field), typed(cast))
    meanwhile(cast)

    refused = client.post(address, sent)

    assert refused.status_code == 200
    assert any("已" in sentence for sentence in refused.context["form"].non_field_errors())
    kept = _form(client, address, field, refused.text).values
    for key in sent.keys() - {"csrfmiddlewaretoken", "standing", MARK}:
        assert [value.strip() for value in kept[key]] == sent[key], key


@pytest.mark.parametrize("name", ["enrolment_new", "enrolment_end", "class_teacher_new", "teacher_move"])
def test_decision_sent_again_after_the_warning_is_carried_out(cast: Cast, name: str) -> None:
    subject, field, typed, meanwhile = DECISIONS[name]
    address, client = _address(name, subject, cast), signed_in(cast.users["office"])
    sent = _filled(_form(client, address, field), typed(cast))
    meanwhile(cast)
    refused = client.post(address, sent)
    assert "情况已被他人变更" in refused.text
    again = _form(client, address, field, refused.text)
    assert client.post(address, again.values).status_code == 302
