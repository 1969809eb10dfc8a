"""An attachment leaves the portal: written, numbered, hashed and logged (safety D4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import District, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.workbooks.filling import FillInDocument, write_fill_in
from pairing_portal.lib.workbooks.writing import write_table
from reports.access import Scope
from reports.exports.attachments import Attachment, Issue, document, file_name, mark_of
from reports.models import Edition, Export

TRIES = 5
BUSY = "同时导出的人较多，请稍后再试。"


@dataclass(frozen=True)
class IssuedFile:
    """The file with its line in the register of exports."""

    export: Export
    name: str
    content: bytes


class NumberTaken(Exception):
    """Somebody else of the district exported meanwhile."""


def issue_attachment(
    *,
    attachment: Attachment,
    edition: Edition,
    scope: Scope,
    at: datetime,
    reason: str = "",
    notice_ends_on: date | None = None,
    with_optional: bool = False,
) -> IssuedFile:
    """The attachment as of the scope's day; each download is an export of its own, with its own number.

    A large file takes seconds to write, so it is written before the database is locked, and once more when the
    number printed on it has been taken. ValidationError when 上报版 has no reason or 公示版 no end.
    """
    _check(edition, reason, notice_ends_on)
    lines = attachment.lines(scope)
    for _ in range(TRIES):
        issue = replace(_numbered(scope, edition, at, notice_ends_on), with_optional=with_optional)
        try:
            return _registered(attachment, lines, issue, scope, reason)
        except NumberTaken:
            continue
    raise ValidationError(BUSY)


@dataclass(frozen=True, kw_only=True)
class OfficeFile:
    """A workbook for the office itself; `draw` puts it together with the mark that its pages carry."""

    kind: Export.OfficeFile
    district: District
    year: int
    as_of: date
    name: str
    draw: Callable[[str], FillInDocument]


def issue_office_file(*, file: OfficeFile, reason: str, at: datetime, by: User) -> IssuedFile:
    """The workbook, numbered, hashed and logged like an attachment; ValidationError without a reason."""
    if not reason:
        raise ValidationError("请填写下载事由。")
    for _ in range(TRIES):
        number = _next_number(file.district, file.year)
        document = file.draw(mark_of(by.name, at, number))
        content = write_fill_in(document)
        export = Export(
            district=file.district,
            number=number,
            attachment=file.kind,
            edition=Edition.FULL,
            year=file.year,
            as_of=file.as_of,
            file_hash=sha256(content).hexdigest(),
        )
        try:
            _enter(export, row_count=len(document.rows), reason=reason, by=by)
        except NumberTaken:
            continue
        return IssuedFile(export, file.name, content)
    raise ValidationError(BUSY)


def _check(edition: Edition, reason: str, notice_ends_on: date | None) -> None:
    if edition == Edition.FULL and not reason:
        raise ValidationError("上报版含证件号码，请填写导出事由。")
    if edition == Edition.NOTICE and notice_ends_on is None:
        raise ValidationError("请填写公示结束日期。")


def _numbered(scope: Scope, edition: Edition, at: datetime, notice_ends_on: date | None) -> Issue:
    """What the copy says of itself, with the number that is next just now."""
    if scope.district is None:
        raise ValidationError("您的账号还没有所属学区，不能导出。")
    return Issue(
        edition=edition,
        district=scope.district,
        year=scope.year,
        as_of=scope.day,
        issued_on=scope.today,
        issued_by=scope.user.name,
        issued_at=at,
        number=_next_number(scope.district, scope.year),
        notice_ends_on=notice_ends_on,
    )


def _next_number(district: District, year: int) -> str:
    """Such as D1-2018-0007; exports are never deleted, so the count tells the next."""
    issued = Export.objects.filter(district=district, year=year).count()
    return f"D{district.pk}-{year}-{issued + 1:04d}"


def _registered(
    attachment: Attachment, lines: Sequence[Any], issue: Issue, scope: Scope, reason: str
) -> IssuedFile:
    """Write the file and enter it under its number, unless that number is gone."""
    table = document(attachment, lines, issue)
    content = write_table(table)
    export = _entry(attachment, issue, content)
    _enter(export, row_count=len(table.rows), reason=reason, by=scope.user)
    return IssuedFile(export, file_name(attachment, issue.edition, issue.as_of, issue.number), content)


@transaction.atomic
def _enter(export: Export, *, row_count: int, reason: str, by: User) -> None:
    """Store the line and log it; NumberTaken when somebody else of the district exported meanwhile."""
    district = District.objects.select_for_update().get(pk=export.district.pk)
    if _next_number(district, export.year) != export.number:
        raise NumberTaken
    export.row_count, export.reason, export.created_by = row_count, reason, by
    export.save()
    record(by, Action.EXPORTED, export, count=row_count, reason=reason)


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
        with_optional=issue.with_optional,
        file_hash=sha256(content).hexdigest(),
    )
