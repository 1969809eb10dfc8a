"""Workbooks the office takes out to bring them back: empty forms, refused rows, the register to correct."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import District, Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.workbooks.filling import write_fill_in
from pairings.access import visible_entries
from reports.actions import OfficeFile, issue_office_file
from reports.exports.office import blank, refused_rows, register_to_correct
from reports.forms import DownloadForm, PrefilledForm
from reports.models import Export
from reports.views.downloads import workbook_response
from students.access import visible_imports
from students.imports.previews import preview_from_text
from students.models import Register, RosterImport
from students.models.registers import RegisterEntryQuerySet

SETTLED = "这次导入已经办结，退回的行不再保留。请改好原文件后重新上传。"
NO_ROW = "没有退回的行。"
NOBODY = "这个名册上没有这样的学生，请改选名册或学校。"


def _district(request: StaffRequest) -> District:
    if request.user.district is None:
        raise PermissionDenied
    return request.user.district


@require_GET
@requires(Right.KEEP_REGISTERS)
def import_template(request: StaffRequest, kind: str) -> HttpResponse:
    """The empty form of one kind of list."""
    if kind not in RosterImport.Kind:
        raise Http404
    asked = RosterImport.Kind(kind)
    content = write_fill_in(blank(asked, _district(request), request.today))
    return workbook_response(content, f"模板-{asked.label.replace(' ', '-')}.xlsx")


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_imports)
def import_returned(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The refused rows of an import with the reason beside them; they hold ID numbers, so a reason is asked."""
    roster: RosterImport = get_object_or_404(
        visible_imports(request.user, request.today), public_id=public_id
    )
    form = DownloadForm(request.POST)
    if not roster.is_open or not preview_from_text(roster.preview).returning:
        messages.error(request, NO_ROW if roster.is_open else SETTLED)
        return redirect(roster)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.as_data()["reason"][0].messages))
        return redirect(roster)
    file = OfficeFile(
        kind=Export.OfficeFile.RETURNED,
        district=roster.district,
        year=roster.year,
        as_of=roster.listed_on,
        name=f"退回的行-{roster.year}-{roster.get_kind_display().replace(' ', '-')}.xlsx",
        draw=partial(refused_rows, roster),
    )
    return _issued(request, file, form.cleaned_data["reason"])


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS)
def register_prefilled(request: StaffRequest) -> HttpResponse:
    """The register of the year filled in, of one school or all, without ID numbers and student numbers."""
    schools = School.objects.visible_to(request.user).open(request.day)
    form = PrefilledForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        entries = _entries(request, form.cleaned_data)
        if entries.exists():
            return _issued(
                request, _prefilled(request, form.cleaned_data, entries), form.cleaned_data["reason"]
            )
        form.add_error("register", NOBODY)
    return render(request, "reports/register_prefilled.html", {"form": form, "year": request.year})


def _entries(request: StaffRequest, asked: dict[str, Any]) -> RegisterEntryQuerySet:
    """Who is on the register on the day, at the school if one was asked for."""
    entries = visible_entries(request.user, request.today).listed(request.year, request.day)
    if asked["school"] is not None:
        entries = entries.at_school(asked["school"], request.day)
    return entries.filter(register=asked["register"])


def _prefilled(request: StaffRequest, asked: dict[str, Any], entries: RegisterEntryQuerySet) -> OfficeFile:
    register, district, day = Register(asked["register"]), _district(request), request.day
    return OfficeFile(
        kind=Export.OfficeFile.PREFILLED,
        district=district,
        year=request.year,
        as_of=day,
        name=f"预填-{request.year}-{register.label}.xlsx",
        draw=partial(register_to_correct, register, entries, request.year, district, day),
    )


def _issued(request: StaffRequest, file: OfficeFile, reason: str) -> HttpResponse:
    issued = issue_office_file(file=file, reason=reason, at=timezone.localtime(), by=request.user)
    return workbook_response(issued.content, issued.name)
