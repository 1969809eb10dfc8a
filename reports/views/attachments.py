"""The three attachments: what is odd about them, and the download."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from reports.actions import IssuedFile, issue_attachment
from reports.exports.attachments import ATTACHMENTS, Attachment
from reports.forms import ExportForm
from reports.models import Edition, Export
from reports.rules.attachments import checks
from reports.rules.todos import Todo
from reports.views.downloads import workbook_response
from reports.views.standpoint import scope_of

UNITS = {Export.Attachment.PAIRINGS: "对"}


@dataclass(frozen=True, slots=True)
class Card:
    """One attachment as the page offers it."""

    attachment: Attachment
    title: str
    form: ExportForm
    count: int
    unit: str
    checks: list[Todo]


@require_GET
@requires(Right.EXPORT)
@audited_read("附件导出")
def attachment_list(request: StaffRequest) -> HttpResponse:
    """The three attachments with what to look at before sending them."""
    return _page(request, {})


@require_POST
@requires(Right.EXPORT)
def attachment_export(request: StaffRequest, attachment: int) -> HttpResponse:
    """The workbook, or the page again with what is still to be filled in."""
    chosen = {kind.value: found for kind, found in ATTACHMENTS.items()}.get(attachment)
    if chosen is None or request.user.district is None:
        raise Http404
    form = _form(request, chosen, request.POST)
    if not form.is_valid():
        return _page(request, {chosen.kind: form})
    issued = _issued(request, chosen, form.cleaned_data)
    return workbook_response(issued.content, issued.name)


def _issued(request: StaffRequest, attachment: Attachment, asked: dict[str, Any]) -> IssuedFile:
    return issue_attachment(
        attachment=attachment,
        edition=Edition(asked["edition"]),
        scope=replace(scope_of(request), day=asked["as_of"]),
        at=timezone.localtime(),
        reason=asked["reason"],
        notice_ends_on=asked["notice_ends_on"],
        with_optional=asked["with_optional"],
    )


def _page(request: StaffRequest, refused: dict[Export.Attachment, ExportForm]) -> HttpResponse:
    cards = [_card(request, found, refused.get(kind)) for kind, found in ATTACHMENTS.items()]
    return render(request, "reports/attachment_list.html", {"cards": cards, "year": request.year})


def _card(request: StaffRequest, attachment: Attachment, refused: ExportForm | None) -> Card:
    scope = scope_of(request)
    lines = attachment.lines(scope)
    district = request.user.district
    return Card(
        attachment=attachment,
        title=attachment.title_of(Edition.FULL, district, request.year) if district else "",
        form=refused or _form(request, attachment, None),
        count=len(lines),
        unit=UNITS.get(attachment.kind, "人"),
        checks=checks(attachment, lines, scope),
    )


def _form(request: StaffRequest, attachment: Attachment, data: Any) -> ExportForm:
    return ExportForm(
        data,
        year=request.year,
        day=request.day,
        today=request.today,
        optional_titles=attachment.optional_titles,
        auto_id=f"export{attachment.kind.value}_%s",
    )
