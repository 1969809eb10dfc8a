"""School years, terms, stages and grades; a school year turns on 1 September, Shaanxi runs 6 + 3 years."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

_FIRST_MONTH = 9
_SPRING_MONTH = 2
_NUMERALS = "一二三四五六七八九"


def school_year(on: date) -> int:
    """The calendar year in which the school year of the day began."""
    return on.year if on.month >= _FIRST_MONTH else on.year - 1


def school_year_start(on: date) -> date:
    """The first day, 1 September, of the school year that holds the day."""
    return date(school_year(on), _FIRST_MONTH, 1)


class Season(models.TextChoices):
    """The two terms of a school year."""

    SPRING = "spring", "春"
    AUTUMN = "autumn", "秋"


@dataclass(frozen=True)
class Term:
    """A term, written 2018春 or 2018秋 after the calendar year in which it begins."""

    year: int
    season: Season

    def __str__(self) -> str:
        return f"{self.year}{self.season.label}"

    @property
    def started_on(self) -> date:
        """First day: 1 February or 1 September."""
        return date(self.year, _SPRING_MONTH if self.season == Season.SPRING else _FIRST_MONTH, 1)

    @property
    def ended_on(self) -> date:
        """The day after the last one: the next term begins."""
        if self.season == Season.SPRING:
            return date(self.year, _FIRST_MONTH, 1)
        return date(self.year + 1, _SPRING_MONTH, 1)


def term_of(on: date) -> Term:
    """The term of the day: spring from February to August, autumn from September to January."""
    if _SPRING_MONTH <= on.month < _FIRST_MONTH:
        return Term(on.year, Season.SPRING)
    return Term(school_year(on), Season.AUTUMN)


class Stage(models.TextChoices):
    """The stages of schooling a district office runs."""

    PRESCHOOL = "preschool", "学前"
    PRIMARY = "primary", "小学"
    MIDDLE = "middle", "初中"


GRADES_IN_STAGE = {Stage.PRESCHOOL: 3, Stage.PRIMARY: 6, Stage.MIDDLE: 3}
GRADE_NAMES = {
    Stage.PRESCHOOL: ("小班", "中班", "大班"),
    Stage.PRIMARY: tuple(f"{numeral}年级" for numeral in _NUMERALS[:6]),
    Stage.MIDDLE: tuple(f"{numeral}年级" for numeral in _NUMERALS[6:]),
}


def grade_number(entry_year: int, on: date) -> int:
    """The grade within its stage: 1 in the school year of entry, less before it, past the last after it."""
    return school_year(on) - entry_year + 1


def entry_year(grade: int, on: date) -> int:
    """The school year in which those who are in the grade on the day entered its stage."""
    return school_year(on) - grade + 1


def grade_name(stage: str, number: int) -> str:
    """大班, 六年级, 七年级: the stage's n-th grade; 未入学 before the first, 已毕业 past the last."""
    names = GRADE_NAMES[Stage(stage)]
    if number < 1:
        return "未入学"
    return names[number - 1] if number <= len(names) else "已毕业"


def class_name(stage: str | None, entry_year: int | None, number: int | None, on: date) -> str:
    """Grade and number of a class on the day, such as 三年级2班; nothing for a pupil in no class.

    A class that is not in school that day has no grade and is told by its entry year: 已毕业（2015级2班）.
    """
    if stage is None or entry_year is None:
        return ""
    grade = grade_name(stage, grade_number(entry_year, on))
    return (
        f"{grade}{number}班" if grade in GRADE_NAMES[Stage(stage)] else f"{grade}（{entry_year}级{number}班）"
    )


def next_stage(stage: str) -> Stage | None:
    """The stage a pupil moves on to within the district; None after the last."""
    stages = list(Stage)
    following = stages.index(Stage(stage)) + 1
    return stages[following] if following < len(stages) else None


def stage_left_on(stage: str, entry_year: int) -> date:
    """1 September after the last grade: from this day on, whoever entered the stage that year has left it."""
    return date(entry_year + GRADES_IN_STAGE[Stage(stage)], _FIRST_MONTH, 1)


def is_promotion(from_stage: str, from_entry_year: int, to_stage: str, to_grade: int, on: date) -> bool:
    """Whether time alone brought a pupil of that class to that grade of the next stage (大班 to 一年级)."""
    years_past = grade_number(from_entry_year, on) - GRADES_IN_STAGE[Stage(from_stage)]
    return years_past >= 1 and years_past == to_grade and next_stage(from_stage) == to_stage


def _grade_spellings() -> dict[str, tuple[Stage, int]]:
    """Every accepted spelling of a grade, with its stage and number within the stage."""
    spellings = {"学前班": (Stage.PRESCHOOL, 3), "学前一年": (Stage.PRESCHOOL, 3)}
    for number, name in enumerate(GRADE_NAMES[Stage.PRESCHOOL], start=1):
        spellings |= dict.fromkeys((name, f"幼儿园{name}", f"学前{name}"), (Stage.PRESCHOOL, number))
    for number, numeral in enumerate(_NUMERALS, start=1):
        for word in (numeral, str(number)):
            spellings |= _year_spellings(word, number)
    return spellings


def _year_spellings(word: str, number: int) -> dict[str, tuple[Stage, int]]:
    years_before_middle = GRADES_IN_STAGE[Stage.PRIMARY]
    if number > years_before_middle:
        grade = (Stage.MIDDLE, number - years_before_middle)
        return dict.fromkeys((f"{word}年级", f"初中{word}年级"), grade)
    spellings = dict.fromkeys((f"{word}年级", f"小学{word}年级"), (Stage.PRIMARY, number))
    if number <= GRADES_IN_STAGE[Stage.MIDDLE]:
        spellings |= dict.fromkeys((f"初{word}", f"初{word}年级", f"初中{word}年级"), (Stage.MIDDLE, number))
    return spellings


_GRADES_BY_SPELLING = _grade_spellings()
_CLASS_NUMBER = re.compile(r"第?\(?([0-9]{1,2}|[一二三四五六七八九十]{1,3})\)?(?:\.0+)?班?")
_CHINESE_TENS = re.compile(r"([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)")
_PRESCHOOL_SHORT = re.compile(r"([小中大])(\(?[0-9一二三四五六七八九十]+\)?班)")
_YEAR_SHORT = re.compile(r"([1-9一二三四五六七八九])(\([0-9一二三四五六七八九十]+\)班?)")
_LONG = re.compile(r"(.*?(?:年级|小班|中班|大班|学前班|初[一二三123]))(.+)")


def _normalised(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def parse_grade(text: str) -> tuple[Stage, int]:
    """Stage and grade of 一年级, 1年级, 初一, 大班, 学前班 (as 大班); ValidationError `grade_unknown`."""
    try:
        return _GRADES_BY_SPELLING[_normalised(text)]
    except KeyError:
        accepted = "小班、中班、大班、一年级至九年级"
        raise ValidationError(
            f"没有“{text.strip()[:20]}”这个年级。可以填写：{accepted}。", code="grade_unknown"
        ) from None


def parse_class_number(text: str | float) -> int:
    """The number in 1, 1.0, “1班”, “（2）班”, “二班”; ValidationError `class_number_unknown`."""
    match = _CLASS_NUMBER.fullmatch(_normalised(str(text)))
    number = _number(match[1]) if match else 0
    if number < 1:
        raise ValidationError(
            f"看不懂班级“{str(text).strip()[:20]}”。请填写班号，如“1班”。", code="class_number_unknown"
        )
    return number


def _number(word: str) -> int:
    """1 to 99 in either kind of numerals; 0 for what is no number."""
    if word[0] in "0123456789":
        return int(word)
    match = _CHINESE_TENS.fullmatch(word)
    if match is None or (match[1] and match[3] and not match[2]):
        return 0
    tens, ten, units = (_NUMERALS.find(match[1]) + 1 if match[1] else 0), match[2], match[3]
    if not ten:
        return tens
    return 10 * (tens or 1) + (_NUMERALS.index(units) + 1 if units else 0)


def parse_grade_and_class(text: str) -> tuple[Stage, int, int]:
    """Stage, grade and class number of “一年级1班”, “三（2）班”, “大一班”; codes of the two parsers above."""
    words = _normalised(text)
    if match := _PRESCHOOL_SHORT.fullmatch(words):
        return (*parse_grade(f"{match[1]}班"), parse_class_number(match[2]))
    if match := _YEAR_SHORT.fullmatch(words):
        return (*parse_grade(f"{match[1]}年级"), parse_class_number(match[2]))
    if match := _LONG.fullmatch(words):
        return (*parse_grade(match[1]), parse_class_number(match[2]))
    return (*parse_grade(words), parse_class_number(""))
