"""Teachers: found, read about, entered, moved, ended."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import District, Role, Teacher
from pairing_portal.audit.models import Action, AuditEvent
from students.models import ClassTeacher
from tests.builders import (
    make_class,
    make_class_teacher,
    make_district,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.django_db

SUBMISSION = "5f0f6c9e-7a37-4a48-9d0f-0f4b2c9d1a03"


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def office(client: Client, district: District) -> Client:
    client.force_login(make_user(Role.OFFICE, district=district))
    return client


def address(name: str, teacher: Teacher) -> str:
    return reverse(name, args=[teacher.public_id])


def names(client: Client, query: str = "") -> list[str]:
    page = client.get(reverse("teacher_list") + query)
    return [teacher.name for teacher in page.context["page"].rows]


def test_list_shows_those_in_service_sorted_as_read(office: Client, district: District) -> None:
    school = make_school(district)
    make_teacher(school, name="折建国")
    make_teacher(school, name="单秀英")
    make_teacher(school, name="苗沐阳", ended_on=date(2018, 1, 1), end_reason="retired")
    make_teacher(name="外学区教师")
    assert names(office) == ["单秀英", "折建国"]
    assert names(office, "?state=left") == ["苗沐阳"]
    assert names(office, "?state=nonsense&school=nonsense") == ["单秀英", "折建国"]


def test_name_is_searched_by_post_and_never_in_the_address(office: Client, district: District) -> None:
    school = make_school(district)
    make_teacher(school, name="折建国")
    make_teacher(school, name="单秀英")
    answer = office.post(reverse("teacher_list_search"), {"text": "Shejian"})
    assert answer["Location"] == reverse("teacher_list")
    assert names(office) == ["折建国"]
    office.post(reverse("teacher_list_search"), {"text": "秀"})
    assert names(office) == ["单秀英"]
    office.post(reverse("teacher_list_search"), {"text": "秀", "clear": "1"})
    assert len(names(office)) == 2


def test_list_counts_todays_pupils_and_costs_the_same(
    office: Client, district: District, django_assert_max_num_queries: Any
) -> None:
    school = make_school(district)
    teacher = make_teacher(school, name="安老师")
    make_pairing(make_student(make_class(school)), teacher)
    ended = {"ended_on": date(2018, 4, 1), "end_reason": "other"}
    make_pairing(make_student(make_class(school)), teacher, **ended)
    for _ in range(8):
        make_member(make_teacher(school))
    with django_assert_max_num_queries(14):
        page = office.get(reverse("teacher_list"))
    assert next(row for row in page.context["page"].rows if row == teacher).pupils == 1
    assert names(office, "?sort=-pupils")[0] == "安老师"


def test_detail_shows_pupils_and_duties_and_is_logged(office: Client, district: District) -> None:
    school = make_school(district)
    teacher = make_teacher(school, name="折建国")
    pupil = make_student(make_class(school), name="苗沐阳")
    make_pairing(pupil, teacher)
    make_member(teacher, post="deputy")
    page = office.get(address("teacher_detail", teacher)).content.decode()
    assert "苗沐阳" in page
    assert "副组长" in page
    assert AuditEvent.objects.filter(action=Action.READ, subject_id=str(teacher.public_id)).exists()


def test_new_teacher_is_stored_once(office: Client, district: District) -> None:
    school = make_school(district)
    form = {
        "school": school.public_id,
        "name": " 折 建国 ",
        "sex": "male",
        "phone": "13900000000",
        "started_on": "2018-03-01",
        "submission_id": SUBMISSION,
    }
    for _ in range(2):
        answer = office.post(reverse("teacher_new"), form)
    teacher = Teacher.objects.get()
    assert (teacher.name, teacher.pinyin, teacher.district) == ("折建国", "she jian guo", district)
    assert answer["Location"] == teacher.get_absolute_url()


def test_namesake_at_the_school_is_asked_about(office: Client, district: District) -> None:
    school = make_school(district)
    make_teacher(school, name="折建国")
    form = {
        "school": school.public_id,
        "name": "折建国",
        "sex": "male",
        "started_on": "2018-03-01",
        "submission_id": SUBMISSION,
    }
    assert "已有同名的在职教师" in office.post(reverse("teacher_new"), form).content.decode()
    assert office.post(reverse("teacher_new"), form | {"is_namesake": "on"}).status_code == 302
    assert Teacher.objects.filter(name="折建国").count() == 2


def test_school_of_another_district_cannot_be_chosen(office: Client) -> None:
    form = {"school": make_school().public_id, "name": "折建国", "sex": "male", "started_on": "2018-03-01"}
    assert office.post(reverse("teacher_new"), form | {"submission_id": SUBMISSION}).status_code == 200
    assert not Teacher.objects.exists()


def test_renamed_teacher_sorts_by_the_new_name(office: Client, district: District) -> None:
    teacher = make_teacher(make_school(district), name="折建国")
    form = {"name": "单建国", "sex": "male", "started_on": "2015-09-01", "version": "1"}
    office.post(address("teacher_edit", teacher), form)
    teacher.refresh_from_db()
    assert teacher.pinyin == "shan jian guo"
    stale = office.post(address("teacher_edit", teacher), form | {"name": "解建国"})
    assert "这条记录刚被他人修改" in stale.content.decode()


def test_corrected_reading_of_a_teacher_stays_with_the_name(office: Client, district: District) -> None:
    teacher = make_teacher(make_school(district), name="折建国")
    form = {
        "name": "折建国",
        "sex": "male",
        "started_on": "2015-09-01",
        "pinyin": "Zhe Jian guo",
        "version": 1,
    }
    office.post(address("teacher_edit", teacher), form)
    office.post(address("teacher_edit", teacher), form | {"post": "教导主任", "version": 2})
    teacher.refresh_from_db()
    assert (teacher.pinyin, teacher.post, teacher.initials) == ("zhe jian guo", "教导主任", "zjg")
    refused = office.post(address("teacher_edit", teacher), form | {"pinyin": "折 建国", "version": 3})
    assert "拼音只用字母" in refused.content.decode()


def test_move_changes_the_school_and_ends_the_class_as_asked(office: Client, district: District) -> None:
    former, new = make_school(district), make_school(district)
    teacher = make_teacher(former)
    led = make_class_teacher(make_class(former, entry_year=_entry_year()), teacher)
    form = {"school": str(new.public_id), "on": "2018-05-01", "led_class": "ends"}
    assert office.post(address("teacher_move", teacher), form).status_code == 302
    teacher.refresh_from_db()
    led.refresh_from_db()
    assert teacher.school == new
    assert (led.ended_on, led.end_reason) == (date(2018, 5, 1), ClassTeacher.EndReason.REPLACED)
    assert AuditEvent.objects.filter(action=Action.MOVED, subject_id=str(teacher.public_id)).exists()


def test_move_keeps_the_class_if_told_so(office: Client, district: District) -> None:
    former, new = make_school(district), make_school(district)
    teacher = make_teacher(former)
    led = make_class_teacher(make_class(former, entry_year=_entry_year()), teacher)
    form = {"school": str(new.public_id), "on": "2018-05-01", "led_class": "keeps"}
    office.post(address("teacher_move", teacher), form)
    led.refresh_from_db()
    assert led.ended_on is None


def _entry_year() -> int:
    """A class that is still running whenever the test runs."""
    return date.today().year - 1  # noqa: DTZ011 - any zone will do: primary classes run for six years


def test_teacher_with_open_pairings_does_not_leave(office: Client, district: District) -> None:
    school = make_school(district)
    teacher = make_teacher(school)
    pairing = make_pairing(make_student(make_class(school), name="苗沐阳"), teacher)
    page = office.get(address("teacher_end", teacher)).content.decode()
    assert "苗沐阳" in page
    assert reverse("pairing_hand_over", args=[pairing.public_id]) in page
    form = {"on": "2018-05-01", "reason": "retired"}
    refused = office.post(address("teacher_end", teacher), form).content.decode()
    assert "还有 1 条没有结束的结对" in refused
    teacher.refresh_from_db()
    assert teacher.ended_on is None


def test_leaving_ends_class_posts_and_account_the_same_day(office: Client, district: District) -> None:
    school = make_school(district)
    user = make_user(Role.TEACHER, district=district)
    teacher = make_teacher(school, user=user)
    led = make_class_teacher(make_class(school), teacher)
    post = make_member(teacher)
    form = {"on": "2018-05-01", "reason": "retired", "closes_account": "on"}
    assert office.post(address("teacher_end", teacher), form).status_code == 302
    for row in (teacher, led, post):
        row.refresh_from_db()
        assert row.ended_on == date(2018, 5, 1)
    user.refresh_from_db()
    assert not user.is_active
    ended = AuditEvent.objects.filter(action=Action.ENDED).values_list("subject", flat=True)
    assert set(ended) == {"accounts.teacher", "students.classteacher", "pairings.leadershipmember"}


def test_leaving_before_a_post_began_is_refused(office: Client, district: District) -> None:
    teacher = make_teacher(make_school(district))
    make_member(teacher, started_on=date(2018, 6, 1))
    form = {"on": "2018-05-01", "reason": "retired"}
    assert "请核对日期" in office.post(address("teacher_end", teacher), form).content.decode()


def test_leaving_before_service_began_is_refused(office: Client, district: District) -> None:
    teacher = make_teacher(make_school(district))
    form = {"on": "2014-05-01", "reason": "retired"}
    refused = office.post(address("teacher_end", teacher), form).content.decode()
    assert "离岗日期不能早于到岗日期" in refused


def test_mistaken_leaving_is_taken_back(office: Client, district: District) -> None:
    teacher = make_teacher(make_school(district), ended_on=date(2018, 1, 1), end_reason="retired")
    form = {"name": teacher.name, "sex": "male", "started_on": "2015-09-01", "version": "1"}
    half = office.post(address("teacher_edit", teacher), form | {"ended_on": "", "end_reason": "retired"})
    assert "离岗日期和离岗原因要一起填写" in half.content.decode()
    office.post(address("teacher_edit", teacher), form | {"ended_on": "", "end_reason": ""})
    teacher.refresh_from_db()
    assert teacher.ended_on is None


@pytest.mark.parametrize("name", ["teacher_detail", "teacher_edit", "teacher_move", "teacher_end"])
def test_teacher_of_another_district_is_not_there(office: Client, name: str) -> None:
    assert office.get(address(name, make_teacher())).status_code == 404


def test_school_head_reads_own_school_and_changes_nothing(client: Client, district: District) -> None:
    own = make_school(district)
    head = make_user(Role.SCHOOL, district=district)
    make_teacher(own, user=head, name="校长")
    colleague = make_teacher(own, name="同校教师")
    stranger = make_teacher(make_school(district), name="外校教师")
    client.force_login(head)
    assert names(client) == ["同校教师", "校长"]
    assert client.get(address("teacher_detail", colleague)).status_code == 200
    assert client.get(address("teacher_detail", stranger)).status_code == 404
    assert client.get(address("teacher_edit", colleague)).status_code == 403
