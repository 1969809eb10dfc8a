"""Which column of the file is read as what: shown with samples, changed, remembered, forgotten."""

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
from students.access import visible_imports
from students.actions.columns import SETTLED, choose_columns, forget_columns
from students.forms.columns import ColumnsForm
from students.imports.layouts import columns_in, laid_out
from students.imports.previews import preview_from_text
from students.imports.storing import workbook_from_text
from students.models import RosterImport
from students.views.import_kinds import PLANNERS, all_columns


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
@audited_read("名册列对应")
def import_columns(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Every column with a few of its values and what it is read as; another choice reads the file anew."""
    roster = _visible(request, public_id)
    if not roster.is_open:
        messages.info(request, SETTLED)
        return redirect(roster)
    columns = all_columns(request.today)[roster.kind]
    found = columns_in(laid_out(workbook_from_text(roster.reading or ""), roster), columns)
    form = ColumnsForm(request.POST or None, found=found, columns=columns)
    if request.method == "POST" and form.is_valid() and _chosen(request, roster, form):
        return redirect(roster)
    is_told = roster.kind in roster.school_choices.get("columns", {})
    problem = " ".join(preview_from_text(roster.preview or "").notes) if roster.waits_for_columns else ""
    page = {"roster": roster, "form": form, "is_told": is_told, "problem": problem}
    return render(request, "students/import_columns.html", page)


def _visible(request: StaffRequest, public_id: UUID) -> RosterImport:
    roster: RosterImport = get_object_or_404(
        RosterImport.objects.visible_to(request.user), public_id=public_id
    )
    return roster


def _chosen(request: StaffRequest, roster: RosterImport, form: ColumnsForm) -> bool:
    """Read the file as the form says; a list that cannot be read so is told on the same page."""
    try:
        choose_columns(
            roster=roster,
            chosen=form.chosen,
            columns=form.columns,
            planner=PLANNERS[roster.kind],
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, "已按新的列对应重新比对；下次遇到同样的表头会照此读取。")
    return True


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_columns_forget(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Read the file by the words of its headers again, and forget what was said about them."""
    roster = _visible(request, public_id)
    columns = all_columns(request.today)[roster.kind]
    try:
        forget_columns(roster=roster, columns=columns, planner=PLANNERS[roster.kind], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(roster)
    messages.success(request, "已忘记这套表头的列对应，重新按表头识别。")
    return redirect("import_columns", roster.public_id)
