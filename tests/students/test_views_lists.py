"""The list of pupils: scope, conditions, order, pages and cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import Action, AuditEvent
from students.models import Enrolment, Register, Student
from tests.builders import (
    make_class,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.students.conftest import World


def listed(world: World, **values: object) -> Student:
    """A pupil on this year's county-filed register."""
    student = make_student(world.school_class, **values)
    today = timezone.localdate()
    make_entry(student, year=today.year, listed_on=today.replace(month=1, day=1))
    return student


def names(client: Client, query: str = "") -> list[str]:
    """The names a list shows, in order."""
    response = client.get(f"{reverse('student_list')}{query}")
    assert response.status_code == 200
    return [row.name for row in response.context["rows"]]


def test_student_list_shows_office_the_listed_pupils_of_its_own_district(
    world: World, office: Client
) -> None:
    listed(world, name="折小雨")
    make_student(world.school_class, name="未列入")
    make_entry(make_student(world.elsewhere, name="异区学生"), year=timezone.localdate().year)
    assert names(office) == ["折小雨"]
    assert names(office, "?register=none") == ["未列入"]
    assert set(names(office, "?register=all")) == {"折小雨", "未列入"}


def test_student_list_shows_teachers_only_their_own(world: World, teacher: Client) -> None:
    own = make_student(world.school_class, name="单秀")
    listed(world, name="别人的")
    make_pairing(own, world.teacher)
    assert names(teacher) == ["单秀"]


def test_student_list_is_closed_to_people_without_pupils(world: World, client: Client) -> None:
    client.force_login(make_user(Role.COUNTY, district=world.district))
    assert client.get(reverse("student_list")).status_code == 403


def test_student_list_filters_by_codes(world: World, office: Client) -> None:
    other = make_class(make_school(world.district, name="第二小学"), entry_year=timezone.localdate().year - 9)
    paired = listed(world, name="已结对")
    make_pairing(paired, world.teacher)
    far = make_student(other, name="远处")
    year = timezone.localdate().year
    make_entry(far, year=year, register=Register.DISTRICT_RECOGNISED, main_type="孤儿")
    assert names(office, f"?school={other.school.public_id}") == ["远处"]
    assert names(office, "?register=district_recognised") == ["远处"]
    assert names(office, "?category=孤儿") == ["远处"]
    paired.entries.update(household_status="已脱贫")  # a word of the years before 2021
    assert names(office, "?category=已脱贫") == ["已结对"]
    assert names(office, "?paired=no") == ["远处"]
    assert names(office, "?paired=yes") == ["已结对"]


def test_student_list_filters_by_grade_of_the_day(world: World, office: Client) -> None:
    listed(world, name="小生")
    number = 4 if timezone.localdate().month >= 9 else 3
    assert names(office, f"?grade=primary-{number}") == ["小生"]
    assert names(office, "?grade=primary-1") == []


@pytest.mark.parametrize("query", ["?school=x", "?grade=primary-99", "?register=;", "?after=x", "?sort=id"])
def test_student_list_takes_no_notice_of_nonsense(world: World, office: Client, query: str) -> None:
    listed(world, name="折小雨")
    assert names(office, query) == ["折小雨"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("折小", ["折小雨"]),
        ("小雨", ["折小雨"]),
        ("折 小雨", ["折小雨"]),
        ("she", ["折小雨"]),
        ("She Xiao", ["折小雨"]),
        ("shexiaoyu", ["折小雨"]),
        ("sxy", ["折小雨"]),
        ("sx", ["折小雨"]),
        ("shexy", ["折小雨"]),
        ("she x", ["折小雨"]),
        ("zhe", []),
        ("shey", []),
        ("xy", []),
        ("折小雨1", []),
    ],
)
def test_student_search_finds_by_name_pinyin_and_initials(
    world: World, office: Client, text: str, found: list[str]
) -> None:
    listed(world, name="折小雨")
    listed(world, name="王明")
    office.post(reverse("student_list_search"), {"name": text})
    assert names(office) == found


def test_student_search_keeps_names_out_of_addresses_and_can_be_cleared(world: World, office: Client) -> None:
    listed(world, name="折小雨", village="王家墕村")
    listed(world, name="王明")
    answer = office.post(
        reverse("student_list_search"), {"village": "王家墕", "query": "register=all&after=x&sort=-name"}
    )
    assert answer.headers["Location"] == f"{reverse('student_list')}?register=all&sort=-name"
    assert names(office) == ["折小雨"]
    office.post(reverse("student_list_search"), {"clear": "yes", "village": "王家墕"})
    assert len(names(office)) == 2


def test_student_list_sorts_by_pinyin_school_and_class(world: World, office: Client) -> None:
    year = timezone.localdate().year
    low = make_class(world.school, entry_year=year - 2, number=1)
    small = make_class(world.school, stage="preschool", entry_year=year - 2, number=1)
    for name, school_class in (("折三", world.school_class), ("阿二", low), ("单一", small)):
        make_entry(make_student(school_class, name=name), year=year)
    assert names(office) == ["阿二", "单一", "折三"]
    assert names(office, "?sort=-name") == ["折三", "单一", "阿二"]
    assert names(office, "?sort=class") == ["单一", "阿二", "折三"]
    assert names(office, "?sort=-school") == ["折三", "阿二", "单一"]


@pytest.mark.parametrize("sort", ["name", "-name", "school", "class"])
def test_student_list_pages_show_every_pupil_once(world: World, office: Client, sort: str) -> None:
    for number in range(120):
        listed(world, name=f"学{number % 7}")
    query, seen = f"?sort={sort}", []
    while query:
        response = office.get(f"{reverse('student_list')}{query}")
        seen += [row.url for row in response.context["rows"]]
        query = response.context["page"].next
    assert len(seen) == len(set(seen)) == 120


def test_student_list_asks_the_same_number_of_queries_for_any_number_of_rows(
    world: World, office: Client
) -> None:
    counts = []
    for number in (3, 27):
        for _ in range(number):
            make_pairing(listed(world), make_teacher(world.school))
        with CaptureQueriesContext(connection) as queries:
            names(office)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_student_list_shows_the_day_looked_at(world: World, office: Client) -> None:
    today = timezone.localdate()
    student = listed(world, name="折小雨")
    make_pairing(student, world.teacher, started_on=today - timedelta(20), ended_on=today, end_reason="other")
    row = office.get(reverse("student_list")).context["rows"][0]
    assert "未结对" in row.teachers
    assert row.school == "第一小学"


def test_student_list_keeps_left_joins_in_pinyin_order(world: World, office: Client) -> None:
    left = listed(world, name="离校生")
    Enrolment.objects.filter(student=left).update(ended_on=timezone.localdate(), end_reason="transferred")
    assert names(office) == ["离校生"]
    row = office.get(reverse("student_list")).context["rows"][0]
    assert (row.school, strip_tags(row.class_name)) == ("", "未在读")


def test_student_list_is_one_read_in_the_log(world: World, office: Client) -> None:
    listed(world)
    names(office)
    assert AuditEvent.objects.filter(action=Action.READ, subject="学生名单").count() == 1


def test_student_find_takes_whole_numbers_only_and_logs_no_number(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    make_student(world.elsewhere, id_number="61089920100315919X")
    find = reverse("student_find")
    for number in (student.id_number, f" {student.id_number.lower()} ", student.student_number):
        assert office.post(find, {"number": number}).headers["Location"] == student.get_absolute_url()
    for number in (student.id_number[:10], "61089920100315919X", "610899201003159018"):
        answer = office.post(find, {"number": number})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    events = AuditEvent.objects.filter(subject="按证件号查找")
    assert {event.count for event in events} == {0, 1}
    assert not [
        event for event in events if student.id_number in f"{event.subject_id}{event.reason}{event.fields}"
    ]
