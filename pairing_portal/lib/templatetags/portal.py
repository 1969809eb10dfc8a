"""Template tags that every page may use: icons, dates, masks, sorting."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, TypedDict

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pairing_portal.lib.navigation import NavGroup
from pairing_portal.lib.paging import CURSORS

register = template.Library()


class SortHeader(TypedDict):
    """What ``components/sort_header.html`` needs."""

    label: str
    query: str
    direction: str
    css: str


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A symbol from the page's own sprite; silent to screen readers unless it has a label."""
    classes = f"icon {css}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="#icon-{}"></use></svg>',
            classes,
            label,
            name,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#icon-{}"></use></svg>',
        classes,
        name,
    )


def status_mark(kind: str, symbol: str, words: str) -> SafeString:
    """The words of a state with its colour and symbol; `components/status.html` for rows that code prints."""
    return format_html('<span class="status status-{}">{}{}</span>', kind, icon(symbol), words)


@register.simple_tag
@lru_cache(maxsize=256)
def navigation(groups: tuple[NavGroup, ...]) -> SafeString:
    """The menu's groups; printed once for all who see the same menu on the same page."""
    return render_to_string("components/navigation.html", {"groups": groups})


@register.filter
def date_cn(day: date | datetime | None) -> str:
    """2018年3月5日 in local time, or nothing."""
    if day is None or day == "":
        return ""
    local = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    return f"{local.year}年{local.month}月{local.day}日"


@register.filter
def moment_cn(instant: datetime | None) -> str:
    """2018年3月5日 09:30 in local time, or nothing."""
    if not instant:
        return ""
    local = timezone.localtime(instant) if timezone.is_aware(instant) else instant
    return f"{date_cn(local)} {local:%H:%M}"


@register.filter
def days_since(day: date | None, today: date) -> str:
    """How long ago a day lies, in words: 今天, 昨天, 12 天前, 3 天后."""
    if not day:
        return ""
    days = (today - day).days
    near = {0: "今天", 1: "昨天", -1: "明天"}
    return near.get(days) or (f"{days} 天前" if days > 0 else f"{-days} 天后")


@register.filter
def phone_mask(phone: str | None) -> str:
    """A phone number with its middle hidden: 138****5678, 0912****678."""
    digits = (phone or "").strip()
    if len(digits) < 7:
        return "*" * len(digits)
    head, tail = (3, 4) if len(digits) >= 11 else (2, 2)
    return f"{digits[:head]}{'*' * (len(digits) - head - tail)}{digits[-tail:]}"


@register.filter
def phone_link(phone: str | None) -> str:
    """The number as a ``tel:`` address holds it: digits and a leading plus sign only."""
    text = phone or ""
    sign = "+" if text.strip().startswith("+") else ""
    return sign + "".join(character for character in text if character.isascii() and character.isdigit())


@register.filter
def yes_no(value: bool | None) -> str:
    """是, 否, or 未填写 when nobody has said."""
    return "未填写" if value is None else "是" if value else "否"


@register.filter
def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """The share of a whole without decimals; nothing to share gives a dash, almost all is never 100 %."""
    if not whole:
        return "—"
    share = int(part * 100 / whole)
    return f"{share or (1 if part else 0)}%"


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, key: str, default: str = "", css: str = "") -> SortHeader:
    """A table head that sorts by ``key``; ``default`` is the order when the address names none."""
    query = context["request"].GET.copy()
    current = query.get("sort") or default
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    for name in CURSORS:
        query.pop(name, None)
    query["sort"] = f"-{key}" if direction == "ascending" else key
    return {"label": label, "query": f"?{query.urlencode()}", "direction": direction, "css": css}


@register.filter
def has_filters(parameters: Any) -> bool:
    """Whether an address carries conditions of its own, besides order and page."""
    return any(value for name, value in parameters.items() if name not in (*CURSORS, "sort"))


@register.filter
def load_marks(limit: int, pupils: int) -> list[bool]:
    """The dots of a load meter: one per pupil, up to the limit at least and ten at most."""
    return [place < pupils for place in range(min(max(limit, pupils), 10))]


@register.filter
def thousands(number: int) -> str:
    """A whole number with commas: 12,345."""
    return f"{number:,}"


class Dated(Protocol):
    """What bears another name from year to year, such as a class."""

    def name(self, on: date) -> str: ...


@register.filter
def name_on(dated: Dated, day: date) -> str:
    """The name it has on the day: 三年级2班."""
    return dated.name(day)
