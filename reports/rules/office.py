"""The office's work: what the plan still lacks, what is overdue, what waits for a decision."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.lib.templatetags.portal import date_cn
from pairings.access import can_turn_year
from pairings.metrics import (
    member_words,
    members_without_pupil,
    pairings_off_register,
    unpaired_students,
)
from pairings.models import Campaign
from pairings.rules import set_up_steps
from reports.access import Scope
from reports.rules.proposals import proposals_with_office
from reports.rules.silence import silent_by_teacher
from reports.rules.todos import Name, Todo, known_todo, rows_todo
from students.actions.leaving_classes import left_classes
from students.models import RosterImport
from visits.access import visible_visits

STEP_PLACES = {
    "district": "district_edit",
    "schools": "school_list",
    "campaign": "campaign_new",
    "teachers": "import_new",
    "county_register": "import_new",
    "district_register": "import_new",
    "pairings": "pairing_new_many",
}
Rule = Callable[[Scope], Iterator[Todo]]


def set_up_unfinished(scope: Scope) -> Iterator[Todo]:
    """What the portal needs before it can do its work."""
    steps = [step for step in set_up_steps(scope.district, scope.year, scope.day) if not step.is_done]
    todo = Todo(
        code="set_up",
        title="准备工作还没有完成",
        count=0,
        unit="项",
        level="attention",
        actor="办公室",
        action="继续准备",
        url=_set_up_address(scope, [step.code for step in steps]),
    )
    yield from known_todo(todo, steps, lambda step: Name(step.label, _step_address(scope, step.code)))


def _set_up_address(scope: Scope, codes: list[str]) -> str:
    """The guided page for whoever may use it, else the page of the first open step."""
    if scope.user.may(Right.MANAGE_DISTRICT):
        return reverse("setup")
    return _step_address(scope, codes[0]) if codes else ""


def _step_address(scope: Scope, code: str) -> str:
    """The page of a step; a campaign of this year is opened after the last one where there was one."""
    if code == "campaign" and scope.year == scope.today.year:
        earlier = Campaign.objects.visible_to(scope.user).filter(year__lt=scope.year)
        if earlier.exists() and can_turn_year(scope.user):
            return reverse("year_turn_list")
    return reverse(STEP_PLACES[code])


def classes_that_left(scope: Scope) -> Iterator[Todo]:
    """Since September somebody has to say where the pupils of 大班, 六年级 and 九年级 have gone."""
    if scope.district is None or not can_turn_year(scope.user):
        return
    todo = Todo(
        code="classes_that_left",
        title="班级读完了最后一个年级，学生的去向还没有定",
        count=0,
        unit="个班",
        level="attention",
        actor="办公室",
        action="办理学年升级",
        url=reverse("year_turn_list"),
        all_url=reverse("year_turn_list"),
    )
    yield from rows_todo(todo, left_classes(scope.district, scope.today), _class_that_left)


def _class_that_left(left: Any) -> Name:
    return Name(f"{left.school.name} {left.last_name}", left.get_absolute_url(), f"{left.waiting} 名学生")


def pupils_without_teacher(scope: Scope) -> Iterator[Todo]:
    """Every listed pupil has a teacher."""
    rows = unpaired_students(scope.students, scope.year, scope.day).order_by("pinyin", "pk")
    todo = Todo(
        code="pupils_without_teacher",
        title="在册学生还没有帮扶教师",
        count=0,
        unit="名学生",
        level="fail",
        actor="办公室",
        action="安排结对",
        url=reverse("pairing_new_many"),
        all_url=reverse("pairing_gaps"),
    )
    yield from rows_todo(todo, rows, lambda student: Name(student.name, student.get_absolute_url()))


def members_without_pupils(scope: Scope) -> Iterator[Todo]:
    """M1: every member of the leading group, class teachers included, has at least one pupil."""
    todo = Todo(
        code="members_without_pupil",
        title="领导小组成员还没有帮扶学生",
        count=0,
        unit="人",
        level="fail",
        actor="办公室",
        action="安排学生",
        url=reverse("pairing_new_many"),
        all_url=reverse("pairing_gaps"),
    )
    rows = members_without_pupil(scope.district, scope.day)
    yield from rows_todo(todo, rows, lambda teacher: _member(teacher, scope))


def _member(teacher: Any, scope: Scope) -> Name:
    return Name(teacher.name, teacher.get_absolute_url(), member_words(teacher, scope.day))


def pairings_to_settle(scope: Scope) -> Iterator[Todo]:
    """Pairings outlast their pupil's place on the register until somebody ends them: 毕业, 转出, 不再列入."""
    rows = pairings_off_register(scope.pairings, scope.year, scope.day).with_people()
    address = f"{reverse('pairing_list')}?register=none"
    todo = Todo(
        code="pairings_to_settle",
        title="学生已不在本年度名册上，结对还没有结束",
        count=0,
        unit="对",
        level="attention",
        actor="办公室",
        action="逐对办理",
        url=address,
        all_url=address,
    )
    yield from rows_todo(todo, rows.order_by("student__pinyin", "pk"), _pair)


def _pair(pairing: Any) -> Name:
    return Name(pairing.student.name, pairing.get_absolute_url(), f"帮扶教师 {pairing.teacher.name}")


def pupils_out_of_touch(scope: Scope) -> Iterator[Todo]:
    """M5: regular visits; the plan gives no frequency, so the interval is the district's own."""
    days = scope.district.visit_interval_days if scope.district else 0
    todo = Todo(
        code="pupils_out_of_touch",
        title=f"超过 {days} 天没有联系，或还没有记录（间隔由学区自定）",
        count=0,
        unit="名学生",
        level="attention",
        actor="帮扶教师",
        action="查看名单",
        url=reverse("silent_list"),
    )
    yield from silent_by_teacher(scope, todo)


def promises_overdue(scope: Scope) -> Iterator[Todo]:
    """What a teacher promised to follow up, and the day has come."""
    rows = visible_visits(scope.user, scope.today).promised(scope.day).order_by("follow_up_on", "pk")
    address = f"{reverse('visit_list')}?follow_up=due&period=all"
    todo = Todo(
        code="promises_overdue",
        title="约定的跟进已到期",
        count=0,
        unit="条",
        level="attention",
        actor="帮扶教师",
        action="逐条查看",
        url=address,
        all_url=address,
    )
    yield from rows_todo(todo, rows, _promise)


def _promise(visit: Any) -> Name:
    words = f"{visit.teacher_name}，约定 {date_cn(visit.follow_up_on)}"
    return Name(visit.student_name, visit.get_absolute_url(), words)


def imports_waiting(scope: Scope) -> Iterator[Todo]:
    """Workbooks that were compared and neither confirmed nor set aside."""
    rows = RosterImport.objects.visible_to(scope.user).filter(state=RosterImport.State.PREVIEWED)
    todo = Todo(
        code="imports_waiting",
        title="名册已比对，等待确认",
        count=0,
        unit="份",
        level="info",
        actor="办公室",
        action="去确认",
        url=reverse("import_list"),
        all_url=reverse("import_list"),
    )
    yield from rows_todo(todo, rows, lambda row: Name(str(row), row.get_absolute_url()))


def teachers_without_account(scope: Scope) -> Iterator[Todo]:
    """Teachers in service who cannot sign in."""
    if not scope.user.may(Right.MANAGE_ACCOUNTS):
        return
    rows = Teacher.objects.visible_to(scope.user).employed(scope.today).without_account()
    todo = Todo(
        code="teachers_without_account",
        title="教师还没有账号，不能自己记录",
        count=0,
        unit="人",
        level="info",
        actor="管理员",
        action="批量开通",
        url=reverse("account_bulk_new"),
        all_url=reverse("account_bulk_new"),
    )
    yield from rows_todo(todo, rows, lambda teacher: Name(teacher.name, teacher.get_absolute_url()))


RULES: tuple[Rule, ...] = (
    set_up_unfinished,
    imports_waiting,
    classes_that_left,
    proposals_with_office,
    pupils_without_teacher,
    members_without_pupils,
    pairings_to_settle,
    promises_overdue,
    pupils_out_of_touch,
    teachers_without_account,
)


def office_todos(scope: Scope) -> list[Todo]:
    """Everything the office's desk shows, in the order it should be done."""
    return [todo for rule in RULES for todo in rule(scope)]
