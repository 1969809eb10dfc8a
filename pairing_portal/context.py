"""What every page shows around its content: the menu of the signed-in person, the district, the year and its day."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Right, User
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.sessions import idle_end, total_end
from pairing_portal.lib.navigation import NavGroup, NavItem

Entry = tuple[str, str, str, frozenset[Right]]

EVERYBODY: frozenset[Right] = frozenset(Right)
SEEING = frozenset({Right.SEE_DISTRICT, Right.SEE_SCHOOL, Right.RECORD_VISITS})
WHOLE = frozenset({Right.SEE_DISTRICT, Right.SEE_SCHOOL})
MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("", (("工作台", "home", "home", EVERYBODY),)),
    (
        "学生与名册",
        (
            ("学生", "student_list", "people", SEEING),
            ("班级", "class_list", "class", WHOLE),
            ("名册导入", "import_list", "upload", frozenset({Right.KEEP_REGISTERS})),
        ),
    ),
    (
        "结对帮扶",
        (
            ("结对名单", "pairing_list", "pair", SEEING),
            ("未结对", "pairing_gaps", "unpaired", WHOLE),
            ("结对方案", "proposal_list", "list", frozenset({Right.SEE_DISTRICT})),
            ("领导小组", "leadership_list", "group", frozenset({Right.SEE_DISTRICT})),
            ("家访记录", "visit_list", "visit", SEEING),
            ("下乡走访单", "village_round", "print", SEEING),
            ("附件导出", "attachment_list", "download", frozenset({Right.EXPORT})),
        ),
    ),
    (
        "基础数据",
        (
            ("学校", "school_list", "school", frozenset({Right.KEEP_PEOPLE})),
            ("教师", "teacher_list", "teacher", WHOLE),
            ("年度活动", "campaign_detail", "calendar", frozenset({Right.SEE_DISTRICT})),
            ("学年升级", "year_turn_list", "up", frozenset({Right.KEEP_REGISTERS})),
        ),
    ),
    (
        "账号与记录",
        (
            ("学区设置", "district_edit", "settings", frozenset({Right.MANAGE_DISTRICT})),
            ("账号", "account_list", "account", frozenset({Right.MANAGE_ACCOUNTS})),
            ("导出记录", "export_list", "sheet", frozenset({Right.EXPORT})),
            ("操作记录", "audit_list", "log", frozenset({Right.READ_AUDIT})),
        ),
    ),
)
TABS: tuple[Entry, ...] = (
    ("我的学生", "home", "people", EVERYBODY),
    ("记录", "visit_list", "visit", EVERYBODY),
    ("我的", "password_change", "person", EVERYBODY),
)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Names for `base.html`; a page without a signed-in person gets none of them."""
    if not isinstance(getattr(request, "user", None), User):
        return {}
    staff = cast(StaffRequest, request)
    user = staff.user
    is_ready = user.district_id is not None and not user.must_set_password
    return {
        "district": user.district,
        "kept_form": getattr(staff, "kept_form", None),
        "session": _time_left(staff),
        "person_name": user.name,
        "roles": user.role_names,
        "years": staff.years if is_ready else (),
        "selected_year": staff.year,
        "day": staff.day,
        "today": staff.today,
        "nav": menu_of(staff) if is_ready else (),
        "tabs": _items(TABS, staff) if is_ready and user.may(Right.RECORD_VISITS) else (),
    }


def _time_left(request: StaffRequest) -> dict[str, int]:
    """Seconds until the session ends, by a pause and in any case, and how long before the page says so."""
    now = timezone.now()
    return {
        "idle": int((idle_end(request.session) - now).total_seconds()),
        "total": int((total_end(request.session) - now).total_seconds()),
        "warning": settings.SESSION_WARNING_SECONDS,
    }


def menu_of(request: StaffRequest) -> tuple[NavGroup, ...]:
    """The pages the signed-in person may go to, under their headings."""
    groups = (NavGroup(title, _items(entries, request)) for title, entries in MENU)
    return tuple(group for group in groups if group.items)


def _items(entries: tuple[Entry, ...], request: StaffRequest) -> tuple[NavItem, ...]:
    current = request.resolver_match.url_name if request.resolver_match else ""
    return tuple(
        NavItem(label=label, url=_address(name, request), icon=icon, is_current=name == current)
        for label, name, icon, rights in entries
        if any(request.user.may(right) for right in rights) or rights is EVERYBODY
    )


def _address(name: str, request: StaffRequest) -> str:
    return reverse(name, args=[request.year]) if name == "campaign_detail" else _page(name)


@cache
def _page(name: str) -> str:
    """The address of a page of the menu; each page names them all."""
    return reverse(name)
