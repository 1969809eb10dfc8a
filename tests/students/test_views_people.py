"""Pupils: entered, corrected, put into households."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent
from students.models import Enrolment, Register, RegisterEntry, Student
from tests.builders import (
    make_pairing,
    make_student,
)
from tests.students.conftest import World

BOY, GIRL = "610899201003159018", "610899201108209026"


def filled(world: World, **values: object) -> dict[str, object]:
    """What the page for a new pupil sends."""
    today = timezone.localdate()
    return {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a11",
        "name": "折小雨",
        "nation": "汉族",
        "place-school_class": str(world.school_class.public_id),
        "place-boarding": "yes",
        "place-started_on": today.isoformat(),
        "place-start_reason": "registered",
        "county_filed-submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a12",
        "district_recognised-submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a13",
        **values,
    }


def edited(student: Student, **values: object) -> dict[str, object]:
    """What the page for corrections sends."""
    plain = {
        name: getattr(student, name)
        for name in ("version", "pinyin", "sex", "nation", "guardian_name", "guardian_phone")
    }
    return {
        **plain,
        "name": "折小雨",
        "birth_date": student.birth_date or "",
        "town": student.town,
        "village": student.village,
        **values,
    }


def test_student_new_enters_person_class_and_register_at_once(world: World, office: Client) -> None:
    today = timezone.localdate()
    sent = filled(
        world,
        id_number=f" {BOY.lower()} ",
        household_number="6108990001",
        head_name="折建国",
        register="county_filed",
        **{
            "county_filed-listed_on": today.isoformat(),
            "county_filed-household_status": "脱贫户" if today.year > 2020 else "未脱贫",
            "county_filed-relation_to_head": "子",
        },
    )
    answer = office.post(reverse("student_new"), sent)
    student = Student.objects.get()
    assert answer.headers["Location"] == student.get_absolute_url()
    assert (student.sex, student.birth_date, student.pinyin) == ("male", date(2010, 3, 15), "she xiao yu")
    assert student.household is not None
    assert student.household.head_name == "折建国"
    assert Enrolment.objects.get().is_boarder
    assert RegisterEntry.objects.get().relation_to_head == "子"
    assert AuditEvent.objects.filter(action=Action.CREATED, subject="students.student").count() == 1


def test_student_new_sent_twice_is_stored_once(world: World, office: Client) -> None:
    sent = filled(world, id_number=BOY)
    answers = [office.post(reverse("student_new"), sent) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Student.objects.count() == 1


def test_student_new_refuses_a_known_number_and_links_its_holder(world: World, office: Client) -> None:
    known = make_student(world.school_class, name="单秀", id_number=BOY)
    answer = office.post(reverse("student_new"), filled(world, id_number=BOY))
    assert "本学区已有学生登记了这个身份证号" in answer.text
    assert known.get_absolute_url() in answer.text
    assert Student.objects.count() == 1


def test_student_new_shows_every_error_of_every_part(world: World, office: Client) -> None:
    sent = filled(world, name="", id_number="610899201003159019", register="district_recognised")
    answer = office.post(reverse("student_new"), {**sent, "place-school_class": world.elsewhere.public_id})
    assert answer.status_code == 200
    for words in ("校验不通过", "请从名单中另选", "认定类型"):
        assert words in answer.text


def test_student_new_says_nothing_of_registers_that_were_not_chosen(world: World, office: Client) -> None:
    page = office.post(reverse("student_new"), filled(world, name="")).content.decode()
    assert "请填写姓名。" in page
    assert "请选择认定类型。" not in page
    assert "请选择脱贫状态。" not in page


def test_student_new_asks_about_namesakes(world: World, office: Client) -> None:
    make_student(world.school_class, name="折小雨", birth_date=None, id_number="")
    make_student(world.elsewhere, name="折小雨", birth_date=None, id_number="", guardian_name="异区监护人")
    sent = filled(world, birth_date="2010-03-15", sex="male")
    answer = office.post(reverse("student_new"), sent)
    assert len(answer.context["namesakes"]) == 1
    assert "异区监护人" not in answer.text
    assert office.post(reverse("student_new"), {**sent, "is_another_person": "on"}).status_code == 302


@pytest.mark.parametrize("values", [{"sex": "female"}, {"birth_date": "2011-01-01"}])
def test_student_new_wants_a_reason_where_the_number_says_otherwise(
    world: World, office: Client, values: dict[str, str]
) -> None:
    sent = filled(world, id_number=BOY, **values)
    assert "与身份证号不一致" in office.post(reverse("student_new"), sent).text
    office.post(reverse("student_new"), {**sent, "override_reason": "户口登记有误"})
    student = Student.objects.get()
    assert {name: str(getattr(student, name)) for name in values} == values


def test_student_edit_keeps_numbers_that_are_left_empty(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨", id_number=BOY, birth_date=date(2010, 3, 15))
    office.post(
        reverse("student_edit", args=[student.public_id]), edited(student, guardian_phone="139-1111-2222")
    )
    after = Student.objects.get(pk=student.pk)
    assert (after.id_number, after.guardian_phone, after.version) == (BOY, "13911112222", 2)
    event = AuditEvent.objects.get(action=Action.CHANGED)
    assert event.fields == ["guardian_phone"]


def test_student_edit_takes_sex_and_birth_date_along_with_a_new_number(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨", id_number=BOY, birth_date=date(2010, 3, 15))
    office.post(reverse("student_edit", args=[student.public_id]), edited(student, id_number=GIRL))
    after = Student.objects.get(pk=student.pk)
    assert (after.id_number, after.sex, after.birth_date) == (GIRL, "female", date(2011, 8, 20))
    assert Student.objects.with_id_number(GIRL).exists()


def test_student_edit_can_remove_a_number(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨", id_number=BOY, birth_date=date(2010, 3, 15))
    office.post(reverse("student_edit", args=[student.public_id]), edited(student, removes_id_number="on"))
    after = Student.objects.get(pk=student.pk)
    assert (after.id_number, after.id_number_index) == ("", None)
    assert after.student_number == student.student_number


def test_student_edit_never_prints_a_number(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    for name in ("student_edit", "student_detail"):
        assert student.id_number[-4:] not in office.get(reverse(name, args=[student.public_id])).text


def test_student_edit_refuses_a_number_of_somebody_else(world: World, office: Client) -> None:
    other = make_student(world.school_class, id_number=GIRL)
    student = make_student(world.school_class, name="折小雨")
    answer = office.post(reverse("student_edit", args=[student.public_id]), edited(student, id_number=GIRL))
    assert "本学区已有学生登记了这个身份证号" in answer.text
    assert other.get_absolute_url() in answer.text


def test_student_edit_spells_a_new_name_anew_and_keeps_corrected_pinyin(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="王明")
    page = reverse("student_edit", args=[student.public_id])
    office.post(page, edited(student, name="单秀"))
    assert Student.objects.get(pk=student.pk).pinyin == "shan xiu"
    student.refresh_from_db()
    office.post(page, edited(student, pinyin="Dan  Xiu"))
    assert Student.objects.get(pk=student.pk).pinyin == "dan xiu"


def test_student_edit_shows_both_texts_where_two_people_edited(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨")
    stale = edited(student, guardian_phone="13911112222")
    page = reverse("student_edit", args=[student.public_id])
    office.post(page, edited(student, guardian_phone="13933334444"))
    answer = office.post(page, stale)
    assert "13911112222" in answer.text
    assert "13933334444" in answer.text
    assert Student.objects.get(pk=student.pk).guardian_phone == "13933334444"
    office.post(page, {**stale, "version": 2})
    assert Student.objects.get(pk=student.pk).guardian_phone == "13911112222"


def test_registers_are_kept_by_the_office_alone(world: World, teacher: Client) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher)
    for name in ("student_edit", "student_household", "enrolment_new", "enrolment_end", "register_entry_new"):
        assert teacher.get(reverse(name, args=[student.public_id])).status_code == 403
    assert teacher.get(reverse("student_new")).status_code == 403


def test_register_choices_name_both_registers(world: World, office: Client) -> None:
    page = office.get(reverse("student_new"))
    assert set(page.context["new"].entries) == set(Register)


def test_student_edit_keeps_a_disability_certificate_sealed(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨", id_number=BOY, birth_date=date(2010, 3, 15))
    page = reverse("student_edit", args=[student.public_id])
    office.post(page, edited(student, disability_certificate=f"{BOY}43"))
    after = Student.objects.get(pk=student.pk)
    assert (after.is_disabled, after.disability_certificate) == (True, f"{BOY}43")
    for name in ("student_edit", "student_detail"):
        assert BOY not in office.get(reverse(name, args=[student.public_id])).text
