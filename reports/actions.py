"""An attachment leaves the portal: written, numbered, hashed and logged in one transaction (safety D4)."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import District
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
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
    _check(edition, reason, notice_ends_on)
    issue = _numbered(scope, edition, at, notice_ends_on)
    table = document(attachment, attachment.lines(scope), issue)
    content = write_table(table)
    export = _entry(attachment, issue, content)
    export.row_count, export.reason, export.created_by = len(table.rows), reason, scope.user
    export.save()
    record(scope.user, Action.EXPORTED, export, count=export.row_count, reason=reason)
    return IssuedFile(export, file_name(attachment, edition, scope.day), content)


def _numbered(scope: Scope, edition: Edition, at: datetime, notice_ends_on: date | None) -> Issue:
    """The next number of the district, which is locked until the file is registered."""
    if scope.district is None:
        raise ValidationError("您的账号还没有所属学区，不能导出。")
    district = District.objects.select_for_update().get(pk=scope.district.pk)
    return Issue(
        edition=edition,
        district=district,
        year=scope.year,
        as_of=scope.day,
        issued_on=scope.today,
        issued_by=scope.user.name,
        issued_at=at,
        number=_next_number(district, scope.year),
        notice_ends_on=notice_ends_on,
    )


def _entry(attachment: Attachment, issue: Issue, content: bytes) -> Export:
    """The file's line in the register of exports, as far as the file itself tells it."""
    return Export(
        district=issue.district,
        number=issue.number,
        attachment=attachment.kind,
        edition=issue.edition,
        year=issue.year,
        as_of=issue.as_of,
        notice_ends_on=issue.notice_ends_on,
        file_hash=sha256(content).hexdigest(),
    )


def _check(edition: Edition, reason: str, notice_ends_on: date | None) -> None:
    if edition == Edition.FULL and not reason:
        raise ValidationError("上报版含证件号码，请填写导出事由。")
    if edition == Edition.NOTICE and notice_ends_on is None:
        raise ValidationError("请填写公示结束日期。")


def _next_number(district: District, year: int) -> str:
    """Such as D1-2018-0007; exports are never deleted, so the count tells the next."""
    issued = Export.objects.filter(district=district, year=year).count()
    return f"D{district.pk}-{year}-{issued + 1:04d}"
