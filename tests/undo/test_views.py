"""A decision of today is offered to be undone where its rows are shown, and is undone in two clicks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Role, Teacher, User
from pairing_portal.undo.models import ChangeSet, Kind
from pairings.models import LeadershipMember, Pairing
from students.models import Enrolment, RegisterEntry, SchoolClass, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_entry,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.undo.dumps import dump

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@dataclass(frozen=True)
class Desk:
    """The office's browser, a pupil with a teacher and an entry, a colleague and another class."""

    client: Client
    clerk: User
    pupil: Student
    pairing: Pairing
    entry: RegisterEntry
    colleague: Teacher
    other_class: SchoolClass

    @property
    def place(self) -> SchoolClass:
        """The pupil's class."""
        return self.pupil.enrolments.get().school_class


@pytest.fixture
def desk(client: Client) -> Desk:
    school = make_school(name="麻镇小学")
    make_campaign(school.district, TODAY.year)
    led = make_class(school, entry_year=TODAY.year - 2)
    pupil = make_student(led, name="折小雨")
    teacher = make_teacher(school, name="折建国")
    make_class_teacher(led, teacher)
    make_member(teacher)
    clerk = make_user(Role.OFFICE, district=school.district, name="办公室张")
    client.force_login(clerk)
    entry = make_entry(pupil, year=TODAY.year, listed_on=TODAY)
    colleague = make_teacher(school, name="单秀英")
    other_class = make_class(school, entry_year=TODAY.year - 2)
    return Desk(client, clerk, pupil, make_pairing(pupil, teacher), entry, colleague, other_class)


def sent(**values: Any) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "on": TODAY.isoformat()} | values


def hand_over(desk: Desk) -> str:
    form = sent(teacher=desk.colleague.public_id, reason="handed_over", note="周末可家访。")
    desk.client.post(reverse("pairing_hand_over", args=[desk.pairing.public_id]), form)
    return Pairing.objects.get(teacher=desk.colleague).get_absolute_url()


def end_pairing(desk: Desk) -> str:
    form = sent(reason="other", note="")
    desk.client.post(reverse("pairing_end", args=[desk.pairing.public_id]), form)
    return desk.pairing.get_absolute_url()


def pair(desk: Desk) -> str:
    form = sent(student=desk.pupil.public_id, teacher=desk.colleague.public_id, started_on=TODAY.isoformat())
    desk.client.post(f"{reverse('pairing_new')}?student={desk.pupil.public_id}", form)
    return desk.pupil.get_absolute_url()


def end_entry(desk: Desk) -> str:
    form = sent(reason="recovered")
    desk.client.post(reverse("register_entry_end", args=[desk.entry.public_id]), form)
    return desk.pupil.get_absolute_url()


def move_register(desk: Desk) -> str:
    form = sent(listed_on=TODAY.isoformat(), main_type="单亲家庭", grade="一般困难", situation="父亲在外。")
    url = reverse("register_entry_new", args=[desk.pupil.public_id])
    desk.client.post(f"{url}?register=district_recognised", form)
    return desk.pupil.get_absolute_url()


def move_class(desk: Desk) -> str:
    form = sent(school_class=desk.other_class.public_id, boarding="yes", reason="rearranged")
    desk.client.post(reverse("enrolment_new", args=[desk.pupil.public_id]), form)
    return desk.pupil.get_absolute_url()


def leave(desk: Desk) -> str:
    form = sent(reason="transferred", rest="by_reason")
    desk.client.post(reverse("enrolment_end", args=[desk.pupil.public_id]), form)
    return desk.pupil.get_absolute_url()


def appoint(desk: Desk) -> str:
    form = sent(teacher=desk.colleague.public_id)
    desk.client.post(reverse("class_teacher_new", args=[desk.place.public_id]), form)
    return desk.place.get_absolute_url()


def release(desk: Desk) -> str:
    term = desk.place.class_teachers.get()
    desk.client.post(reverse("class_teacher_end", args=[term.public_id]), sent(reason="left"))
    return desk.place.get_absolute_url()


def give_post(desk: Desk) -> str:
    form = sent(teacher=desk.colleague.public_id, post="deputy", started_on=TODAY.isoformat())
    desk.client.post(reverse("leadership_new"), form)
    return reverse("leadership_list")


def end_post(desk: Desk) -> str:
    form = sent(ended_on=TODAY.isoformat(), end_reason="replaced")
    desk.client.post(reverse("leadership_end", args=[LeadershipMember.objects.get().public_id]), form)
    return reverse("leadership_list")


DECISIONS = [
    (hand_over, Kind.HANDED_OVER),
    (end_pairing, Kind.PAIRING_ENDED),
    (pair, Kind.PAIRED),
    (end_entry, Kind.ENTRY_ENDED),
    (move_register, Kind.LISTED),
    (move_class, Kind.MOVED),
    (leave, Kind.LEFT),
    (appoint, Kind.CLASS_TEACHER),
    (release, Kind.CLASS_TEACHER),
    (give_post, Kind.POST),
    (end_post, Kind.POST),
]


def undo_page(change_set: ChangeSet) -> str:
    return reverse("change_undo", args=[change_set.public_id])


@pytest.mark.parametrize(("decide", "kind"), DECISIONS, ids=[decide.__name__ for decide, _ in DECISIONS])
def test_decision_of_today_is_undone_from_the_page_it_shows_on(
    desk: Desk, decide: Callable[[Desk], str], kind: Kind
) -> None:
    before = dump()
    page = decide(desk)
    change_set = ChangeSet.objects.get()
    assert change_set.kind == kind
    assert undo_page(change_set) in desk.client.get(page).content.decode()
    answer = desk.client.post(undo_page(change_set), follow=True)
    assert f"已撤销：{kind.label}。" in answer.content.decode()
    assert undo_page(change_set) not in answer.content.decode()
    assert dump() == before


def test_undo_page_names_what_goes_and_what_comes_back(desk: Desk) -> None:
    hand_over(desk)
    text = desk.client.get(undo_page(ChangeSet.objects.get())).content.decode()
    assert "恢复结对：折建国 — 折小雨。" in text
    assert "删除结对：单秀英 — 折小雨。" in text
    assert "办公室张办理于" in text


def test_undo_page_says_what_stands_against_it_and_offers_nothing(desk: Desk) -> None:
    hand_over(desk)
    made = Pairing.objects.get(teacher=desk.colleague)
    make_visit(desk.pupil, desk.colleague, pairing=made)
    change_set = ChangeSet.objects.get()
    text = desk.client.get(undo_page(change_set)).content.decode()
    assert "单秀英 — 折小雨（结对，已有家访记录）在这之后又有变动" in text
    assert 'class="btn btn-danger"' not in text
    answer = desk.client.post(undo_page(change_set), follow=True)
    assert "不能撤销" in answer.content.decode()
    assert Pairing.objects.filter(ended_on=None).get() == made


def test_decision_of_yesterday_is_neither_offered_nor_undone(desk: Desk) -> None:
    page = end_entry(desk)
    ChangeSet.objects.update(expires_on=TODAY)
    change_set = ChangeSet.objects.get()
    assert undo_page(change_set) not in desk.client.get(page).content.decode()
    assert "已过可撤销期限" in desk.client.get(undo_page(change_set)).content.decode()
    desk.client.post(undo_page(change_set))
    assert RegisterEntry.objects.get().end_reason == "recovered"


def test_decision_is_undone_by_anybody_with_the_same_right_and_offered_to_nobody_else(desk: Desk) -> None:
    page = hand_over(desk)
    address = undo_page(ChangeSet.objects.get())
    leader = make_user(Role.LEADER, district=desk.clerk.district)
    desk.client.force_login(leader)
    assert address not in desk.client.get(page).content.decode()
    assert desk.client.post(address).status_code == 403
    desk.client.force_login(make_user(Role.ADMIN, district=desk.clerk.district))
    assert desk.client.post(address).status_code == 302
    assert Pairing.objects.get().ended_on is None


def test_import_is_not_undone_behind_the_back_of_its_own_page(desk: Desk) -> None:
    end_entry(desk)
    ChangeSet.objects.update(kind=Kind.IMPORTED, expires_on=TODAY + timedelta(days=30))
    assert desk.client.post(undo_page(ChangeSet.objects.get())).status_code == 404


def test_several_pupils_paired_at_once_are_taken_back_at_once(desk: Desk) -> None:
    pupils = [make_student(desk.place, name=f"折{number}") for number in range(7)]
    for pupil in pupils:
        make_entry(pupil, year=TODAY.year, listed_on=TODAY)
    form = sent(teacher=desk.colleague.public_id, started_on=TODAY.isoformat())
    form["students"] = [pupil.public_id for pupil in pupils]
    desk.client.post(reverse("pairing_new_many"), form)
    change_set = ChangeSet.objects.get()
    assert undo_page(change_set) in desk.client.get(pupils[3].get_absolute_url()).content.decode()
    assert "删除新增的结对 7 条。" in desk.client.get(undo_page(change_set)).content.decode()
    desk.client.post(undo_page(change_set))
    assert Pairing.objects.get() == desk.pairing


def test_refused_decision_leaves_nothing_to_undo(desk: Desk) -> None:
    form = sent(reason="recovered", on=(TODAY + timedelta(days=1)).isoformat())
    desk.client.post(reverse("register_entry_end", args=[desk.entry.public_id]), form)
    form = sent(school_class=desk.place.public_id, boarding="no", reason="rearranged")
    desk.client.post(reverse("enrolment_new", args=[desk.pupil.public_id]), form)
    assert not ChangeSet.objects.exists()
    assert Enrolment.objects.get().ended_on is None
