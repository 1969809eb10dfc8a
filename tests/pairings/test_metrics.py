"""Who still lacks whom, each teacher's load, and the leading group with its class teachers."""

from datetime import date
from typing import Any

import pytest

from pairing_portal.accounts.models import School
from pairings.metrics import (
    group_lines,
    group_members,
    member_words,
    members_without_pupil,
    teachers_with_load,
    teachers_without_pupil,
    unpaired_first,
    unpaired_students,
)
from pairings.models import LeadershipMember, Pairing
from students.models import Student
from tests.builders import (
    TODAY,
    YEAR,
    make_class,
    make_class_teacher,
    make_entry,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
)

pytestmark = pytest.mark.django_db
Post = LeadershipMember.Post


@pytest.fixture
def school() -> School:
    """A school of the district under test; another district stands beside it."""
    stranger = make_teacher(name="异区教师")
    make_member(stranger)
    make_entry(make_student(make_class(stranger.school), name="异区学生"))
    return make_school()


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def test_unpaired_are_listed_pupils_without_a_teacher_that_day(school: School) -> None:
    school_class = make_class(school)
    paired, handed_back, never = (make_student(school_class, name=name) for name in ("甲", "乙", "丙"))
    make_student(school_class, name="不在名册")
    for student in (paired, handed_back, never):
        make_entry(student)
    teacher = make_teacher(school)
    make_pairing(paired, teacher)
    make_pairing(handed_back, teacher, ended_on=TODAY, end_reason=Pairing.EndReason.OTHER)
    scope = Student.objects.filter(district=school.district)
    assert set(names(unpaired_students(scope, YEAR, TODAY))) == {"乙", "丙"}
    assert names(unpaired_students(scope, YEAR, date(2018, 3, 11))) == ["丙"]


def test_unpaired_first_puts_those_who_wait_on_top(school: School) -> None:
    school_class = make_class(school)
    first, second = make_student(school_class, name="阿甲"), make_student(school_class, name="周乙")
    make_pairing(first, make_teacher(school))
    rows = unpaired_first(Student.objects.filter(district=school.district), TODAY)
    assert list(rows) == [second, first]


def test_teachers_with_load_counts_each_pupil_once_and_only_that_day(school: School) -> None:
    teacher, idle = make_teacher(school, name="甲师"), make_teacher(school, name="乙师")
    school_class = make_class(school)
    twice = make_student(school_class)
    make_pairing(twice, teacher, started_on=date(2018, 3, 5), ended_on=date(2018, 3, 9), end_reason="other")
    make_pairing(twice, teacher)
    make_pairing(make_student(school_class), teacher)
    loads = {row.pk: row.pupils for row in teachers_with_load(school.district, TODAY).annotate()}
    assert loads == {teacher.pk: 2, idle.pk: 0}
    assert names(teachers_without_pupil(school.district, TODAY)) == ["乙师"]


def test_teachers_with_load_leaves_out_who_is_not_in_service(school: School) -> None:
    make_teacher(school, ended_on=TODAY, end_reason="retired")
    make_teacher(school, started_on=date(2018, 6, 1))
    assert not teachers_with_load(school.district, TODAY)


def test_group_joins_posts_and_class_teachers_each_person_once(school: School) -> None:
    deputy = make_teacher(school, name="折建国")
    make_member(deputy, post=Post.DIRECTOR)
    make_member(deputy, post=Post.DEPUTY)
    make_class_teacher(make_class(school, number=1), deputy)
    make_member(make_teacher(school, name="单秀英"), post=Post.HEAD)
    make_class_teacher(make_class(school, number=2), make_teacher(school, name="苗师"))
    make_teacher(school, name="普通教师")
    members = list(group_members(school.district, TODAY))
    assert names(members) == ["单秀英", "折建国", "苗师"]
    assert [member_words(member, TODAY) for member in members] == [
        "组长",
        "副组长、办公室主任、班主任（三年级1班）",
        "班主任（三年级2班）",
    ]


def test_group_follows_the_day(school: School) -> None:
    teacher = make_teacher(school)
    make_class_teacher(make_class(school), teacher, ended_on=date(2018, 5, 1), end_reason="replaced")
    assert not group_members(school.district, TODAY)
    assert names(group_members(school.district, date(2018, 4, 30))) == [teacher.name]


def test_group_leaves_out_who_led_a_class_that_has_finished(school: School) -> None:
    make_class_teacher(make_class(school, entry_year=2012), make_teacher(school))
    assert group_members(school.district, TODAY)
    assert not group_members(school.district, date(2018, 9, 1))


def test_members_without_pupil_are_found_whatever_their_posts(school: School) -> None:
    helping, idle = make_teacher(school, name="甲师"), make_teacher(school, name="乙师")
    for teacher in (helping, idle):
        make_member(teacher, post=Post.MEMBER)
        make_member(teacher, post=Post.DIRECTOR)
    make_pairing(make_student(make_class(school)), helping)
    assert names(members_without_pupil(school.district, TODAY)) == ["乙师"]


def test_group_lines_print_a_person_under_each_post(school: School) -> None:
    teacher = make_teacher(school, name="折建国")
    make_member(teacher, post=Post.DEPUTY)
    make_member(teacher, post=Post.DIRECTOR)
    lines = dict(group_lines(group_members(school.district, TODAY), TODAY))
    assert [title for title, rows in lines.items() if rows] == ["副组长", "办公室主任"]


@pytest.mark.parametrize("size", [2, 12])
def test_group_costs_the_same_for_any_size(school: School, size: int, django_assert_num_queries: Any) -> None:
    for _number in range(size):
        teacher = make_teacher(school)
        make_member(teacher)
        make_class_teacher(make_class(school), teacher)
        make_pairing(make_student(make_class(school)), teacher)
    with django_assert_num_queries(3):
        lines = group_lines(group_members(school.district, TODAY), TODAY)
    assert len(dict(lines)["班主任"]) == size
