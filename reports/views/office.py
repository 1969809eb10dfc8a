"""Workbooks the office takes out to bring them back: empty forms, refused rows, the register to correct."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

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
from students.models import Register, RosterImport

SETTLED = "这次导入已经办结，退回的行不再保留。请改好原文件后重新上传。"
NOBODY = "这个名册上没有学生，没有可以下载的内容。"


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
    if not roster.is_open or not form.is_valid():
        words = [word for errors in form.errors.values() for word in errors] if roster.is_open else [SETTLED]
        messages.error(request, " ".join(words))
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


@require_POST
@requires(Right.KEEP_REGISTERS)
def register_prefilled(request: StaffRequest) -> HttpResponse:
    """The register of the year filled in, of one school or all, without ID numbers and student numbers."""
    form = PrefilledForm(request.POST, schools=School.objects.visible_to(request.user))
    if not form.is_valid():
        messages.error(request, " ".join(word for errors in form.errors.values() for word in errors))
        return redirect("import_new")
    register, school = Register(form.cleaned_data["register"]), form.cleaned_data["school"]
    entries = visible_entries(request.user, request.today).listed(request.year, request.day)
    if school is not None:
        entries = entries.at_school(school, request.day)
    if not entries.filter(register=register).exists():
        messages.error(request, NOBODY)
        return redirect("import_new")
    district, day = _district(request), request.day
    file = OfficeFile(
        kind=Export.OfficeFile.PREFILLED,
        district=district,
        year=request.year,
        as_of=day,
        name=f"预填-{request.year}-{register.label}.xlsx",
        draw=partial(register_to_correct, register, entries, request.year, district, day),
    )
    return _issued(request, file, form.cleaned_data["reason"])


def _issued(request: StaffRequest, file: OfficeFile, reason: str) -> HttpResponse:
    issued = issue_office_file(file=file, reason=reason, at=timezone.localtime(), by=request.user)
    return workbook_response(issued.content, issued.name)
