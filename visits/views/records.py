"""One visit: reading it with its former texts, correcting it, ticking off its promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairings.access import visible_students
from visits.access import can_correct_visit, can_follow_up, can_read_restricted, visible_visits
from visits.actions import correct_visit, mark_followed_up, mark_note_read
from visits.forms import FollowedUpForm, VisitCorrectionForm, folds
from visits.models import Visit

# Said at the head of the page, and in the panel of the promise.
SAID_ELSEWHERE = frozenset({"visited_on", "way", "situation", "follow_up", "follow_up_on"})


@require_GET
@audited_read("家访记录")
def visit_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What was written, by whom, and how it read before; the pupil's name as it was where the pupil is out of sight."""
    visit = _visit(request, public_id)
    student = visible_students(request.user, request.today).filter(pk=visit.student_id).first()
    can_read = can_read_restricted(request.user, visit)
    context = {
        "visit": visit,
        "student": student,
        "facts": [words for name, words in visit.told.items() if words[1] and name not in SAID_ELSEWHERE],
        "can_read_restricted": can_read,
        "corrections": list(_corrections(visit, can_read)),
        "can_correct": can_correct_visit(request.user, visit),
        "can_mark_read": request.user.may(Right.READ_RESTRICTED) and visit.note_read_on is None,
        "can_follow_up": can_follow_up(request.user, visit, request.today),
        "follow_up_form": FollowedUpForm(initial={"followed_up_on": request.today}, today=request.today),
    }
    return render(request, "visits/visit_detail.html", context)


@require_http_methods(["GET", "POST"])
@audited_read("家访记录")
def visit_correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct the text; the former one is kept and shown."""
    visit = _visit(request, public_id)
    if not can_correct_visit(request.user, visit):
        raise PermissionDenied
    form = VisitCorrectionForm(
        request.POST or None,
        instance=visit,
        today=request.today,
        can_read_restricted=can_read_restricted(request.user, visit),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            correct_visit(form=form, by=request.user, at=timezone.now())
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "已更正，原来的内容仍可在本页查看。")
            return redirect(visit)
    context = {"visit": visit, "form": form, "form_folds": list(folds(form)), "conflict": conflict}
    return render(request, "visits/visit_correct.html", context)


@require_POST
def visit_followed_up(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The promise was kept on the given day."""
    visit = _visit(request, public_id)
    if not can_follow_up(request.user, visit, request.today):
        raise PermissionDenied
    form = FollowedUpForm(request.POST, today=request.today)
    try:
        if form.is_valid():
            mark_followed_up(visit=visit, on=form.cleaned_data["followed_up_on"], by=request.user)
            messages.success(request, "已标记为“已跟进”。")
    except ValidationError as refused:
        form.add_error(None, refused)
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    return redirect(visit)


@require_POST
def visit_note_read(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The leading group has read the restricted note that the page showed."""
    visit = _visit(request, public_id)
    if not request.user.may(Right.READ_RESTRICTED):
        raise PermissionDenied
    try:
        shown = _number(request.POST.get("version", ""))
        mark_note_read(visit=visit, version=shown, on=request.today, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "已标记为“已阅”。")
    return redirect(visit)


def _number(text: str) -> int:
    """The version a page showed; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _visit(request: StaffRequest, public_id: UUID) -> Visit:
    visits = visible_visits(request.user, request.today).select_related(
        "student", "teacher__school", "created_by", "pairing"
    )
    visit: Visit = get_object_or_404(visits, public_id=public_id)
    return visit


@dataclass(frozen=True)
class Correction:
    """What one correction changed, in words: label, former, later."""

    at: datetime
    by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    is_note_changed: bool


def _corrections(visit: Visit, can_read_restricted: bool) -> Iterator[Correction]:
    """The corrections newest first; the restricted note's former text only for those who may read it."""
    later = visit
    for revision in visit.revisions.select_related("corrected_by"):
        former = revision.former
        changes = _changes(former, later)
        is_note_changed = former.restricted_note != later.restricted_note
        if is_note_changed and can_read_restricted:
            changes = (*changes, ("保密备注", former.restricted_note, later.restricted_note))
        yield Correction(
            at=revision.corrected_at,
            by=revision.corrected_by.name,
            reason=revision.reason,
            changes=changes,
            is_note_changed=is_note_changed and not can_read_restricted,
        )
        later = former


def _changes(former: Visit, later: Visit) -> tuple[tuple[str, str, str], ...]:
    told = later.told
    return tuple(
        (label, words, told[name][1])
        for name, (label, words) in former.told.items()
        if words != told[name][1]
    )
