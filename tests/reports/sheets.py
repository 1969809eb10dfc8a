"""An exported workbook as somebody who opens it sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pairing_portal.accounts.models import User
from reports.access import Scope
from reports.actions import IssuedFile, issue_attachment
from reports.exports.attachments import ATTACHMENTS
from reports.models import Edition, Export

AT = datetime(2018, 5, 10, 9, 30, tzinfo=timezone.get_default_timezone())
NOTICE_ENDS_ON = date(2018, 5, 17)


@dataclass(frozen=True)
class Printed:
    """The only sheet: title, the line below it, headers, entries with merged cells filled down, and the foot."""

    sheet: Worksheet
    title: str
    line: str
    headers: list[str]
    rows: list[dict[str, Any]]
    foot: list[str]

    @property
    def text(self) -> str:
        """Everything that can be read on the sheet, its name and its footer included."""
        cells = (cell.value for row in self.sheet.iter_rows() for cell in row)
        words = [str(value) for value in cells if value is not None]
        return "\n".join([*words, self.sheet.title, str(self.sheet.oddFooter.right.text)])


def issue(
    user: User,
    kind: int,
    edition: Edition,
    on: date,
    today: date | None = None,
    *,
    with_optional: bool = False,
) -> IssuedFile:
    """The attachment as the person downloads it, with what its edition asks for."""
    return issue_attachment(
        attachment=ATTACHMENTS[Export.Attachment(kind)],
        edition=edition,
        scope=Scope(user, today or on, on.year, on),
        at=AT,
        reason="报送县教育扶贫办公室" if edition == Edition.FULL else "",
        notice_ends_on=NOTICE_ENDS_ON if edition == Edition.NOTICE else None,
        with_optional=with_optional,
    )


def printed(content: bytes) -> Printed:
    """Open the file."""
    workbook = load_workbook(BytesIO(content))
    assert [sheet.sheet_state for sheet in workbook] == ["visible"]
    sheet = workbook.worksheets[0]
    headers = [cell.value for cell in sheet[3]]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    foot = [str(line[0]) for line in lines if str(line[0]).startswith(("合计", "单位负责人"))]
    entries = lines[: len(lines) - len(foot)]
    line = " ".join(str(cell.value) for cell in sheet[2] if cell.value)
    return Printed(sheet, str(sheet["A1"].value), line, headers, _filled(headers, entries, sheet), foot)


def _filled(headers: list[str], entries: list[list[Any]], sheet: Worksheet) -> list[dict[str, Any]]:
    """Rows by header; a cell merged over several rows counts for each of them."""
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row + 1, area.max_row + 1):
            entries[row - 4][area.min_col - 1] = entries[area.min_row - 4][area.min_col - 1]
    return [dict(zip(headers, entry, strict=True)) for entry in entries]


def issued(user: User, kind: int, edition: Edition, on: date) -> Printed:
    """The attachment, downloaded and opened."""
    return printed(issue(user, kind, edition, on).content)
