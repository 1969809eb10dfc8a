"""From cells to values: one parser per column, and a sentence for each cell that cannot be taken."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Literal, Self

from django.core.exceptions import ValidationError

from pairing_portal.lib.workbooks.cells import Cell, as_text
from pairing_portal.lib.workbooks.entries import TableRow
from pairing_portal.lib.workbooks.headers import HeaderColumn

Parser = Callable[[Cell], object]
Level = Literal["error", "warning"]

LONGEST_SAFE_NUMBER = 10**14  # from 15 digits on, Excel may have replaced the last ones by zeros
MAX_TEXT = 500
MAX_AMOUNT = Decimal(100_000_000)
FIRST_YEAR, LAST_YEAR = 1900, 2100
CENT = Decimal("0.01")

UNSEEN = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
APOSTROPHES = "'‘’`"
INTEGER = re.compile(r"^([+-]?\d{1,9})(?:\.0+)?(?:口人|[人口名个年岁元])?$")
AMOUNT = re.compile(
    r"^(?:人民币|[¥￥])?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d+)?(万)?(?:元整?|圆整?)?(?:/?(?:年|人|每年|每人))*$"
)
TEN_THOUSAND = 10_000
DAY = re.compile(r"^(\d{4})[年./,、·-](\d{1,2})[月./,、·-](\d{1,2})[日号]?(?:T?00?:00(?::00)?)?$")
YEAR = re.compile(r"^(\d{4})(?:年度?|年底|年?末)?$|^(\d{4})[年./-]\d{1,2}(?:月|(?:[月./-]\d{1,2}日?))?$")
SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")
SERIALS = range(18_264, 73_415)  # 1950 to 2100 in the usual calendar
# The days before the first: serial 1 is 1 January 1900 with a 29 February that never was, serial 0 is 1 January 1904.
BEFORE_1900, BEFORE_1904 = date(1899, 12, 30), date(1904, 1, 1)
COMPACT_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
YES = frozenset({"是", "有", "√", "✓", "✔", "y", "yes", "1", "对"})
NO = frozenset({"否", "无", "不是", "没有", "×", "x", "✗", "n", "no", "0"})
# What stands in a cell that has nothing to say.
NONE = frozenset(
    {*"/\\／＼|｜-—–－―_＿~～。.", "--", "——", "———", "//", "无", "无。", "暂无", "没有", "空", "n/a", "N/A"}
)
LONGEST_NONE = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, where it stands as Excel shows it, and what to do."""

    code: str
    level: Level
    sheet: str
    row: int
    column_title: str
    message: str


def text(cell: Cell) -> str:
    """The words of a cell in NFC, without control, bidi and zero-width characters; at most 500 characters."""
    if type(cell) is str:
        words = cell.strip().lstrip(APOSTROPHES)
        if not words.isascii():
            words = unicodedata.normalize("NFC", words)
        if not words.isprintable():
            words = UNSEEN.sub("", words).strip()
    else:
        words = as_text(cell)
    if len(words) > MAX_TEXT:
        raise ValidationError(f"内容超过 {MAX_TEXT} 个字，请缩短。", code="text_too_long")
    return words


def long_identifier(numeric_code: str) -> Parser:
    """A parser for numbers of 15 or more digits kept as text; one held as a number is refused (safety I4)."""

    def parse(cell: Cell) -> str:
        if isinstance(cell, int | float) and abs(cell) >= LONGEST_SAFE_NUMBER:
            sentence = "请把该列设为文本格式后重新填写：Excel 会丢掉 15 位以后的数字，现在的号码已经不准。"
            raise ValidationError(sentence, code=numeric_code)
        return text(cell)

    return parse


def integer(cell: Cell) -> int:
    """A whole number, also with its unit (6人)."""
    if type(cell) is int:
        return cell
    found = INTEGER.match(_compact(cell))
    if found is None or isinstance(cell, bool | date):
        raise ValidationError("请填整数，例如 4。", code="not_an_integer")
    return int(found[1])


def money(cell: Cell) -> Decimal:
    """An amount in yuan, rounded to the cent: 2300, 2300元/年, 0.23万元 and 3,100.50 are all read."""
    found = AMOUNT.match(_compact(cell))
    if found is None or isinstance(cell, bool | date):
        raise ValidationError("请填金额，单位元，只写数字，例如 2300 或 3100.50。", code="not_an_amount")
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) * (TEN_THOUSAND if found[3] else 1)
    if amount > MAX_AMOUNT:
        raise ValidationError("金额过大，请核对单位是否为元。", code="amount_too_large")
    return amount.quantize(CENT, ROUND_HALF_UP)


def day(cell: Cell, before_first: date = BEFORE_1900) -> date:
    """A day: a date cell, 2018-03-10, 2018.3.10, 2018年3月10日, 20180310, or the serial number behind a date."""
    found = cell if isinstance(cell, date) else _written_day(_compact(cell), before_first)
    if isinstance(found, datetime):
        found = found.date()
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValidationError(f"日期 {found.isoformat()} 的年份不对，请核对。", code="not_a_day")
    return found


def year(cell: Cell, before_first: date = BEFORE_1900) -> int:
    """A year of four digits, alone or with its month (2016年12月); a date cell or its serial number gives its year."""
    if isinstance(cell, date):
        return cell.year
    words = _compact(cell)
    if (serial := _serial_day(words, before_first)) is not None:
        return serial.year
    found = YEAR.match(words)
    number = int(found[1] or found[2]) if found else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValidationError("请填四位年份，例如 2016。", code="not_a_year")
    return number


day_from_1904 = partial(day, before_first=BEFORE_1904)
year_from_1904 = partial(year, before_first=BEFORE_1904)


def yes_no(cell: Cell) -> bool:
    """是 or 否 and the signs offices write instead (有, 无, √, ×)."""
    words = _compact(cell).lower()
    if words not in YES | NO:
        raise ValidationError("请填“是”或“否”。", code="not_yes_or_no")
    return words in YES


def _compact(cell: Cell) -> str:
    """The cell’s text, half-width and without any space."""
    return "".join(unicodedata.normalize("NFKC", as_text(cell)).split())


def _written_day(words: str, before_first: date) -> date:
    if (serial := _serial_day(words, before_first)) is not None:
        return serial
    found = DAY.match(words) or COMPACT_DAY.match(words)
    if found is None:
        raise ValidationError("请填日期，例如 2018-03-10。", code="not_a_day")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValidationError(f"没有“{words}”这一天，请核对。", code="not_a_day") from error


def _serial_day(words: str, before_first: date) -> date | None:
    """The day that Excel keeps as this number of days; None for what is no such number."""
    days = int(words.partition(".")[0]) if SERIAL.match(words) else 0
    since_1900 = days + (before_first - BEFORE_1900).days
    return BEFORE_1900 + timedelta(days=since_1900) if since_1900 in SERIALS else None


@dataclass(frozen=True, kw_only=True)
class ParsedColumn(HeaderColumn):
    """A column together with the parser of its cells, and with another where days count from 1904.

    `may_tell_more`: the parser may answer with facts of other columns too.
    """

    parse: Parser = text
    parse_from_1904: Parser | None = None
    may_tell_more: bool = False

    def in_calendar(self, counts_from_1904: bool) -> Self:
        """The column as a workbook of that calendar is read."""
        if not counts_from_1904 or self.parse_from_1904 is None:
            return self
        return replace(self, parse=self.parse_from_1904)


def parse_row(columns: Iterable[ParsedColumn], row: TableRow) -> tuple[dict[str, object], list[Problem]]:
    """The row’s values by key, and a Problem for each cell refused.

    A column that the sheet lacks and a blank cell give no key: they leave what is stored (safety I4); so do the signs
    for nothing (/, 无, —). A formula gives the problem `formula`; a blank required cell gives `<key>_missing`.
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    cells, formulas = row.cells, row.formulas
    for column in columns:
        cell = cells.get(column.key)
        is_none = type(cell) is str and len(cell) <= LONGEST_NONE and cell.strip() in NONE
        if cell is None or is_none or column.key in formulas:
            problems += _unfilled(column, row)
            continue
        try:
            values[column.key] = column.parse(cell)
        except ValidationError as error:
            problems += [
                _problem(column, row, item.code or "invalid", _sentence(item)) for item in error.error_list
            ]
    return values, problems


def _unfilled(column: ParsedColumn, row: TableRow) -> list[Problem]:
    if column.key in row.formulas:
        sentence = "这一格是公式。请复制后“选择性粘贴—数值”，再上传。"
        return [_problem(column, row, "formula", sentence)]
    if column.required and column.key in row.cells:
        return [_problem(column, row, f"{column.key}_missing", f"缺少{column.title}，请补填。")]
    return []


def _problem(column: ParsedColumn, row: TableRow, code: str, message: str) -> Problem:
    return Problem(code, "error", row.sheet, row.number, column.title, message)


def _sentence(error: ValidationError) -> str:
    return " ".join(error.messages)
