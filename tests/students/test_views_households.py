"""Brothers and sisters: linked, seen and taken apart; number and head of their household."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent
from students.models import Household, Student
from tests.builders import make_household, make_pairing, make_student, make_teacher
from tests.students.conftest import World
from tests.students.rosters import BOY, GIRL

pytestmark = pytest.mark.django_db


def page_of(student: Student, name: str = "student_household") -> str:
    """The pupil's household page, or one of its buttons."""
    return reverse(name, args=[student.public_id])


def pupil(world: World, name: str, home: Household | None = None, **values: Any) -> Student:
    """A pupil of the district whom nothing but the household makes anybody's sibling."""
    alone = {"guardian_name": f"{name}家长", "guardian_phone": ""}
    return make_student(world.school_class, name=name, household=home, **alone | values)


def linked(office: Client, student: Student, sibling: Student, version: int = 1) -> Any:
    """The answer to “归为一户”."""
    sent = {"version": version, "sibling": str(sibling.public_id)}
    return office.post(page_of(student, "student_household_link"), sent)


def homes() -> dict[str, int | None]:
    """The household of every pupil."""
    return dict(Student.objects.values_list("name", "household"))


def proposed(office: Client, student: Student) -> dict[str, str]:
    """Who is offered as a sibling, with the words beside the name."""
    pupils = office.get(page_of(student)).context["sibling_form"].fields["sibling"].choices
    return {label.partition("，")[0]: label.rpartition("，")[2] for _, label in pupils}


def test_two_without_a_household_get_one(world: World, office: Client) -> None:
    elder, younger = pupil(world, "折大"), pupil(world, "折小")
    assert linked(office, elder, younger)["Location"] == page_of(elder)
    home = Household.objects.get()
    assert homes() == {"折大": home.pk, "折小": home.pk}
    changed = AuditEvent.objects.filter(action=Action.CHANGED, subject="students.student")
    assert {event.subject_id for event in changed} == {str(elder.public_id), str(younger.public_id)}
    assert set(Student.objects.values_list("version", flat=True)) == {2}


def test_one_joins_the_household_of_the_other(world: World, office: Client) -> None:
    home = make_household(world.district, number="6108990001")
    elder, younger = pupil(world, "折大", home), pupil(world, "折小")
    linked(office, younger, elder)
    assert homes() == {"折大": home.pk, "折小": home.pk}


def test_two_households_become_the_one_with_the_number(world: World, office: Client) -> None:
    numbered = make_household(world.district, number="6108990001", head_name="")
    other = make_household(world.district, head_name="折建国")
    first, second = pupil(world, "折一", other), pupil(world, "折二", other)
    third = pupil(world, "折三", numbered)
    linked(office, first, third)
    assert homes() == dict.fromkeys(("折一", "折二", "折三"), numbered.pk)
    numbered.refresh_from_db()
    assert (numbered.number, numbered.head_name) == ("6108990001", "折建国")
    assert second.household_id == other.pk


def test_households_with_different_numbers_are_not_merged(world: World, office: Client) -> None:
    mine, theirs = (make_household(world.district, number=number) for number in ("6108990001", "6108990002"))
    elder, younger = pupil(world, "折大", mine), pupil(world, "折小", theirs)
    answer = linked(office, elder, younger)
    assert "折大的户编号是 6108990001，折小的是 6108990002" in answer.text
    assert homes() == {"折大": mine.pk, "折小": theirs.pk}


def test_linking_twice_or_on_a_stale_page_is_said(world: World, office: Client) -> None:
    elder, younger = pupil(world, "折大"), pupil(world, "折小")
    linked(office, elder, younger)
    assert "刚被他人修改" in linked(office, elder, younger).text
    assert "已经在同一户" in linked(office, elder, younger, version=2).text
    assert "请先选一名学生" in office.post(page_of(elder, "student_household_link"), {"version": 2}).text


def test_one_who_leaves_leaves_the_others_together(world: World, office: Client) -> None:
    home = make_household(world.district)
    first, second, third = (pupil(world, name, home) for name in ("折一", "折二", "折三"))
    leave = page_of(first, "student_household_leave")
    assert "刚被他人修改" in office.post(leave, {"version": 7}, follow=True).text
    answer = office.post(leave, {"version": 1}, follow=True)
    assert "已把折一移出本户" in answer.text
    assert answer.redirect_chain[-1][0] in {page_of(second), page_of(third)}
    assert homes() == {"折一": None, "折二": home.pk, "折三": home.pk}
    assert "不在任何一户" in office.post(leave, {"version": 2}, follow=True).text


def test_likely_siblings_are_proposed_with_the_reason(world: World, office: Client) -> None:
    student = pupil(world, "折大", guardian_name="折建国", guardian_phone="13911112222")
    pupil(world, "同电话", guardian_phone="13911112222")
    pupil(world, "同监护人", guardian_name="折建国")
    pupil(world, "外村", guardian_name="折建国", village="外村")
    make_student(world.elsewhere, name="异区学生", guardian_phone="13911112222")
    assert proposed(office, student) == {"同电话": "联系电话相同", "同监护人": "监护人和村相同"}


def test_anybody_visible_is_found_by_name(world: World, office: Client) -> None:
    student, other = pupil(world, "折大"), pupil(world, "单秀")
    make_student(world.elsewhere, name="单异区")
    office.post(page_of(student, "student_household_search"), {"text": "shan"})
    assert proposed(office, student) == {"单秀": "按姓名查到"}
    linked(office, student, other)
    assert proposed(office, student) == {}


def test_everybody_of_the_house_is_shown_with_class_and_teacher(world: World, office: Client) -> None:
    home = make_household(world.district)
    student, sibling = pupil(world, "折大", home), pupil(world, "折小", home)
    make_pairing(sibling, make_teacher(world.school, name="单秀英"))
    told = ("折小", "第一小学", world.school_class.name(timezone.localdate()), "单秀英")
    for page in (page_of(student), student.get_absolute_url()):
        text = office.get(page).text
        assert [words for words in told if words not in text] == []


def test_siblings_out_of_sight_are_not_shown_to_a_teacher(world: World, teacher: Client) -> None:
    home = make_household(world.district)
    student = pupil(world, "折大", home)
    pupil(world, "折小", home)
    make_pairing(student, world.teacher)
    assert "折小" not in teacher.get(student.get_absolute_url()).text


def test_household_is_shared_by_number(world: World, office: Client) -> None:
    for student in (pupil(world, "折大"), pupil(world, "折小")):
        office.post(page_of(student), {"version": 1, "number": "6108990001", "head_name": "折建国"})
    home = Household.objects.get()
    assert homes() == {"折大": home.pk, "折小": home.pk}


def test_household_refuses_a_stale_page_of_pupil_or_house(world: World, office: Client) -> None:
    home = make_household(world.district, head_name="折建军", version=4)
    student = pupil(world, "折大", home, version=3)
    sent = {"head_name": "折建国", "home_version": 4}
    assert "刚被他人修改" in office.post(page_of(student), {**sent, "version": 2}).text
    answer = office.post(page_of(student), {**sent, "version": 3, "home_version": 3})
    assert "折建军" in answer.text[answer.text.index('class="conflict"') :].partition("</section>")[0]
    assert 'value="折建国"' in answer.text
    assert office.post(page_of(student), {**sent, "version": 3}).status_code == 302


def test_household_keeps_its_heads_number_until_another_is_typed(world: World, office: Client) -> None:
    student = pupil(world, "折大")
    page = page_of(student)
    office.post(page, {"version": 1, "head_name": "折建国", "head_id_number": GIRL})
    office.post(page, {"version": 2, "home_version": 1, "head_name": "折建军", "head_id_number": ""})
    home = Household.objects.get()
    assert (home.head_name, home.head_id_number) == ("折建军", GIRL)
    office.post(page, {"version": 2, "home_version": 2, "head_name": "折建军", "head_id_number": BOY})
    home.refresh_from_db()
    assert home.head_id_number == BOY
    assert BOY not in office.get(page).text


def test_page_asks_the_same_number_of_queries_for_any_number_of_siblings(
    world: World, office: Client
) -> None:
    home = make_household(world.district)
    student = pupil(world, "折大", home, guardian_phone="13911112222")
    counts = []
    for number in (1, 6):
        for each in range(number):
            pupil(world, f"折{'甲乙丙丁戊己'[each]}", home)
            pupil(world, f"像{'甲乙丙丁戊己'[each]}", guardian_phone="13911112222")
        with CaptureQueriesContext(connection) as queries:
            office.get(page_of(student))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_stale_household_shows_both_texts_and_the_next_save_works(office: Client, world: World) -> None:
    home = make_household(world.district, number="6108990001", head_name="折建军")
    student = pupil(world, "折大", home)
    page = page_of(student)
    opened = {**office.get(page).context["form"].initial, "head_name": "折建国"}
    office.post(page, {**opened, "head_name": "折他人"})

    refused = office.post(page, opened)

    conflict = refused.text[refused.text.index('class="conflict"') :].partition("</section>")[0]
    assert "折建国" in conflict
    assert "折他人" in conflict
    form = refused.context["form"]
    assert form["head_name"].value() == "折建国"
    assert office.post(page, {field.name: field.value() or "" for field in form}).status_code == 302
    home.refresh_from_db()
    assert home.head_name == "折建国"
