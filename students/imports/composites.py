"""Cells that say two things at once: 六年级（2）班, 已脱贫（2017）, 张三 139…; and taking them apart."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import parse_household_status
from pairing_portal.lib.identifiers import Remark
from pairing_portal.lib.school_years import Stage, parse_class_number, parse_grade, parse_grade_and_class
from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.parsing import text

NO_GRADE = {"已毕业", "未入学"}
BARE_GRADE = re.compile(r"([1-9一二三四五六七八九])年?")
NOTE = re.compile(r"[(（【\[〔]([^)）】\]〕]*)[)）】\]〕]")
YEAR_PART = re.compile(
    r"[(（]?((?:19|20)\d{2})(?!\d)(?:[年./-]\d{1,2}(?:[月./-]\d{0,2}日?)?)?(?:年度|年底|年)?[)）]?"
)

NOTHING = (None, "", ())  # what is left of a cell of blanks and invisible characters

Grade = tuple[Stage, int]


class Facts(dict[str, Any]):
    """Several facts read out of one cell, by the keys of their columns."""


def take_apart(
    values: dict[str, Any], keys: Iterable[str], titles: Mapping[str, str]
) -> list[tuple[str, Remark]]:
    """Give the facts of composite cells to their columns; a column of its own has the last word, and it is said.

    `keys` are the columns whose cells may be composite, `titles` all columns of the list.
    """
    told = [(key, values[key]) for key in keys if type(values.get(key)) is Facts]
    return list(_given(values, told, titles)) if told else []


def _given(
    values: dict[str, Any], told: list[tuple[str, Facts]], titles: Mapping[str, str]
) -> Iterator[tuple[str, Remark]]:
    for key, facts in told:
        values[key] = facts.get(key)
    for key, facts in told:
        for other in facts.keys() & titles.keys():
            if not _take(values, other, facts[other]):
                sentence = f"这一格里还写了{titles[other]}，与“{titles[other]}”一列不同，没有采用，请核对。"
                yield key, Remark("second_fact_differs", sentence)


def _take(values: dict[str, Any], key: str, value: Any) -> bool:
    """Fill the value in unless another one stands there; whether it now does."""
    if values.get(key) in NOTHING:
        values[key] = value
    return bool(values[key] == value)


def grade_words(words: str) -> Grade | Facts | str:
    """A grade, with its class where the cell names one; of a pupil past or before school nothing is said of it."""
    if words.strip() in NO_GRADE:
        return ""
    try:
        return parse_grade(words)
    except ValidationError as unknown:
        return _grade_otherwise(words, unknown)


def _grade_otherwise(words: str, unknown: ValidationError) -> Grade | Facts:
    """六年级（2）班, 3, 三, 七年级（初一）."""
    if bare := BARE_GRADE.fullmatch(words):
        return parse_grade(f"{bare[1]}年级")
    try:
        stage, number, class_number = parse_grade_and_class(words)
    except ValidationError:
        without_note = NOTE.sub("", words)
        if without_note == words:
            raise unknown from None
        return parse_grade(without_note)
    return Facts(class_grade=(stage, number), class_number=class_number)


def class_words(words: str) -> int | tuple[Stage, int, int] | Facts:
    """A class number, grade and class in one (三年级2班), or a grade alone (大班); code `class_number_unknown`."""
    for parse in (parse_class_number, parse_grade_and_class, _grade_alone):
        try:
            return parse(words)
        except ValidationError:
            continue
    return parse_class_number(words)


def _grade_alone(words: str) -> Facts:
    return Facts(class_grade=parse_grade(words))


def status_words(words: str) -> str | Facts:
    """A household’s state, with the year where the cell names one: 已脱贫（2017）, 2017年脱贫."""
    try:
        return parse_household_status(words)
    except ValidationError:
        found = YEAR_PART.search("".join(words.split()))
        if found is None:
            raise
    rest = (found.string[: found.start()] + found.string[found.end() :]).strip("()（）,，、年于在")
    facts = Facts(household_exit_year=int(found[1]))
    return Facts(facts, household_status=parse_household_status(rest)) if rest else facts


def exit_year(parse_year: Callable[[Cell], int]) -> Callable[[Cell], int | Facts]:
    """A parser for the year a household left poverty; a cell that tells the state instead (未脱贫) is read as that."""

    def parse(cell: Cell) -> int | Facts:
        try:
            return parse_year(cell)
        except ValidationError:
            try:
                told = status_words(text(cell))
            except ValidationError:
                told = ""
            if not told:
                raise
            return told if isinstance(told, Facts) else Facts(household_status=told)

    return parse
