"""The plan's three attachments put together: titles, lines, editions, and the printed table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pairing_portal.accounts.models import District
from pairing_portal.lib.templatetags.portal import date_cn, moment_cn
from pairing_portal.lib.workbooks.pen import Value
from pairing_portal.lib.workbooks.writing import TableDocument
from reports.access import Scope
from reports.exports.columns import Column, NoticeColumn, NoticeRow
from reports.exports.lines import PairingLine, Placed, pairing_lines, pupils_by_class, register_lines
from reports.exports.pairings import ATTACHMENT_3
from reports.exports.registers import ATTACHMENT_1, ATTACHMENT_2
from reports.models import Edition, Export
from students.models import Register

SIGNATURE = "单位负责人（签字）：                审核人：                填表人："
NUMBER, NUMBER_WIDTH = "序号", 5.0
AID_NOTICE = "{year}年{district}受助学生公示名单"
PAIRING_NOTICE = "{year}年{district}教师结对帮扶学生公示名单"


@dataclass(frozen=True)
class Attachment:
    """One attachment; `columns` leave 公示版 aside, whose columns are always `NoticeColumn`."""

    kind: Export.Attachment
    title: str
    notice_title: str
    file_name: str
    columns: tuple[Column[Any], ...]
    lines: Callable[[Scope], Sequence[Any]]
    totals: Callable[[Sequence[Any]], str]
    group_key: Callable[[Any], str] | None = None
    notice_lines: Callable[[Sequence[Any]], Sequence[Any]] = list

    @property
    def optional_titles(self) -> str:
        """The titles of the columns that are printed when asked for."""
        return "、".join(column.title for column in self.columns if column.is_optional)

    def columns_of(self, edition: Edition, *, with_optional: bool) -> list[Column[Any]]:
        """The columns the edition prints."""
        named = (column for column in self.columns if edition in column.editions)
        return [column for column in named if with_optional or not column.is_optional]

    def title_of(self, edition: Edition, district: District, year: int) -> str:
        """The title with year and district; a notice names no category of poverty."""
        words = self.notice_title if edition == Edition.NOTICE else self.title
        return words.format(year=year, district=district.name)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What one printed copy says of itself; `issued_on` opens the term of a notice, `notice_ends_on` closes it."""

    edition: Edition
    district: District
    year: int
    as_of: date
    issued_on: date
    issued_by: str
    issued_at: datetime
    number: str
    notice_ends_on: date | None = None
    with_optional: bool = False

    @property
    def mark(self) -> str:
        """Name, time and number, for the foot of every page (safety D4)."""
        return mark_of(self.issued_by, self.issued_at, self.number)


def mark_of(name: str, at: datetime, number: str) -> str:
    """Who took a file out, when, under which number."""
    return f"{name} {moment_cn(at)} 导出编号 {number}"


def _head_count(lines: Sequence[Placed]) -> str:
    return f"合计 {len({line.student.pk for line in lines})} 人"


def _pair_count(lines: Sequence[PairingLine]) -> str:
    teachers = {line.teacher.pk for line in lines}
    students = {line.student.pk for line in lines}
    return f"合计：教师 {len(teachers)} 人，学生 {len(students)} 人，结对 {len(lines)} 对"


ATTACHMENTS = {
    Export.Attachment.COUNTY_FILED: Attachment(
        kind=Export.Attachment.COUNTY_FILED,
        title="{year}年县乡建档立卡{district}在校贫困学生信息汇总表",
        notice_title=AID_NOTICE,
        file_name="附件1-县乡建档立卡名册",
        columns=ATTACHMENT_1,
        lines=lambda scope: register_lines(scope, Register.COUNTY_FILED),
        totals=_head_count,
    ),
    Export.Attachment.DISTRICT_RECOGNISED: Attachment(
        kind=Export.Attachment.DISTRICT_RECOGNISED,
        title="{year}年{district}认定的在校贫困学生信息汇总表",
        notice_title=AID_NOTICE,
        file_name="附件2-学区认定名册",
        columns=ATTACHMENT_2,
        lines=lambda scope: register_lines(scope, Register.DISTRICT_RECOGNISED),
        totals=_head_count,
    ),
    Export.Attachment.PAIRINGS: Attachment(
        kind=Export.Attachment.PAIRINGS,
        title="{year}年{district}开展“三秦教师结对帮扶贫困学生”专项行动结对名单",
        notice_title=PAIRING_NOTICE,
        file_name="附件3-结对名单",
        columns=ATTACHMENT_3,
        lines=pairing_lines,
        totals=_pair_count,
        group_key=lambda line: str(line.teacher.pk),
        notice_lines=pupils_by_class,
    ),
}


def document(attachment: Attachment, lines: Sequence[Any], issue: Issue) -> TableDocument:
    """The attachment in one edition, ready to be written."""
    if issue.edition == Edition.NOTICE:
        return _notice(attachment, [NoticeRow.of(line) for line in attachment.notice_lines(lines)], issue)
    columns = attachment.columns_of(issue.edition, with_optional=issue.with_optional)
    shared = [index for index, column in enumerate(columns, start=1) if column.is_shared]
    return TableDocument(
        title=attachment.title_of(issue.edition, issue.district, issue.year),
        preamble=_office_line(issue),
        headers=(NUMBER, *(column.title for column in columns)),
        rows=tuple(_row(number, line, columns, issue.edition) for number, line in enumerate(lines, start=1)),
        widths=(NUMBER_WIDTH, *(column.width for column in columns)),
        merge_down=tuple(shared) if attachment.group_key else (),
        group_keys=tuple(map(attachment.group_key, lines)) if attachment.group_key else (),
        left_columns=frozenset(index for index, column in enumerate(columns, start=1) if column.is_left),
        totals=attachment.totals(lines),
        signature=SIGNATURE,
        mark=issue.mark,
        sheet_name=f"附件{attachment.kind}",
    )


def _row(number: int, line: Any, columns: Sequence[Column[Any]], edition: Edition) -> tuple[Value, ...]:
    return (number, *(column.shown(line, edition) for column in columns))


def _office_line(issue: Issue) -> tuple[str, str, str]:
    phone = f"    联系电话：{issue.district.phone}" if issue.district.phone else ""
    return (
        f"填报单位（盖章）：{issue.district.name}",
        f"填报人：{issue.issued_by}{phone}",
        f"填报日期：{date_cn(issue.as_of)}",
    )


def _notice(attachment: Attachment, rows: Sequence[NoticeRow], issue: Issue) -> TableDocument:
    """公示版: made of notice rows alone, with the day it must be taken down (safety D5)."""
    term = f"公示时间：{date_cn(issue.issued_on)}至{date_cn(issue.notice_ends_on)}"
    return TableDocument(
        title=attachment.title_of(issue.edition, issue.district, issue.year),
        preamble=(f"公示单位（盖章）：{issue.district.name}", "", f"{term}，到期撤除"),
        headers=tuple(column.title for column in NoticeColumn),
        rows=tuple(tuple(column.of(row) for column in NoticeColumn) for row in rows),
        widths=tuple(column.width for column in NoticeColumn),
        totals=f"合计 {len(rows)} 人",
        mark=issue.mark,
        sheet_name="公示名单",
    )


def file_name(attachment: Attachment, edition: Edition, as_of: date, number: str) -> str:
    """A plain name for the file; that of a notice names no category, and its number tells two notices apart."""
    if edition == Edition.NOTICE:
        kind = "结对帮扶公示名单" if attachment.group_key else "受助学生公示名单"
        return f"{kind}-{as_of.isoformat()}-{number}.xlsx"
    return f"{attachment.file_name}-{edition.label}-{as_of.isoformat()}.xlsx"
