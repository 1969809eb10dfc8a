"""A workbook is uploaded, looked at, decided upon, confirmed and undone here; the history lists them all."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import District, Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.paging import paginate
from pairing_portal.lib.uploads import upload_is_too_large
from pairing_portal.undo.actions import problem_of
from pairing_portal.undo.telling import points_of
from pairings.actions.campaigns import open_campaign_of
from students.access import visible_imports
from students.actions.imports import (
    NOT_WRITTEN,
    compare_again,
    confirm_roster,
    discard_roster,
    receive_roster,
    undo_roster,
)
from students.forms.imports import UploadForm, refreshed
from students.imports.previews import preview_from_text
from students.imports.storing import workbook_from_text
from students.models import RosterImport
from students.views.import_kinds import PLANNERS, as_remembered, guessed_settings
from students.views.import_pages import back_to_tab, is_abandoned, preview_page, result_page
from students.views.import_progress import sent_on, tell_comparing, watched


@require_GET
@requires(Right.KEEP_REGISTERS)
def import_list(request: StaffRequest) -> HttpResponse:
    """Who brought in what, when, and what came of it."""
    imports = RosterImport.objects.visible_to(request.user).defer("reading", "preview")
    page = paginate(imports.select_related("created_by", "settled_by", "change_set__undone_by"), request.GET)
    rows = [(roster, is_abandoned(roster)) for roster in page.rows]
    return render(request, "students/import_list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS)
def import_new(request: StaffRequest) -> HttpResponse:
    """Choose a file; the answer is what it would change."""
    if request.method == "POST":
        with watched(request):
            return _uploaded(request)
    return render(request, "students/import_new.html", _upload_page(UploadForm(today=request.today)))


def _uploaded(request: StaffRequest) -> HttpResponse:
    """Read and compare; on to the changes, or back to the form with what is wrong."""
    is_too_large = upload_is_too_large(request)
    form = UploadForm(request.POST, request.FILES, today=request.today, is_too_large=is_too_large)
    if form.is_valid():
        submission_id = form.cleaned_data["submission_id"]
        if sent := RosterImport.objects.submitted(request.user, submission_id).first():
            return sent_on(request, _next_page(sent))
        try:
            return sent_on(request, _next_page(_received(request, form)))
        except ValidationError as error:
            form.add_error("file", error)
    return render(request, "students/import_new.html", _upload_page(form))


def _upload_page(form: UploadForm) -> dict[str, object]:
    """The form, and the kinds of lists there are empty forms of."""
    return {"form": form, "kinds": RosterImport.Kind.choices}


def _next_page(roster: RosterImport) -> str:
    """What the file changes; which column is which, where the list cannot be read without it."""
    if roster.waits_for_columns:
        return reverse("import_columns", args=[roster.public_id])
    return roster.get_absolute_url()


def _received(request: StaffRequest, form: UploadForm) -> RosterImport:
    tell_comparing(request, form.cleaned_data["submission_id"])
    settings = guessed_settings(form.cleaned_data, request)
    return receive_roster(
        upload=form.cleaned_data["file"],
        settings=settings,
        planner=PLANNERS[settings.kind],
        district=_district(request),
        by=request.user,
        submission_id=form.cleaned_data["submission_id"],
    )


def _district(request: StaffRequest) -> District:
    if request.user.district is None:
        raise PermissionDenied
    return request.user.district


@require_GET
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
@audited_read("名册导入")
def import_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the file changes, row by row; once settled, what it changed."""
    roster = _visible(request, public_id)
    page = preview_page(request, roster) if roster.is_open else result_page(request, roster)
    return render(request, "students/import_detail.html", page)


def _visible(request: StaffRequest, public_id: UUID) -> RosterImport:
    roster: RosterImport = get_object_or_404(
        RosterImport.objects.visible_to(request.user), public_id=public_id
    )
    return roster


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_refresh(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Compare again: under other settings, with schools decided, rows ticked, or simply as things stand now."""
    roster = _visible(request, public_id)
    if roster.is_open:
        schools = School.objects.visible_to(request.user)
        preview = preview_from_text(roster.preview)
        try:
            settings = refreshed(request.POST, roster, preview, schools, request.today)
            if settings.kind != roster.kind:
                settings = as_remembered(settings, workbook_from_text(roster.reading), request)
            compare_again(roster=roster, settings=settings, planner=PLANNERS[settings.kind])
            messages.success(request, "已按现在的资料重新比对。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    return redirect(back_to_tab(request, roster))


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write what was shown, and open the year's campaign if there is none; all of it or nothing."""
    roster = _visible(request, public_id)
    try:
        settled = confirm_roster(
            roster=roster,
            planner=PLANNERS[roster.kind],
            accepts_alarm="accepts_alarm" in request.POST,
            by=request.user,
            now=timezone.now(),
            further=open_campaign_of,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        request.session["year"] = settled.year
    return redirect(roster)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Set the file aside; nothing is written."""
    discard_roster(roster=_visible(request, public_id), by=request.user, now=timezone.now())
    messages.success(request, "已放弃这次导入，没有写入任何内容。")
    return redirect("import_list")


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
@audited_read("名册导入")
def import_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What an import wrote and would be taken back, or what stands against it; then take it back."""
    roster = _visible(request, public_id)
    if request.method == "POST":
        return _undone(request, roster)
    if not roster.is_written or roster.change_set is None:
        messages.info(request, NOT_WRITTEN)
        return redirect(roster)
    problem = problem_of(roster.change_set, request.today)
    points = [] if problem else points_of(roster.change_set)
    return render(
        request, "students/import_undo.html", {"roster": roster, "problem": problem, "points": points}
    )


def _undone(request: StaffRequest, roster: RosterImport) -> HttpResponse:
    try:
        undo_roster(roster=roster, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(roster)
