"""What the page of one import shows: tabs, rows, settings, and how to go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.paging import PAGE_SIZE, Page
from pairings.models import Campaign, Pairing
from reports.forms import DownloadForm
from students.forms.imports import END_REASONS, SchoolsForm, settings_form
from students.forms.mending import MendForm
from students.imports.previews import Preview, ShownMissing, ShownRow, preview_from_text
from students.imports.rows import RowState
from students.models import RosterImport

ABANDONED_AFTER = timedelta(days=7)
REGISTERS = {RosterImport.Kind.COUNTY_FILED, RosterImport.Kind.DISTRICT_RECOGNISED}


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of rows, with how many there are."""

    key: str
    label: str
    count: int
    is_current: bool = False


ROWS_UNDER: dict[str, tuple[str, Callable[[ShownRow], bool]]] = {
    "refused": ("拒绝", lambda row: row.is_refused and not row.is_left_out),
    "asked": ("待定", lambda row: bool(row.questions)),
    "waiting": ("另一名册", lambda row: bool(row.choice)),
    "new": ("新增", lambda row: row.state == RowState.NEW),
    "changed": (
        "变更",
        lambda row: bool(row.changes) and row.state in (RowState.CHANGED, RowState.PROMOTED),
    ),
    "promoted": ("升学", lambda row: row.state == RowState.PROMOTED),
    "kept": ("保留更正", lambda row: bool(row.corrections)),
    "mended": ("已修改", lambda row: row.is_mended and not row.is_refused),
    "leftout": ("不导入", lambda row: row.is_left_out),
    "warned": ("提醒", lambda row: bool(row.warnings) and not row.is_refused),
    "unchanged": ("不变", lambda row: row.state == RowState.UNCHANGED),
}
MISSING = "missing"
MENDING = {"refused", "mended", "leftout"}


def preview_page(request: StaffRequest, roster: RosterImport) -> dict[str, Any]:
    """Names for the page of an import that waits for a decision."""
    preview = preview_from_text(roster.preview)
    schools = School.objects.visible_to(request.user).open(request.today)
    tabs, current = _tabs(preview, request.GET.get("tab", ""))
    page = _page(_rows_under(preview, current), current, request.GET.get("page", ""))
    return {
        "roster": roster,
        "preview": preview,
        "row_tabs": tabs,
        "tab": current,
        "page": page,
        "missing_rows": _missing_rows(page.rows, roster, request) if current == MISSING else [],
        "settings_form": settings_form(None, roster, request.today),
        "schools_form": SchoolsForm(preview=preview, schools=schools),
        "undecided_schools": sum(not choice for _, choice in preview.unknown_schools),
        "end_reasons": END_REASONS,
        "is_register": roster.kind in REGISTERS,
        "opens_campaign": not _has_campaign(request, roster.year),
        "takes": _takes(roster.counts),
        "returned_form": DownloadForm(auto_id="returned-%s"),
        "rows": _with_forms(page.rows, current),
    }


def _with_forms(rows: Sequence[Any], tab: str) -> list[tuple[Any, MendForm | None]]:
    """The rows of the page, under the tabs that are about mending each with its form if a cell can be typed anew."""
    is_mending = tab in MENDING
    return [
        (row, MendForm(row=row, place=place) if is_mending and row.cells else None)
        for place, row in enumerate(rows)
    ]


def result_page(request: StaffRequest, roster: RosterImport) -> dict[str, Any]:
    """Names for the page of a settled import: its counts, and what to do next."""
    labels = {key: label for key, (label, _) in ROWS_UNDER.items()} | {"moved": "转入", "ended": "移出"}
    shown = ("new", "changed", "promoted", "unchanged", "moved", "ended", "refused")
    return {
        "roster": roster,
        "results": [(labels[key], roster.counts[key]) for key in shown if roster.counts.get(key)],
        "is_register": roster.kind in REGISTERS,
        "change_set": roster.change_set,
        "is_undoable": roster.change_set is not None and roster.change_set.is_in_time(request.today),
    }


def _tabs(preview: Preview, asked: str) -> tuple[list[Tab], str]:
    """Tabs that hold rows, and the one to show: the one asked for, else the first."""
    counts = {key: sum(map(holds, preview.rows)) for key, (_, holds) in ROWS_UNDER.items()}
    filled = [(key, label, counts[key]) for key, (label, _) in ROWS_UNDER.items() if counts[key]]
    if preview.missing:
        filled.insert(
            -1 if counts["unchanged"] else len(filled), (MISSING, "名单上没有", len(preview.missing))
        )
    keys = [key for key, _, _ in filled]
    current = asked if asked in keys else next(iter(keys), "new")
    return [Tab(key, label, count, key == current) for key, label, count in filled], current


def _rows_under(preview: Preview, tab: str) -> Sequence[Any]:
    if tab == MISSING:
        return preview.missing
    holds = ROWS_UNDER[tab][1]
    return [row for row in preview.rows if holds(row)]


def _page(rows: Sequence[Any], tab: str, asked: str) -> Page[Any]:
    """Fifty rows of a list that is in memory."""
    last = max(1, -(-len(rows) // PAGE_SIZE))
    claimed = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len(str(last)) + 1 else 1
    number = min(max(claimed, 1), last)
    return Page(
        rows=rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(rows),
        is_capped=False,
        number=number,
        previous=f"?tab={tab}&page={number - 1}" if number > 1 else "",
        next=f"?tab={tab}&page={number + 1}" if number < last else "",
    )


def _missing_rows(
    rows: Sequence[ShownMissing], roster: RosterImport, request: StaffRequest
) -> list[tuple[ShownMissing, str, str]]:
    """The missing of the page, each with the page about the person and the teachers who help the pupil today."""
    page = "teacher_detail" if roster.kind == RosterImport.Kind.TEACHERS else "student_detail"
    helpers = _helpers(rows, request)
    return [(row, reverse(page, args=[row.subject_id]), helpers.get(row.subject_id, "")) for row in rows]


def _helpers(rows: Sequence[ShownMissing], request: StaffRequest) -> dict[str, str]:
    """The names of today's teachers by the pupil's public id."""
    helping = Pairing.objects.active(request.today).filter(
        student__public_id__in=[row.subject_id for row in rows], student__district=request.user.district
    )
    found: dict[str, list[str]] = {}
    for public_id, name in helping.values_list("student__public_id", "teacher__name"):
        found.setdefault(str(public_id), []).append(name)
    return {public_id: "、".join(names) for public_id, names in found.items()}


def back_to_tab(request: StaffRequest, roster: RosterImport) -> str:
    """The address of the import under the tab a form was sent from."""
    tab = request.POST.get("tab", "")
    return (
        f"{roster.get_absolute_url()}?tab={tab}"
        if tab.isascii() and tab.isalpha()
        else roster.get_absolute_url()
    )


def _has_campaign(request: StaffRequest, year: int) -> bool:
    return Campaign.objects.visible_to(request.user).filter(year=year).exists()


def _takes(counts: dict[str, int]) -> int:
    """Rows that confirming brings in, unchanged ones included."""
    return counts["rows"] - counts["refused"] - counts.get("waiting", 0)


def is_abandoned(roster: RosterImport) -> bool:
    """Whether an import has waited for a decision for more than a week."""
    return roster.is_open and timezone.now() - roster.created_at > ABANDONED_AFTER
