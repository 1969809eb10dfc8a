"""The desk of the signed-in person: what is theirs to do, role by role, and whose turn a visit is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import teacher_of
from pairing_portal.accounts.models import Right, Role, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairings.metrics import deadline_words, phase_states
from pairings.models import Campaign
from reports.access import Scope
from reports.metrics.numbers import desk_numbers
from reports.metrics.pupils import class_pupils, led_classes, own_pupils
from reports.metrics.system import account_numbers, health, log_numbers
from reports.rules.office import office_todos
from reports.rules.proposals import proposals_with_group
from reports.views.standpoint import SEEING, scope_of

NEAR_DAYS = 14


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the desk: its anchor, its heading, its partial template and what that needs."""

    anchor: str
    title: str
    template: str
    data: dict[str, Any]


@require_GET
@audited_read("工作台")
def home(request: StaffRequest) -> HttpResponse:
    """Every section that the person's roles bring, stacked; a first administrator sets the district up."""
    if request.user.district is None and request.user.may(Right.MANAGE_DISTRICT):
        return redirect("setup")
    scope = scope_of(request)
    context = {"sections": [*_decisions(scope), *_sections(scope)], "campaign": None}
    if any(request.user.may(right) for right in SEEING):
        context |= _campaign(scope)
    return render(request, "reports/home.html", context)


def _decisions(scope: Scope) -> list[Section]:
    """What waits for the leading group stands above everything else; without it there is no such section."""
    todos = list(proposals_with_group(scope))
    return [Section("decide", "等待您确认", "reports/_decide.html", {"todos": todos})] if todos else []


def _sections(scope: Scope) -> list[Section]:
    """The office's work stands first, then the own pupils, then the numbers; for the office the numbers follow.

    Whoever keeps the accounts and no registers of their own begins with the state of the portal.
    """
    user = scope.user
    office = [_office(scope)] if user.may(Right.KEEP_REGISTERS) else []
    own = _own(scope) if user.may(Right.RECORD_VISITS) else []
    numbers = [_numbers(scope)] if user.may(Right.SEE_DISTRICT) or user.may(Right.SEE_SCHOOL) else []
    system = [_system(scope)] if user.may(Right.MANAGE_ACCOUNTS) else []
    waiting = [
        Section(role.value, title, f"reports/_{role.value}.html", {})
        for role, title in ((Role.AID, "资助台账"), (Role.COUNTY, "上报材料"))
        if role in user.roles
    ]
    if not office:
        return [*own, *numbers, *waiting]
    if Role.OFFICE in user.roles:
        return [*office, *numbers, *own, *system, *waiting]
    return [*system, *office, *numbers, *own, *waiting]


def _system(scope: Scope) -> Section:
    data = {
        "numbers": (*account_numbers(scope, timezone.now()), *log_numbers(scope)),
        "health": health(),
        "manages_district": scope.user.may(Right.MANAGE_DISTRICT),
    }
    return Section("system", "账号与运行", "reports/_system.html", data)


def _office(scope: Scope) -> Section:
    data = {"todos": office_todos(scope), "can_manage_accounts": scope.user.may(Right.MANAGE_ACCOUNTS)}
    return Section("office", "待办事项", "reports/_office.html", data)


def _numbers(scope: Scope) -> Section:
    sees_district = scope.user.may(Right.SEE_DISTRICT)
    data = {"groups": desk_numbers(scope), "sees_district": sees_district}
    return Section(
        "numbers", "全学区情况" if sees_district else _school_title(scope), "reports/_numbers.html", data
    )


def _school_title(scope: Scope) -> str:
    """Whoever heads a school and helps pupils elsewhere sees both in one list."""
    return "本校和我帮扶的学生" if scope.user.may(Right.RECORD_VISITS) else "本校情况"


def _own(scope: Scope) -> list[Section]:
    """The own pupils, and those of the own class where the teacher leads one."""
    teacher = teacher_of(scope.user)
    if teacher is None:
        return [Section("own", "我的学生", "reports/_own.html", {"cards": [], "teacher": None})]
    data = {"cards": own_pupils(scope, teacher), "teacher": teacher, "day": scope.day}
    own = Section("own", "我的学生", "reports/_own.html", data)
    return [own, *_class(scope, teacher)]


def _class(scope: Scope, teacher: Teacher) -> list[Section]:
    led = led_classes(teacher, scope.today)
    if not led:
        return []
    names = [(each.name(scope.today), each.get_absolute_url()) for each in led]
    data = {"cards": class_pupils(scope, teacher), "day": scope.day, "classes": names}
    title = f"我的班级（{'、'.join(name for name, _ in names)}）"
    return [Section("class", title, "reports/_class.html", data)]


def _campaign(scope: Scope) -> dict[str, Any]:
    """Where the year's campaign stands on the day; a deadline that has passed is left to the campaign's page."""
    campaign = Campaign.objects.visible_to(scope.user).filter(year=scope.year).first()
    if campaign is None:
        return {}
    left = (campaign.report_due_on - scope.day).days
    return {
        "campaign": campaign,
        "states": phase_states(campaign, scope.day),
        "deadline": deadline_words(campaign.report_due_on, scope.day) if left >= 0 else "",
        "deadline_kind": "attention" if left <= NEAR_DAYS else "ok",
        "sees_district": scope.user.may(Right.SEE_DISTRICT),
    }
