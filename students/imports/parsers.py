"""Parsers of register cells: the same rules the forms use, turned towards a sheet's cells."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import parse_recognition_grade
from pairing_portal.lib.identifiers import (
    parse_disability_certificate,
    parse_resident_id,
    parse_student_number,
)
from pairing_portal.lib.text import Address, clean_text, parse_address
from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.parsing import (
    Parser,
    integer,
    long_identifier,
    money,
    text,
    year,
    year_from_1904,
)
from students.imports.composites import class_words, exit_year, grade_words, status_words

ADDRESS_PART = 30
HIGHEST_INCOME = Decimal(10_000_000)
FAMILY_SIZES = range(1, 21)
KEPT_SPELLINGS = 4096


def line(length: int) -> Callable[[Cell], str]:
    """A parser for one line of clean text of at most so many characters; code `text_too_long`."""

    def parse(cell: Cell) -> str:
        words = text(cell)
        if not words.isprintable():
            words = clean_text(words)
        if len(words) > length:
            raise ValidationError(f"最多 {length} 个字，请缩短。", code="text_too_long")
        return words

    return parse


def repeated(parse: Parser) -> Parser:
    """The same parser for a column whose sheet repeats a few cells over and over: each is parsed once."""
    return lru_cache(maxsize=KEPT_SPELLINGS, typed=True)(parse)


def coded(parse_words: Callable[[str], Any]) -> Parser:
    """A parser for words out of a list; a cell of invisible characters says nothing."""
    return repeated(lambda cell: parse_words(words) if (words := text(cell)) else "")


@repeated
def address(cell: Cell) -> Address:
    """Town, village and group; code `text_too_long`."""
    found = parse_address(text(cell))
    if max(map(len, (found.town, found.village, found.group))) > ADDRESS_PART:
        raise ValidationError(
            "住址太长，请写成“乡镇、村、组”三部分，每部分不超过 30 字。", code="text_too_long"
        )
    return found


def family_size(cell: Cell) -> int:
    """1 to 20 people; code `family_size_range`."""
    people = integer(cell)
    if people not in FAMILY_SIZES:
        raise ValidationError("家庭人口应在 1 到 20 之间，请核对。", code="family_size_range")
    return people


def income(cell: Cell) -> Decimal:
    """An amount in yuan that its column can hold; code `amount_too_large`."""
    amount = money(cell)
    if amount >= HIGHEST_INCOME:
        raise ValidationError("金额过大，请核对单位是否为元。", code="amount_too_large")
    return amount


def resident_id(on: date) -> Parser:
    """A resident ID number held as text, of somebody born by the day; the codes of `parse_resident_id`."""
    as_text = long_identifier("id_number_is_numeric")
    return lambda cell: parse_resident_id(str(as_text(cell)), on=on).number


def student_number(on: date) -> Parser:
    """A student number held as text; code `student_number_shape`."""
    as_text = long_identifier("student_number_is_numeric")
    return lambda cell: parse_student_number(str(as_text(cell)), on=on)


def disability_certificate(on: date) -> Parser:
    """A disability certificate number held as text; the codes of `parse_disability_certificate`."""
    as_text = long_identifier("disability_certificate_is_numeric")
    return lambda cell: parse_disability_certificate(str(as_text(cell)), on=on).number


def recognition_grade(on: date) -> Parser:
    """A recognition grade in force on the day; code `recognition_grade_unknown`."""
    return coded(lambda words: parse_recognition_grade(words, on=on))


grade = coded(grade_words)
class_number = coded(class_words)
household_status = coded(status_words)
household_exit_year = repeated(exit_year(year))
household_exit_year_from_1904 = repeated(exit_year(year_from_1904))
