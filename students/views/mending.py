"""Refused rows of an import are put right here, one at a time."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from students.access import visible_imports
from students.actions.mending import SETTLED, leave_row_out, mend_row, take_mend_back
from students.forms.mending import MendForm, place_of, row_at
from students.imports.mending import RowPlace
from students.imports.previews import preview_from_text
from students.models import RosterImport
from students.views.import_kinds import PLANNERS
from students.views.import_pages import back_to_tab

ACCEPTED, STILL_REFUSED = "第 {number} 行已改好，可以导入。", "第 {number} 行已保存，但仍有问题，请看原因。"


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_row_mend(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Type cells of a row anew; it is read and compared again like the rest."""
    return _decided(request, public_id, _mended)


def _mended(request: StaffRequest, roster: RosterImport, place: RowPlace) -> None:
    row = row_at(preview_from_text(roster.preview or ""), place)
    form = MendForm(request.POST, row=row)
    if not form.is_valid():
        raise ValidationError([message for errors in form.errors.values() for message in errors])
    turn = request.POST.get("turn", "")
    current = mend_row(
        roster=roster,
        place=place,
        turn=int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 10 else -1,
        cells=form.typed,
        planner=PLANNERS[roster.kind],
        by=request.user,
    )
    is_refused = row_at(preview_from_text(current.preview or ""), place).is_refused
    if is_refused:
        messages.warning(request, STILL_REFUSED.format(number=place[1]))
    else:
        messages.success(request, ACCEPTED.format(number=place[1]))


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_row_leave_out(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Do not bring the row in."""
    return _decided(request, public_id, _left_out)


def _left_out(request: StaffRequest, roster: RosterImport, place: RowPlace) -> None:
    leave_row_out(roster=roster, place=place, planner=PLANNERS[roster.kind], by=request.user)
    messages.success(request, f"第 {place[1]} 行不导入。可以在“不导入”里取消。")


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_row_take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read the row again as the file has it."""
    return _decided(request, public_id, _taken_back)


def _taken_back(request: StaffRequest, roster: RosterImport, place: RowPlace) -> None:
    take_mend_back(roster=roster, place=place, planner=PLANNERS[roster.kind], by=request.user)
    messages.success(request, f"第 {place[1]} 行恢复为文件里的内容。")


def _decided(
    request: StaffRequest, public_id: UUID, decide: Callable[[StaffRequest, RosterImport, RowPlace], None]
) -> HttpResponse:
    """Find the import and the row, decide, and go back to the tab it was decided under."""
    rosters = RosterImport.objects.visible_to(request.user)
    roster: RosterImport = get_object_or_404(rosters, public_id=public_id)
    try:
        if not roster.is_open:
            raise ValidationError(SETTLED)
        decide(request, roster, place_of(request.POST.get("row", "")))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(back_to_tab(request, roster))
