"""The teachers' roster and the pairing list against what a careful clerk reads out of them."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from pairing_portal.accounts.models import Teacher, User
from pairing_portal.lib.school_years import grade_name
from pairing_portal.lib.workbooks.sheets import Workbook
from pairings.imports.pairing_up import plan_pairings
from pairings.imports.staffing import plan_teachers
from pairings.imports.teachers import read_teachers
from pairings.models import LeadershipMember, Pairing
from students.actions.imports import ListSettings, Upload, confirm_roster, receive_roster
from students.imports.reading import RosterRow
from students.models import ClassTeacher, Register, RosterImport
from tests.builders import make_class, make_pairing, make_school, make_student, make_teacher
from tests.students.rosters import (
    COUNTY_2018,
    DISTRICT_2018,
    TRUTH,
    bring_in,
    made_up,
    make_office,
    preview_of,
    workbook,
)

pytestmark = pytest.mark.django_db
TEACHERS, PAIRINGS = "教师花名册-2018.xlsx", "附件3-结对名单-2018.xlsx"
SPRING, DAY = date(2018, 2, 1), date(2018, 3, 10)
PLANNERS: dict[str, Any] = {"teachers": plan_teachers, "pairings": plan_pairings}
STAFF = ["学校", "姓名", "职务", "联系电话", "担任班主任班级", "领导小组职务"]
PAIR = ["帮扶教师", "所在学校", "联系电话", "帮扶学生姓名", "学校", "年级", "班级", "结对日期", "帮扶重点"]
SCHOOL = "麻镇中心小学"


def upload(book: Workbook, by: User, kind: str, on: date) -> RosterImport:
    """Upload and compare."""
    assert by.district is not None
    return receive_roster(
        upload=Upload(book, "名单.xlsx", "0" * 64),
        settings=ListSettings(kind, 2018, on),
        planner=PLANNERS[kind],
        district=by.district,
        by=by,
    )


def take(book: Workbook, by: User, kind: str, on: date) -> RosterImport:
    """Upload, compare and confirm."""
    roster = upload(book, by, kind, on)
    return confirm_roster(
        roster=roster, planner=PLANNERS[kind], accepts_alarm=False, by=by, now=timezone.now()
    )


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def as_truth(row: RosterRow) -> dict[str, str]:
    """The row under the names of truth.json."""
    values = row.values
    led = "、".join(f"{grade_name(stage, grade)}{number}班" for stage, grade, number in values.get("led", ()))
    same = {key: values.get(key, "") for key in ("name", "school", "post", "title", "phone")}
    group = "、".join(post.label for post in values.get("posts", ()))
    return same | {"sex": values["sex"].label, "homeroom": led, "group": group}


def test_teachers_roster_reads_as_a_careful_clerk_would() -> None:
    truth = [{key: value or "" for key, value in each.items()} for each in TRUTH[TEACHERS]["rows"]]
    assert [as_truth(row) for row in read_teachers(workbook(TEACHERS)).rows] == truth


def test_teachers_roster_is_written_and_twice_changes_nothing(clerk: User) -> None:
    first = take(workbook(TEACHERS), clerk, "teachers", SPRING)
    truth = TRUTH[TEACHERS]
    assert first.counts["new"] == Teacher.objects.count() == truth["teachers"]
    assert ClassTeacher.objects.filter(ended_on=None).count() == truth["homeroom"]
    assert LeadershipMember.objects.filter(ended_on=None).count() == truth["leading_group_named"]
    second = take(workbook(TEACHERS), clerk, "teachers", SPRING)
    assert second.counts["unchanged"] == truth["teachers"]
    assert ClassTeacher.objects.count() == truth["homeroom"]


def test_pairing_list_is_written_and_twice_changes_nothing(clerk: User) -> None:
    bring_in(workbook(COUNTY_2018), clerk)
    bring_in(workbook(DISTRICT_2018), clerk, register=Register.DISTRICT_RECOGNISED)
    take(workbook(TEACHERS), clerk, "teachers", SPRING)
    first = take(workbook(PAIRINGS), clerk, "pairings", DAY)
    truth = TRUTH[PAIRINGS]["pairs"]
    assert (first.counts["new"], first.counts["refused"], first.counts["warned"]) == (len(truth), 0, 0)
    pairs = Pairing.objects.select_related("teacher__school", "student").order_by("pk")
    stored = [
        {
            "teacher": each.teacher.name,
            "teacher_school": each.teacher.school.name,
            "student": each.student.name,
            "student_school": each.student.enrolments.get().school_class.school.name,
        }
        for each in pairs
    ]
    assert stored == truth
    assert {each.started_on for each in pairs} == {DAY}
    assert take(workbook(PAIRINGS), clerk, "pairings", DAY).counts["unchanged"] == len(truth)


def test_teacher_is_known_by_name_and_phone_at_another_school(clerk: User) -> None:
    take(made_up(STAFF, [SCHOOL, "贾天", "教师", "13900000001", "", ""]), clerk, "teachers", SPRING)
    book = made_up(STAFF, ["石堡塔小学", "贾天", "校长", "13900000001", "", ""])
    roster = upload(book, clerk, "teachers", DAY)
    assert [change.key for change in preview_of(roster).rows[0].changes] == ["school", "post"]
    take(book, clerk, "teachers", DAY)
    assert Teacher.objects.get().school.name == "石堡塔小学"


def test_class_given_to_another_teacher_ends_the_former_one(clerk: User) -> None:
    take(made_up(STAFF, [SCHOOL, "贾天", "", "13900000001", "一年级1班", "成员"]), clerk, "teachers", SPRING)
    take(made_up(STAFF, [SCHOOL, "杜文", "", "13900000002", "一年级1班", ""]), clerk, "teachers", DAY)
    former, present = ClassTeacher.objects.order_by("pk")
    assert (former.ended_on, former.end_reason, present.teacher.name) == (DAY, "replaced", "杜文")
    assert LeadershipMember.objects.get().ended_on is None


def test_namesakes_at_one_school_are_shown_and_never_guessed(clerk: User) -> None:
    assert clerk.district is not None
    school = clerk.district.schools.get(name=SCHOOL)
    make_teacher(school, name="贾天", phone="13900000001")
    make_teacher(school, name="贾天", phone="13900000002")
    roster = upload(made_up(STAFF, [SCHOOL, "贾天", "", "", "", ""]), clerk, "teachers", SPRING)
    assert preview_of(roster).rows[0].problems[0].code == "match_ambiguous"


def pair_row(**cells: str) -> list[str]:
    """One row under PAIR."""
    values = dict(
        zip(
            PAIR,
            ["贾天", SCHOOL, "", "折小雨", SCHOOL, "三年级", "1班", "2018-03-10", "思想、学习"],
            strict=True,
        )
    )
    return list((values | cells).values())


@pytest.fixture
def pupil_and_teacher(clerk: User) -> None:
    """One pupil of class 三年级1班 and one teacher of the same school."""
    assert clerk.district is not None
    school = clerk.district.schools.get(name=SCHOOL)
    make_student(make_class(school, number=1), name="折小雨")
    make_teacher(school, name="贾天")


@pytest.mark.usefixtures("pupil_and_teacher")
@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"帮扶教师": "杜文"}, "teacher_not_found"),
        ({"所在学校": "石堡塔小学"}, "teacher_not_found"),
        ({"帮扶学生姓名": "单秀"}, "name_not_found"),
        ({"班级": "2班"}, "name_not_found"),
        ({"结对日期": "2018-03-11"}, "starts_after_list"),
        ({"帮扶重点": "绘画"}, "heading_unknown"),
    ],
)
def test_pair_that_cannot_be_found_is_refused_with_its_reason(
    clerk: User, cells: dict[str, str], code: str
) -> None:
    roster = upload(made_up(PAIR, pair_row(**cells)), clerk, "pairings", DAY)
    row = preview_of(roster).rows[0]
    assert (row.state, row.problems[0].code) == ("refused", code)


@pytest.mark.usefixtures("pupil_and_teacher")
@pytest.mark.parametrize("started_on", ["2018-03-10", "2018-03-08", "2018-03-20"])
def test_ended_pairing_is_not_opened_again_by_an_old_list(clerk: User, started_on: str) -> None:
    take(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    Pairing.objects.update(ended_on=date(2018, 4, 1), end_reason="other")
    roster = take(made_up(PAIR, pair_row(结对日期=started_on)), clerk, "pairings", date(2018, 3, 31))
    assert (roster.counts["unchanged"], roster.counts["new"]) == (1, 0)
    assert Pairing.objects.count() == 1


@pytest.mark.usefixtures("pupil_and_teacher")
def test_two_people_paired_once_more_make_a_new_pairing(clerk: User) -> None:
    take(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    Pairing.objects.update(ended_on=date(2018, 4, 1), end_reason="other")
    take(made_up(PAIR, pair_row(结对日期="2018-04-01")), clerk, "pairings", date(2018, 4, 2))
    assert Pairing.objects.get(ended_on=None).started_on == date(2018, 4, 1)


@pytest.mark.usefixtures("pupil_and_teacher")
def test_another_date_on_a_later_list_leaves_the_open_pairing_its_start(clerk: User) -> None:
    take(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    later, listed_on = made_up(PAIR, pair_row(结对日期="2018-05-02")), date(2018, 5, 10)
    row = preview_of(upload(later, clerk, "pairings", listed_on)).rows[0]
    assert (row.state, row.changes) == ("unchanged", ())
    assert [each.message for each in row.problems if each.code == "start_kept"] == [
        "这一对自2018年3月10日起已结对，结对日期没有改动。"
    ]
    take(later, clerk, "pairings", listed_on)
    assert Pairing.objects.get().started_on == DAY


@pytest.mark.usefixtures("pupil_and_teacher")
def test_changed_focus_is_shown_in_words(clerk: User) -> None:
    take(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    roster = upload(made_up(PAIR, pair_row(帮扶重点="生活")), clerk, "pairings", DAY)
    assert [(each.old, each.new) for each in preview_of(roster).rows[0].changes] == [("思想、学习", "生活")]


def test_pairing_of_a_graduate_is_found_by_name_and_school(clerk: User) -> None:
    assert clerk.district is not None
    school = clerk.district.schools.get(name=SCHOOL)
    student = make_student(make_class(school, stage="middle", entry_year=2010), name="折小雨")
    make_pairing(student, make_teacher(school, name="贾天"), started_on=DAY, focus=("thought", "study"))
    roster = upload(made_up(PAIR, pair_row(年级="已毕业")), clerk, "pairings", DAY)
    assert preview_of(roster).rows[0].state == "unchanged"


def test_people_of_another_district_are_not_found(clerk: User) -> None:
    school = make_school(name=SCHOOL)
    make_student(make_class(school, number=1), name="折小雨")
    make_teacher(school, name="贾天")
    roster = upload(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    assert [each.code for each in preview_of(roster).rows[0].problems] == [
        "teacher_not_found",
        "name_not_found",
    ]


def test_older_list_does_not_miss_who_came_after_its_day(clerk: User) -> None:
    assert clerk.district is not None
    school = clerk.district.schools.get(name=SCHOOL)
    later = make_teacher(school, name="杜文", started_on=date(2018, 2, 2))
    make_teacher(school, name="汪晓")
    roster = upload(made_up(STAFF, [SCHOOL, "贾天", "", "", "", ""]), clerk, "teachers", SPRING)
    assert [each.name for each in preview_of(roster).missing] == ["汪晓"]
    make_pairing(make_student(make_class(school), name="折小雨"), later, started_on=date(2018, 3, 11))
    make_pairing(make_student(make_class(school), name="单秀"), later, started_on=DAY)
    roster = upload(made_up(PAIR, pair_row()), clerk, "pairings", DAY)
    assert [each.name for each in preview_of(roster).missing] == ["杜文 — 单秀"]
