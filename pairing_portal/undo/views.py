"""A decision of today is looked at once more, and taken back."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.models import Row
from pairing_portal.undo.access import may_undo, visible_changes
from pairing_portal.undo.actions import problem_of, undo
from pairing_portal.undo.models import ChangeSet, Kind
from pairing_portal.undo.steps import rows_of, table_of
from pairing_portal.undo.telling import points_of

LISTS: Mapping[str, str] = {Kind.POST: "leadership_list"}  # rows without a page of their own


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, Right.KEEP_PAIRINGS, rows=visible_changes)
@audited_read("撤销办理")
def change_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What would be taken back, or what stands against it; then take it back."""
    changes = visible_changes(request.user, request.today).select_related("created_by", "undone_by")
    change_set = get_object_or_404(changes, public_id=public_id)
    if not may_undo(request.user, change_set):
        raise PermissionDenied
    if request.method == "POST":
        return _undone(request, change_set)
    problem = problem_of(change_set, request.today)
    context = {
        "change_set": change_set,
        "problem": problem,
        "points": [] if problem else points_of(change_set),
        "back": _page_of(change_set),
    }
    return render(request, "undo/change_undo.html", context)


def _undone(request: StaffRequest, change_set: ChangeSet) -> HttpResponse:
    try:
        undo(change_set=change_set, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"已撤销：{change_set.title}。")
    return redirect(_page_of(change_set))


def _page_of(change_set: ChangeSet) -> str:
    """The list of its kind, or the page of the first row that the decision is about and that is still there."""
    if change_set.kind in LISTS:
        return reverse(LISTS[change_set.kind])
    return next(_pages(change_set), reverse("home"))


def _pages(change_set: ChangeSet) -> Iterator[str]:
    for subject in change_set.subjects.all():
        model: type[Row] = table_of(subject.table)
        row = rows_of(model).filter(public_id=subject.row_id).first()
        if row is not None and hasattr(row, "get_absolute_url"):
            yield row.get_absolute_url()
