"""The office's desk names what the plan lacks and what is overdue, and who must act."""

from datetime import date, timedelta
from typing import Any

import pytest

from pairing_portal.accounts.models import Role, User
from reports.access import Scope
from reports.rules.office import office_todos
from reports.rules.todos import NAMES_SHOWN, Todo
from students.models import RosterImport, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_entry,
    make_member,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.reports.town import Town

TODAY = date(2018, 7, 1)


def _todos(user: User, day: date = TODAY, year: int = 2018) -> dict[str, Todo]:
    return {todo.code: todo for todo in office_todos(Scope(user, day, year, day))}


def _words(todo: Todo) -> list[str]:
    return [name.words for name in todo.names]


def _listed(town: Town, name: str, **facts: Any) -> Student:
    student = make_student(make_class(make_school(town.district)), name=name)
    make_entry(student, **facts)
    return student


def test_listed_pupils_without_teacher_are_counted_and_the_first_named(town: Town) -> None:
    for number in range(NAMES_SHOWN + 2):
        _listed(town, f"学{number}")
    todo = _todos(town.office)["pupils_without_teacher"]
    assert (todo.count, len(todo.names), todo.rest) == (10, 8, 2)
    assert (todo.actor, todo.url, todo.all_url) == ("办公室", "/pairings/new-many/", "/pairings/gaps/")


def test_nothing_is_said_where_nothing_is_missing(town: Town) -> None:
    assert "pupils_without_teacher" not in _todos(town.office)
    assert "members_without_pupil" not in _todos(town.office)


def test_member_without_pupil_is_named_with_the_post(town: Town) -> None:
    make_member(make_teacher(make_school(town.district), name="贾天"), post="head")
    todo = _todos(town.office)["members_without_pupil"]
    assert [(name.words, name.note) for name in todo.names] == [("贾天", "组长")]


def test_pairing_whose_pupil_left_the_register_is_to_be_settled(town: Town) -> None:
    assert "pairings_to_settle" not in _todos(town.office)
    town.recognised.entries.update(ended_on=TODAY, end_reason="recovered")
    todo = _todos(town.office)["pairings_to_settle"]
    pairing = town.recognised.pairings.get()
    assert [(name.words, name.url, name.note) for name in todo.names] == [
        ("=1+1", pairing.get_absolute_url(), "帮扶教师 杜文")
    ]
    assert todo.url == "/pairings/?register=none"


def test_pairings_wait_for_the_register_their_pupils_were_on(town: Town) -> None:
    assert "pairings_to_settle" not in _todos(town.office, date(2019, 3, 1), 2019)
    make_entry(make_student(make_class(make_school(town.district))), year=2019, listed_on=date(2019, 3, 1))
    todo = _todos(town.office, date(2019, 3, 1), 2019)["pairings_to_settle"]
    assert (set(_words(todo)), todo.count) == ({"苗沐阳"}, 2)


def test_silence_is_told_by_teacher_and_counts_pupils_once(town: Town) -> None:
    make_visit(town.recognised, town.recognised.pairings.get().teacher, visited_on=date(2018, 6, 20))
    todo = _todos(town.office)["pupils_out_of_touch"]
    assert (todo.count, todo.actor) == (1, "帮扶教师")
    assert {(name.words, name.note) for name in todo.names} == {
        ("单秀英", "苗沐阳 还没有记录"),
        ("杜文", "苗沐阳 还没有记录"),
    }


@pytest.mark.parametrize(("days", "is_silent"), [(60, False), (61, True)])
def test_interval_is_the_districts_own(town: Town, days: int, is_silent: bool) -> None:
    for student in (town.filed, town.recognised):
        teacher = student.pairings.first()
        assert teacher is not None
        make_visit(student, teacher.teacher, visited_on=TODAY - timedelta(days=days))
    assert ("pupils_out_of_touch" in _todos(town.office)) == is_silent


def test_promise_is_overdue_from_its_day_on(town: Town) -> None:
    teacher = town.recognised.pairings.get().teacher
    make_visit(town.recognised, teacher, follow_up="送资料", follow_up_on=TODAY)
    assert "promises_overdue" not in _todos(town.office, TODAY - timedelta(days=1))
    todo = _todos(town.office)["promises_overdue"]
    assert [(name.words, name.note) for name in todo.names] == [("=1+1", "杜文，约定 2018年7月1日")]


def test_open_import_waits_for_the_office(town: Town) -> None:
    RosterImport.objects.create(
        district=town.district, kind="county_filed", year=2018, listed_on=TODAY, file_name="x", file_hash="0"
    )
    assert _todos(town.office)["imports_waiting"].count == 1


def test_teachers_without_account_are_the_admins_task(town: Town) -> None:
    admin = make_user(Role.ADMIN, district=town.district)
    assert "teachers_without_account" not in _todos(town.office)
    assert _todos(admin)["teachers_without_account"].count == 3


def test_unfinished_set_up_lists_its_steps(town: Town) -> None:
    assert _words(_todos(town.office)["set_up"]) == ["年度活动与四个阶段"]
    make_campaign(town.district)
    assert "set_up" not in _todos(town.office)


def test_class_past_its_last_grade_waits_for_the_turn_of_the_year(town: Town) -> None:
    last = make_class(make_school(town.district, name="石堡塔小学"), entry_year=2012, number=1)
    for _ in range(2):
        make_student(last)
    assert "classes_that_left" not in _todos(town.office, date(2018, 8, 31))
    todo = _todos(town.office, date(2018, 9, 1))["classes_that_left"]
    assert [(name.words, name.note) for name in todo.names] == [("石堡塔小学 六年级1班", "2 名学生")]
    assert todo.url == "/year-turns/"


@pytest.mark.parametrize(("earlier", "place"), [(2017, "/year-turns/"), (None, "/campaigns/new/")])
def test_campaign_is_opened_after_the_last_one(town: Town, earlier: int | None, place: str) -> None:
    if earlier is not None:
        make_campaign(town.district, earlier)
    todo = _todos(town.office)["set_up"]
    assert [name.url for name in todo.names] == [place]
    assert todo.url == place


def test_another_district_is_never_named(town: Town) -> None:
    _listed(town, "本区生")
    assert "异区学生" not in str(office_todos(Scope(town.office, TODAY, 2018, TODAY)))
