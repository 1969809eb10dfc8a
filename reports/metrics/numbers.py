"""The numbers of a desk: what each counts, how it is judged, and the list that shows its rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from pairing_portal.accounts.models import Right, Role
from pairing_portal.lib.templatetags.portal import percent
from reports.access import Scope
from reports.metrics import rows
from reports.rules.silence import silence_words
from students.models import Register
from visits.models import Visit


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a desk; `note` says how it is counted, `url` shows the rows behind it."""

    code: str
    caption: str
    value: int
    unit: str
    url: str
    note: str = ""
    kind: str = ""
    word: str = ""
    share: str = ""

    @property
    def shown(self) -> str:
        """What stands in big figures: the share where the number alone says little."""
        return self.share or f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class NumberGroup:
    """Numbers that belong together; a group alone on its desk needs no title."""

    title: str
    numbers: tuple[Number, ...]


def desk_numbers(scope: Scope) -> tuple[NumberGroup, ...]:
    """What the person answers for: all of it for the leading group and school heads, four numbers for the office."""
    first = _listed(scope)
    if not {Role.LEADER, Role.SCHOOL} & scope.user.roles:
        paired = _number("paired", "已有帮扶教师", rows.paired(scope), "人", f"{_listed_pupils()}&paired=yes")
        return (NumberGroup("", (first, paired, _unpaired(scope, first.value), _recorded(scope))),)
    pairing = (first, _unpaired(scope, first.value), _members(scope), _share(scope))
    contact = (_silent(scope), _overdue(scope), _recorded(scope))
    notes = (_notes(scope),) if scope.user.may(Right.READ_RESTRICTED) else ()
    trouble = (_difficulties(scope), _dropout_risks(scope), *notes)
    return (
        NumberGroup("结对", pairing),
        NumberGroup("联系", contact),
        NumberGroup("困难与备注", trouble),
    )


def _number(code: str, caption: str, found: Any, unit: str, url: str, **words: str) -> Number:
    return Number(code, caption, found.order_by().count(), unit, url, **words)


def _judged(number: int, kind: str, word: str) -> dict[str, str]:
    """How a number is judged that should be nought."""
    return {"kind": kind, "word": word} if number else {"kind": "ok", "word": "没有"}


def _listed_pupils() -> str:
    return f"{reverse('student_list')}?register=listed"


def _visits(conditions: str) -> str:
    """The list of visits of any time under the conditions."""
    return f"{reverse('visit_list')}?{conditions}&period=all"


def _listed(scope: Scope) -> Number:
    filed = Count("pk", filter=Q(register=Register.COUNTY_FILED))
    told = rows.listed(scope).order_by().aggregate(everybody=Count("pk"), filed=filed)
    count, county = told["everybody"], told["filed"]
    note = f"县乡建档立卡 {county}，学区认定 {count - county}"
    return Number("listed", "在册学生", count, "人", _listed_pupils(), note)


def _unpaired(scope: Scope, listed: int) -> Number:
    """Pupils without a teacher; with nobody on a register yet there is nothing to judge."""
    count = rows.unpaired(scope).order_by().count()
    kind, word = ("fail", "需安排") if count else ("ok", "已达到") if listed else ("none", "还没有名册")
    return Number("unpaired", "还没有帮扶教师", count, "人", reverse("pairing_gaps"), kind=kind, word=word)


def _members(scope: Scope) -> Number:
    count = rows.members_lacking(scope).order_by().count()
    kind, word = ("fail", "需安排") if count else ("ok", "已达到")
    url = f"{reverse('pairing_gaps')}#members-title"
    return Number(
        "members",
        "没有帮扶学生的领导小组成员",
        count,
        "人",
        url,
        "方案要求每人至少一名，含班主任",
        kind=kind,
        word=word,
    )


def _share(scope: Scope) -> Number:
    """M2 is a share, never a failing."""
    whole, helping = (found(scope).order_by().count() for found in (rows.teachers, rows.teachers_helping))
    return Number(
        "helping",
        "帮扶学生的教师（倡议）",
        helping,
        "",
        f"{reverse('pairing_gaps')}#teachers-title",
        f"在岗教师 {whole} 人，其中 {helping} 人有帮扶学生",
        share=percent(helping, whole),
    )


def _silent(scope: Scope) -> Number:
    found = rows.silent(scope).order_by()
    never = Count("pk", filter=Q(last_visited_on__isnull=True))
    told = found.aggregate(everybody=Count("pk"), never=never, longest=Min("last_visited_on"))
    days = scope.district.visit_interval_days if scope.district else 0
    words = [f"超过 {days} 天，天数由学区自定"]
    words += [f"最久的 {silence_words(told['longest'], scope.day)}"] if told["longest"] else []
    words += [f"还没有记录的 {told['never']} 人"] if told["never"] else []
    return Number(
        "silent",
        "久未联系的学生",
        told["everybody"],
        "人",
        reverse("silent_list"),
        "；".join(words),
        **_judged(told["everybody"], "attention", "该联系"),
    )


def _overdue(scope: Scope) -> Number:
    found = rows.promises_overdue(scope).order_by()
    told = found.aggregate(events=Count("pk"), oldest=Min("follow_up_on"))
    return Number(
        "overdue",
        "约定的跟进已到期",
        told["events"],
        "条",
        _visits("follow_up=due"),
        f"最早约定在 {silence_words(told['oldest'], scope.day)}" if told["oldest"] else "",
        **_judged(told["events"], "attention", "待跟进"),
    )


def _recorded(scope: Scope) -> Number:
    """Records of the year up to the day, every way of meeting; the note counts pupils, not events."""
    records = rows.recorded(scope).order_by()
    reached = records.filter(student__in=scope.listed.order_by().values("pk")).values("student").distinct()
    address = reverse("visit_list")
    if scope.user.may(Right.RECORD_VISITS):
        address = f"{address}?whose=all"
    note = f"涉及在册学生 {reached.count()} 人"
    return Number("recorded", "本年度帮扶记录", records.count(), "条", address, note)


def _difficulties(scope: Scope) -> Number:
    kinds = {code: Count("pk", filter=Q(difficulties__has=code)) for code in Visit.Difficulty.values}
    told = rows.difficulties(scope).order_by().aggregate(pupils=Count("pk"), **kinds)
    words = [f"{label} {told[code]}" for code, label in Visit.Difficulty.choices if told[code]]
    return Number(
        "difficulties",
        "最近一次记录有困难的学生",
        told["pupils"],
        "人",
        _visits("latest=on&difficulty=any"),
        "，".join(words),
        **_judged(told["pupils"], "attention", "需关注"),
    )


def _dropout_risks(scope: Scope) -> Number:
    count = rows.dropout_risks(scope).order_by().count()
    return Number(
        "dropout_risk",
        "其中有辍学风险",
        count,
        "人",
        _visits("latest=on&difficulty=dropout_risk"),
        **_judged(count, "fail", "需尽快处理"),
    )


def _notes(scope: Scope) -> Number:
    told = rows.notes_unread(scope).order_by().aggregate(events=Count("pk"), last=Max("visited_on"))
    return Number(
        "notes",
        "保密备注待阅",
        told["events"],
        "条",
        _visits("note=unread"),
        f"最近的在 {silence_words(told['last'], scope.day)}" if told["last"] else "",
        **_judged(told["events"], "attention", "待阅"),
    )
