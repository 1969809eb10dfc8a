"""A pupil's page: who may open it, what it shows, and how numbers stay hidden until a reason is given."""

from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import (
    make_class_teacher,
    make_entry,
    make_household,
    make_pairing,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.students.conftest import World

BOY, GIRL = "610899201003159018", "610899201108209026"


def test_student_detail_is_404_for_everybody_out_of_scope(
    world: World, office: Client, teacher: Client
) -> None:
    today = timezone.localdate()
    foreign = make_student(world.elsewhere)
    own, former = make_student(world.school_class), make_student(world.school_class)
    make_pairing(own, world.teacher)
    make_pairing(former, world.teacher, ended_on=today, end_reason="other")
    assert office.get(foreign.get_absolute_url()).status_code == 404
    assert office.get(own.get_absolute_url()).status_code == 200
    assert teacher.get(own.get_absolute_url()).status_code == 200
    assert teacher.get(former.get_absolute_url()).status_code == 404


def test_student_detail_shows_class_teachers_their_class(world: World, teacher: Client) -> None:
    student = make_student(world.school_class)
    assert teacher.get(student.get_absolute_url()).status_code == 404
    make_class_teacher(world.school_class, world.teacher)
    assert teacher.get(student.get_absolute_url()).status_code == 200


def test_student_detail_shows_teachers_no_buttons_of_the_office(world: World, teacher: Client) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher)
    page = teacher.get(student.get_absolute_url())
    assert reverse("student_edit", args=[student.public_id]) not in page.text
    assert reverse("student_numbers", args=[student.public_id]) not in page.text
    assert reverse("visit_new", args=[student.public_id]) in page.text


def test_student_detail_names_siblings_only_where_the_reader_sees_them(
    world: World, office: Client, teacher: Client
) -> None:
    home = make_household(world.district)
    own = make_student(world.school_class, household=home)
    make_student(world.school_class, name="折小弟", household=home)
    make_pairing(own, world.teacher)
    assert "折小弟" in office.get(own.get_absolute_url()).text
    assert "折小弟" not in teacher.get(own.get_absolute_url()).text


def test_student_detail_tells_of_restricted_notes_without_their_text(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    make_visit(student, world.teacher, restricted_note="父母正在分居")
    page = office.get(student.get_absolute_url()).text
    assert "有保密备注" in page
    assert "父母正在分居" not in page


def test_student_detail_tells_who_sees_the_pupil_and_why(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher)
    found = {
        viewer.name: viewer.reasons for viewer in office.get(student.get_absolute_url()).context["viewers"]
    }
    assert found == {world.office.name: ("办公室（全学区）",), world.teacher_user.name: ("帮扶教师",)}


def test_student_detail_keeps_the_past(world: World, office: Client) -> None:
    today = timezone.localdate()
    student = make_student(world.school_class)
    former = make_teacher(world.school, name="折前任")
    make_pairing(
        student,
        former,
        started_on=today - timedelta(40),
        ended_on=today - timedelta(5),
        end_reason="other",
        handover_note="周三补数学",
    )
    make_entry(student, year=2017, listed_on=date(2017, 3, 5), remark="去年的备注")
    page = office.get(student.get_absolute_url())
    assert [pairing.teacher.name for pairing in page.context["former_pairings"]] == ["折前任"]
    assert "去年的备注" in page.text
    assert "交接说明：周三补数学" in page.text


def test_student_detail_leads_the_office_to_the_hand_over(
    world: World, office: Client, teacher: Client
) -> None:
    student = make_student(world.school_class)
    pairing = make_pairing(student, world.teacher)
    hand_over = reverse("pairing_hand_over", args=[pairing.public_id])
    assert hand_over in office.get(student.get_absolute_url()).text
    assert hand_over not in teacher.get(student.get_absolute_url()).text


def test_student_detail_is_logged_and_its_cost_is_constant(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    counts = []
    for number in (1, 5):
        for _ in range(number):
            teacher = make_teacher(world.school, user=make_user(Role.TEACHER, district=world.district))
            make_pairing(student, teacher)
            make_visit(student, teacher)
        with CaptureQueriesContext(connection) as queries:
            assert office.get(student.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    event = AuditEvent.objects.filter(action=Action.READ, subject="学生").first()
    assert event is not None
    assert event.subject_id == str(student.public_id)


def test_student_titles_name_nobody(world: World, office: Client) -> None:
    student = make_student(world.school_class, name="折小雨")
    for name in ("student_detail", "student_edit", "student_household", "enrolment_new", "enrolment_end"):
        page = office.get(reverse(name, args=[student.public_id])).text
        assert "折小雨" not in page[page.index("<title>") : page.index("</title>")]


def test_student_numbers_shows_them_once_against_a_logged_reason(world: World, office: Client) -> None:
    home = make_household(world.district, head_id_number=GIRL)
    certificate = {"is_disabled": True, "disability_certificate": f"{BOY}43"}
    student = make_student(
        world.school_class, id_number=BOY, student_number=f"G{BOY}", household=home, **certificate
    )
    page = reverse("student_numbers", args=[student.public_id])
    assert BOY not in office.post(page, {"reason": "查"}).text
    shown = office.post(page, {"reason": "办理资助申请"}).text
    assert all(f">{number}<" in shown for number in (BOY, f"G{BOY}", f"{BOY}43", GIRL))
    assert office.get(page).status_code == 405
    event = AuditEvent.objects.get(action=Action.REVEALED)
    assert (event.subject_id, event.reason) == (str(student.public_id), "办理资助申请")


def test_student_numbers_are_for_those_who_keep_registers(world: World, teacher: Client) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher)
    page = reverse("student_numbers", args=[student.public_id])
    assert teacher.post(page, {"reason": "办理资助申请"}).status_code == 403
    assert not AuditEvent.objects.filter(action=Action.REVEALED).exists()
