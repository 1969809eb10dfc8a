"""Single rows of a batch: another teacher, fixed or free, left out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairings.access import visible_proposals
from pairings.actions.proposals import leave_out, pin, place_by_hand
from pairings.forms.proposals import ProposalPlaceForm
from pairings.metrics import nearest_first, teachers_with_load, with_proposed
from pairings.models import Proposal
from pairings.views.standpoint import own_district

KEPT_PARAMETERS = ("school", "teacher", "show", "sort", "after", "before", "page")


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS, rows=visible_proposals)
@audited_read("结对方案")
def proposal_place(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Choose the pupil's teacher by hand, everybody's load in sight."""
    row = _row(request, public_id)
    if not row.batch.is_editable:
        messages.info(request, f"方案{row.batch.get_state_display()}，不能再修改。")
        return _back(request, row)
    form = ProposalPlaceForm(request.POST or None, instance=row, teachers=_teachers(request, row))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            place_by_hand(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"已指定：{row.teacher} 帮扶 {row.student}，重新计算时不变。")
            return _back(request, row)
    context = {"form": form, "row": row, "conflict": conflict, "back": _address(request, row)}
    return render(request, "pairings/proposal_place.html", context)


def _teachers(request: StaffRequest, row: Proposal) -> Any:
    teachers = teachers_with_load(own_district(request), row.batch.day(request.today))
    school = row.school_class.school_id if row.school_class else None
    return with_proposed(nearest_first(teachers, school), row.batch)


def _row(request: StaffRequest, public_id: UUID) -> Proposal:
    rows = visible_proposals(request.user, request.today).with_people().select_related("batch__district")
    found: Proposal = get_object_or_404(rows, public_id=public_id)
    return found


@require_POST
@requires(Right.KEEP_PAIRINGS, rows=visible_proposals)
def proposal_pin(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Keep the row through new calculations, or set it free."""
    row = _row(request, public_id)
    is_pinned = request.POST.get("is_pinned") == "1"
    try:
        pin(proposal=row, is_pinned=is_pinned, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        words = "已固定，重新计算时不变" if is_pinned else "已取消固定，重新计算时可能改变"
        messages.success(request, f"{row.student}：{words}。")
    return _back(request, row)


@require_POST
@requires(Right.KEEP_PAIRINGS, rows=visible_proposals)
def proposal_leave_out(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the pupil no teacher in this batch."""
    row = _row(request, public_id)
    try:
        leave_out(proposal=row, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"已移出 {row.student}，这次不安排；需要时可以再指定教师。")
    return _back(request, row)


def _back(request: StaffRequest, row: Proposal) -> HttpResponse:
    return redirect(_address(request, row))


def _address(request: StaffRequest, row: Proposal) -> str:
    """The page of the list from which the row was opened: the same conditions, the same place."""
    query = request.GET.copy()
    for name in list(query):
        if name not in KEPT_PARAMETERS:
            query.pop(name)
    return f"{row.batch.get_absolute_url()}?{query.urlencode()}" if query else row.batch.get_absolute_url()
