"""Pairings made, corrected, handed over and ended on their pages."""

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from pairing_portal.accounts.models import Teacher
from pairing_portal.audit.models import Action, AuditEvent
from pairings.models import Pairing
from students.models import Student
from tests.builders import (
    make_class,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
)
from tests.pairings.office import Office, account_of, hand_over_form, sent, words

pytestmark = pytest.mark.django_db
MAY_1 = date(2018, 5, 1)


def test_new_pairs_the_pupil_named_in_the_address(office: Office) -> None:
    student = office.pupil("王艺涵")
    url = f"{reverse('pairing_new')}?student={student.public_id}"
    form = sent(student=str(student.public_id), teacher=str(office.teacher.public_id))
    answer = office.client.post(url, form)
    made = Pairing.objects.get(student=student)
    assert (made.teacher, made.focus, made.created_by) == (office.teacher, ("study",), office.user)
    assert answer["Location"] == made.get_absolute_url()


def test_new_sent_twice_makes_one_pairing(office: Office) -> None:
    student = office.pupil("王艺涵")
    form = sent(student=str(student.public_id), teacher=str(office.teacher.public_id))
    answers = [office.client.post(reverse("pairing_new"), form) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Pairing.objects.filter(student=student).count() == 1


def test_new_offers_teachers_of_the_pupils_school_first(office: Office) -> None:
    make_teacher(make_school(office.teacher.district, name="一小"), name="别校教师")
    student = office.pupil("王艺涵")
    answer = office.client.get(reverse("pairing_new"), {"student": str(student.public_id)})
    schools = [teacher.school.name for teacher in answer.context["form"].fields["teacher"].queryset]
    assert schools == ["麻镇小学", "麻镇小学", "一小"]


def test_new_for_a_pupil_of_another_district_is_not_found(office: Office) -> None:
    stranger = Student.objects.get(name="异区学生")
    assert office.client.get(reverse("pairing_new"), {"student": str(stranger.public_id)}).status_code == 404


def test_new_refuses_a_teacher_of_another_district(office: Office) -> None:
    student, stranger = office.pupil("王艺涵"), Teacher.objects.get(name="异区教师")
    form = sent(student=str(student.public_id), teacher=str(stranger.public_id))
    assert "teacher" in office.client.post(reverse("pairing_new"), form).context["form"].errors


def test_new_shows_the_refusal_of_the_rule_on_the_form(office: Office) -> None:
    student = office.pupil("王艺涵")
    form = sent(
        student=str(student.public_id), teacher=str(office.teacher.public_id), started_on="2099-01-01"
    )
    assert "结对日期不能晚于今天。" in words(office.client.post(reverse("pairing_new"), form))


def test_new_many_pairs_all_chosen_and_shows_the_teachers_list(office: Office) -> None:
    students = [office.pupil(name) for name in ("甲", "乙")]
    form = sent(students=[str(each.public_id) for each in students], teacher=str(office.teacher.public_id))
    answers = [office.client.post(reverse("pairing_new_many"), form) for _ in range(2)]
    assert Pairing.objects.filter(teacher=office.teacher).count() == 2
    assert {answer["Location"] for answer in answers} == {
        f"{reverse('pairing_list')}?teacher={office.teacher.public_id}"
    }


def test_new_many_pairs_nobody_when_one_cannot_be(office: Office) -> None:
    free, taken = office.pupil("甲"), office.pupil("乙")
    make_pairing(taken, office.teacher)
    form = sent(students=[str(free.public_id), str(taken.public_id)], teacher=str(office.teacher.public_id))
    answer = office.client.post(f"{reverse('pairing_new_many')}?show=all", form)
    assert "折建国 与 乙" in words(answer)
    assert not free.pairings.exists()


def test_new_many_offers_unpaired_pupils_of_the_school_asked_for(office: Office) -> None:
    make_pairing(office.pupil("甲"), office.teacher)
    office.pupil("乙")
    elsewhere = make_school(office.teacher.district)
    make_entry(make_student(make_class(elsewhere), name="丙"))
    school = office.school_class.school
    url = reverse("pairing_new_many")
    for conditions, names in (
        ({}, {"乙", "丙"}),
        ({"school": str(school.public_id)}, {"乙"}),
        ({"school": str(school.public_id), "show": "all"}, {"甲", "乙"}),
    ):
        answer = office.client.get(url, conditions)
        assert {each.name for each in answer.context["form"].fields["students"].queryset} == names


@pytest.mark.parametrize("size", [3, 30])
def test_new_many_costs_the_same_for_any_number(
    office: Office, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        office.pupil(f"学生{number}")
        make_teacher(office.teacher.school)
    with django_assert_max_num_queries(14):
        office.client.get(reverse("pairing_new_many"))


def test_edit_shows_both_texts_when_somebody_was_faster(office: Office) -> None:
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    url = reverse("pairing_edit", args=[pairing.public_id])
    office.client.post(url, {"version": 1, "focus": ["study"], "measures": "每周一次", "remark": ""})
    answer = office.client.post(url, {"version": 1, "focus": ["study"], "measures": "每周两次", "remark": ""})
    pairing.refresh_from_db()
    assert pairing.measures == "每周一次"
    assert "每周一次" in words(answer)
    assert "每周两次" in words(answer)


def test_edit_logs_the_names_of_the_fields(office: Office) -> None:
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    form = {"version": 1, "focus": ["study"], "measures": "每周一次", "remark": ""}
    office.client.post(reverse("pairing_edit", args=[pairing.public_id]), form)
    assert AuditEvent.objects.get(action=Action.CHANGED).fields == ["measures"]


def test_hand_over_sent_twice_opens_one_successor(office: Office) -> None:
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    url, form = reverse("pairing_hand_over", args=[pairing.public_id]), hand_over_form(office.colleague)
    answers = [office.client.post(url, form) for _ in range(2)]
    successor = Pairing.objects.get(student=pairing.student, teacher=office.colleague)
    assert [answer["Location"] for answer in answers] == [successor.get_absolute_url()] * 2


def test_new_teacher_reads_the_note_and_the_former_one_finds_nothing(office: Office) -> None:
    former, latter = account_of(office.teacher), account_of(office.colleague)
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    office.client.post(
        reverse("pairing_hand_over", args=[pairing.public_id]), hand_over_form(office.colleague)
    )
    successor = Pairing.objects.get(teacher=office.colleague)
    office.client.force_login(latter)
    assert "周末可家访。" in words(office.client.get(successor.get_absolute_url()))
    office.client.force_login(former)
    for row in (pairing, successor):
        assert office.client.get(row.get_absolute_url()).status_code == 404


def test_end_asks_for_a_reason_and_says_what_follows(office: Office) -> None:
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    url = reverse("pairing_end", args=[pairing.public_id])
    assert "王艺涵 将没有帮扶教师" in words(office.client.get(url))
    assert "reason" in office.client.post(url, {"on": "2018-05-01"}).context["form"].errors
    office.client.post(url, {"on": "2018-05-01", "reason": "student_left"})
    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason) == (MAY_1, "student_left")


@pytest.mark.parametrize("name", ["pairing_end", "pairing_hand_over"])
def test_an_ended_pairing_leads_back_to_its_page(office: Office, name: str) -> None:
    pairing = make_pairing(office.pupil("甲"), office.teacher, ended_on=MAY_1, end_reason="other")
    answer = office.client.get(reverse(name, args=[pairing.public_id]))
    assert answer["Location"] == pairing.get_absolute_url()
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "这条结对已经结束，不用再办理。"
    ]


@pytest.mark.parametrize("name", ["pairing_edit", "pairing_hand_over", "pairing_end"])
def test_a_teacher_may_read_the_own_pairing_but_not_change_it(office: Office, name: str) -> None:
    own_account = account_of(office.teacher)
    own = make_pairing(office.pupil("甲"), office.teacher)
    other = make_pairing(office.pupil("乙"), office.colleague)
    office.client.force_login(own_account)
    statuses = [office.client.get(reverse(name, args=[row.public_id])).status_code for row in (own, other)]
    assert statuses == [403, 404]
    assert office.client.get(own.get_absolute_url()).status_code == 200
