"""An attachment leaves the portal: written, numbered, hashed and logged in one transaction (safety D4)."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import District
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import moment_cn
from pairing_portal.lib.workbooks.writing import write_table
from reports.access import Scope
from reports.exports.attachments import Attachment, Issue, document, file_name
from reports.models import Edition, Export


@dataclass(frozen=True)
class IssuedFile:
    """The file with its name and its line in the register of exports."""

    export: Export
    name: str
    content: bytes


@transaction.atomic
def issue_attachment(
    *,
    attachment: Attachment,
    edition: Edition,
    scope: Scope,
    at: datetime,
    reason: str = "",
    notice_ends_on: date | None = None,
) -> IssuedFile:
    """Write the attachment as of the scope's day; each download is an export of its own, with its own number.

    ValidationError when 上报版 has no reason, 公示版 no end, or the person no district.
    """
    district = _locked_district(scope)
    _check(edition, reason, notice_ends_on)
    number = _next_number(district, scope.year)
    issue = Issue(
        edition=edition,
        district=district,
        year=scope.year,
        as_of=scope.day,
        issued_on=scope.today,
        issued_by=scope.user.name,
        notice_ends_on=notice_ends_on,
        mark=f"{scope.user.name} {moment_cn(at)} 导出编号 {number}",
    )
    table = document(attachment, attachment.lines(scope), issue)
    content = write_table(table)
    export = Export.objects.create(
        district=district,
        number=number,
        attachment=attachment.kind,
        edition=edition,
        year=scope.year,
        as_of=scope.day,
        notice_ends_on=notice_ends_on,
        reason=reason,
        row_count=len(table.rows),
        file_hash=sha256(content).hexdigest(),
        created_by=scope.user,
    )
    record(scope.user, Action.EXPORTED, export, count=export.row_count, reason=reason)
    return IssuedFile(export, file_name(attachment, edition, scope.day), content)


def _locked_district(scope: Scope) -> District:
    """Numbers are handed out one after the other within a district."""
    if scope.district is None:
        raise ValidationError("您的账号还没有所属学区，不能导出。")
    return District.objects.select_for_update().get(pk=scope.district.pk)


def _check(edition: Edition, reason: str, notice_ends_on: date | None) -> None:
    if edition == Edition.FULL and not reason:
        raise ValidationError("上报版含证件号码，请填写导出事由。")
    if edition == Edition.NOTICE and notice_ends_on is None:
        raise ValidationError("请填写公示结束日期。")


def _next_number(district: District, year: int) -> str:
    """Such as D1-2018-0007; exports are never deleted, so the count tells the next."""
    issued = Export.objects.filter(district=district, year=year).count()
    return f"D{district.pk}-{year}-{issued + 1:04d}"
