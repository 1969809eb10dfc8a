"""One batch: its summary, its rows, and the way from the draft to the published pairings."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires, visible_teachers
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate, sort_order
from pairings.access import can_confirm_pairings, can_keep_pairings, visible_batches
from pairings.actions.proposals import calculate_again, publish, send_back, submit, take_back, withdraw
from pairings.actions.proposing.changes import review
from pairings.forms.proposals import ProposalFilter, ProposalReturnForm
from pairings.models import ProposalBatch
from pairings.views.proposal_pages import proposal_lines, settled_numbers, summary_of

ORDERS = {
    "student": ("school_class__school__name", "student__pinyin"),
    "teacher": ("teacher__school__name", "teacher__pinyin", "teacher_id", "student__pinyin"),
}


@require_GET
@requires(Right.SEE_DISTRICT, rows=visible_batches)
@audited_read("结对方案")
def proposal_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The batch for whoever has to act on it: where it leaves whom, what changed meanwhile, row by row."""
    batch = _batch(request, public_id)
    is_open = batch.is_editable or batch.waits_for_group
    found = review(batch, request.today) if is_open else None
    filters = _filters(request)
    rows = filters.apply(batch.proposals.with_people())
    page = paginate(rows, request.GET, order=sort_order(request.GET, ORDERS, "student"))
    context = {
        "batch": batch,
        "review": found,
        "summary": summary_of(found) if found else None,
        "numbers": settled_numbers(batch) if found is None else (),
        "filters": filters,
        "page": page,
        "lines": proposal_lines(page.rows, found, batch.day(request.today)),
        "can_edit": can_keep_pairings(request.user) and batch.is_editable,
        "can_take_back": can_keep_pairings(request.user) and batch.waits_for_group,
        "can_decide": can_confirm_pairings(request.user) and batch.waits_for_group,
    }
    return render(request, "pairings/proposal_detail.html", context)


def _filters(request: StaffRequest) -> ProposalFilter:
    return ProposalFilter(
        request.GET,
        schools=School.objects.visible_to(request.user),
        teachers=visible_teachers(request.user, request.today).select_related("school"),
    )


def _batch(request: StaffRequest, public_id: UUID) -> ProposalBatch:
    batches = visible_batches(request.user, request.today)
    found: ProposalBatch = get_object_or_404(
        batches.select_related("district", "created_by", "submitted_by", "decided_by"), public_id=public_id
    )
    return found


def _done(request: StaffRequest, batch: ProposalBatch, act: Callable[[], Any], words: str) -> HttpResponse:
    """Act, say how it went, and come back to the batch."""
    try:
        act()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, words)
    return redirect(batch)


@require_POST
@requires(Right.KEEP_PAIRINGS, rows=visible_batches)
def proposal_calculate(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Fill the batch anew around what is fixed."""
    batch = _batch(request, public_id)
    now = timezone.now()
    return _done(
        request,
        batch,
        lambda: calculate_again(batch=batch, by=request.user, today=request.today, now=now),
        "已按现在的资料重新计算，固定和手工指定的没有改动。",
    )


@require_POST
@requires(Right.KEEP_PAIRINGS, rows=visible_batches)
def proposal_submit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Put the batch before the leading group."""
    batch = _batch(request, public_id)
    now = timezone.now()
    return _done(
        request,
        batch,
        lambda: submit(batch=batch, by=request.user, today=request.today, now=now),
        "方案已提交，等领导小组确认。确认之前对任何人都没有约束。",
    )


@require_POST
@requires(Right.KEEP_PAIRINGS, rows=visible_batches)
def proposal_take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Go on with a batch nobody has decided on yet."""
    batch = _batch(request, public_id)
    return _done(
        request, batch, lambda: take_back(batch=batch, by=request.user), "方案已取回，可以继续修改。"
    )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS, rows=visible_batches)
def proposal_withdraw(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give a draft up, after asking."""
    batch = _batch(request, public_id)
    if request.method == "POST":
        return _done(
            request, batch, lambda: withdraw(batch=batch, by=request.user), "方案已作废，没有建立结对。"
        )
    return render(request, "pairings/proposal_withdraw.html", {"batch": batch})


@require_POST
@requires(Right.CONFIRM_PAIRINGS, rows=visible_batches)
def proposal_publish(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open all the pairings at once, if everything is still as it was shown."""
    batch = _batch(request, public_id)
    try:
        opened = publish(
            batch=batch,
            seen=request.POST.get("seen", ""),
            by=request.user,
            today=request.today,
            now=timezone.now(),
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        words = f"已发布，建立 {opened} 对结对。" if opened else "这个方案已经发布过了。"
        messages.success(request, words)
    return redirect(batch)


@require_http_methods(["GET", "POST"])
@requires(Right.CONFIRM_PAIRINGS, rows=visible_batches)
def proposal_return(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Send the batch back to the office with what should be otherwise."""
    batch = _batch(request, public_id)
    form = ProposalReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_back(
                batch=batch, decision=form.cleaned_data["decision"], by=request.user, now=timezone.now()
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "方案已退回办公室修改。")
            return redirect(batch)
    return render(request, "pairings/proposal_return.html", {"batch": batch, "form": form})
