"""The numbers of a desk: each counted as its note says, and only what the person may see."""

from datetime import date
from typing import Any

from pairing_portal.accounts.models import Role, Teacher
from pairings.models import Pairing
from reports.access import Scope
from reports.metrics.numbers import Number, desk_numbers
from students.models import SchoolClass, Student
from tests.builders import make_entry, make_member, make_student, make_teacher, make_user, make_visit
from tests.reports.town import AFTER, Town

TODAY = date(2018, 7, 1)


def _scope(town: Town, *roles: Role, name: str = "") -> Scope:
    user = make_user(*roles, district=town.district)
    if name:
        Teacher.objects.filter(name=name).update(user=user)
    return Scope(user, TODAY, 2018, TODAY)


def _numbers(scope: Scope) -> dict[str, Number]:
    return {number.code: number for group in desk_numbers(scope) for number in group.numbers}


def _values(scope: Scope) -> dict[str, int]:
    return {code: number.value for code, number in _numbers(scope).items()}


def _visit(student: Student, day: date, **values: Any) -> None:
    make_visit(student, Pairing.objects.filter(student=student)[0].teacher, visited_on=day, **values)


def test_numbers_count_listed_paired_and_recorded(town: Town) -> None:
    make_entry(make_student(SchoolClass.objects.get(school__name="九年制学校"), name="新列入"))
    for day in (AFTER, date(2017, 12, 31), date(2018, 6, 1)):
        _visit(town.filed, day)
    numbers = _numbers(Scope(town.office, TODAY, 2018, TODAY))
    assert {code: number.value for code, number in numbers.items()} == {
        "listed": 3,
        "paired": 2,
        "unpaired": 1,
        "recorded": 2,
    }
    assert numbers["listed"].note == "县乡建档立卡 2，学区认定 1"
    assert numbers["recorded"].note == "涉及在册学生 1 人"


def test_leader_sees_the_binding_clause_apart_from_the_encouraged_one(town: Town) -> None:
    make_member(Teacher.objects.get(name="折建国"))
    numbers = _numbers(_scope(town, Role.LEADER))
    assert (numbers["members"].value, numbers["members"].kind) == (1, "fail")
    assert (numbers["helping"].value, numbers["helping"].shown, numbers["helping"].kind) == (2, "66%", "")
    assert numbers["helping"].note == "在岗教师 3 人，其中 2 人有帮扶学生"


def test_leader_sees_silence_and_promises_that_came_due(town: Town) -> None:
    _visit(town.filed, date(2018, 4, 1), follow_up_on=date(2018, 6, 1))
    numbers = _numbers(_scope(town, Role.LEADER))
    assert numbers["silent"].value == 2
    assert numbers["silent"].note == "超过 60 天，天数由学区自定；最久的 91 天前；还没有记录的 1 人"
    assert (numbers["overdue"].value, numbers["overdue"].note) == (1, "最早约定在 30 天前")


def test_difficulties_are_those_of_the_last_meeting(town: Town) -> None:
    _visit(town.filed, date(2018, 4, 1), difficulties=("living",))
    _visit(town.filed, date(2018, 5, 1), difficulties=("study", "dropout_risk"))
    _visit(town.filed, date(2018, 5, 2), nobody_home=True)
    _visit(town.recognised, date(2018, 4, 1), difficulties=("thought",))
    _visit(town.recognised, date(2018, 5, 1))
    numbers = _numbers(_scope(town, Role.LEADER))
    assert (numbers["difficulties"].value, numbers["difficulties"].note) == (1, "学习 1，辍学风险 1")
    assert (numbers["dropout_risk"].value, numbers["dropout_risk"].kind) == (1, "fail")


def test_pupil_off_the_registers_is_no_difficulty_of_the_year(town: Town) -> None:
    unlisted = make_student(SchoolClass.objects.get(school__name="九年制学校"))
    make_visit(unlisted, Teacher.objects.get(name="杜文"), difficulties=("study",))
    assert _values(_scope(town, Role.LEADER))["difficulties"] == 0


def test_restricted_notes_wait_for_the_leading_group_alone(town: Town) -> None:
    _visit(town.filed, date(2018, 5, 1), restricted_note="父母分居")
    _visit(town.filed, date(2018, 5, 2), restricted_note="已看过", note_read_on=date(2018, 5, 3))
    assert _values(_scope(town, Role.LEADER))["notes"] == 1
    assert "notes" not in _values(_scope(town, Role.SCHOOL, name="杜文"))


def test_school_head_counts_the_own_school_only(town: Town) -> None:
    near = _scope(town, Role.SCHOOL, name="折建国")
    assert {code for code, value in _values(near).items() if value} == {"helping"}
    assert _numbers(near)["unpaired"].word == "还没有名册"
    assert _numbers(near)["helping"].note == "在岗教师 2 人，其中 1 人有帮扶学生"
    make_member(make_teacher(SchoolClass.objects.get(school__name="中心小学").school))
    far = _scope(town, Role.SCHOOL, name="杜文")
    assert _numbers(far)["helping"].note == "在岗教师 1 人，其中 1 人有帮扶学生"
    assert (_values(far)["listed"], _values(far)["members"]) == (2, 0)
    assert _values(near)["members"] == 1
