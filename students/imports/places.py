"""Which class of which school a row names, and what it takes to get there."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pairing_portal.accounts.models import School
from pairing_portal.lib.school_years import (
    GRADES_IN_STAGE,
    Stage,
    entry_year,
    grade_name,
    grade_number,
    is_promotion,
    next_stage,
)
from students.imports.reading import Values
from students.models import SchoolClass

CREATE = "create"
NO_CLASS = "班"


def plain_name(name: str) -> str:
    """A school's name as it is compared: half-width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@dataclass(frozen=True, slots=True)
class Schools:
    """The schools a file may name: those on record by name, and what was decided about the others."""

    by_name: Mapping[str, School]
    choices: Mapping[str, str]
    on_record: frozenset[str] = frozenset()

    def find(self, name: str) -> School | None:
        """The school a name means; one that is to be created has no key yet."""
        return self.by_name.get(plain_name(name))

    def choice(self, name: str) -> str:
        """What was decided about an unknown name: `create`, a public id, or nothing yet."""
        return self.choices.get(plain_name(name), "")

    def unknown(self, names: Iterable[str]) -> list[str]:
        """Names on the file that are no school's on record, decided or not."""
        return [name for name in dict.fromkeys(names) if not self._is_on_record(name)]

    def _is_on_record(self, name: str) -> bool:
        return plain_name(name) in self.on_record


def schools_for(rows: Iterable[School], choices: Mapping[str, str], names: Iterable[str]) -> Schools:
    """Put the district's schools and the clerk's choices together; a choice is `create` or a public id."""
    known = list(rows)
    by_id = {school.public_id: school for school in known}
    by_name = {plain_name(school.short_name): school for school in known if school.short_name}
    by_name |= {plain_name(school.name): school for school in known}
    on_record = frozenset(by_name)
    chosen = {plain_name(name): choice for name, choice in choices.items()}
    for name in dict.fromkeys(names):
        choice = chosen.get(plain_name(name))
        if choice and plain_name(name) not in by_name:
            found = School(name=name) if choice == CREATE else by_id.get(UUID(choice))
            if found is not None:
                by_name[plain_name(name)] = found
    return Schools(by_name, chosen, on_record)


@dataclass(frozen=True, slots=True)
class Place:
    """A class on the day of the list: school, stage, grade within the stage, and number."""

    school: School
    stage: Stage
    grade: int
    number: int

    @property
    def words(self) -> dict[str, str]:
        """School, grade and class as a list prints them."""
        return {
            "school": self.school.name,
            "class_grade": grade_name(self.stage, self.grade),
            "class_number": f"{self.number}{NO_CLASS}",
        }

    def key(self, on: date) -> tuple[str, str, int, int]:
        """What tells the class from all others: school name, stage, entry year, number."""
        return self.school.name, self.stage, entry_year(self.grade, on), self.number


def class_key(school_class: SchoolClass) -> tuple[str, str, int, int]:
    """The same for a class on record."""
    return school_class.school.name, school_class.stage, school_class.entry_year, school_class.number


def named_class(values: Values) -> tuple[Stage, int, int] | None:
    """Stage, grade and number the row names, in one cell or two; None unless it names all of them."""
    words, grade = values.get("class_number"), values.get("class_grade")
    if isinstance(words, tuple):
        return words
    return (*grade, words) if grade is not None and words is not None else None


def differences(old: SchoolClass, new: Place, on: date) -> dict[str, tuple[str, str]]:
    """School, grade and class number that differ, as (old, new); a grade one school year on is none."""
    if class_key(old) == new.key(on):
        return {}
    before = {
        "school": old.school.name,
        "class_grade": old.grade(on),
        "class_number": f"{old.number}{NO_CLASS}",
    }
    return {key: (before[key], word) for key, word in new.words.items() if before[key] != word}


def is_promoted(old: SchoolClass, new: Place, on: date) -> bool:
    """Whether time alone brought the pupil from that class to this place (大班 to 一年级)."""
    return is_promotion(old.stage, old.entry_year, new.stage, new.grade, on)


def has_graduated(school_class: SchoolClass, on: date) -> bool:
    """Whether the class is past the last grade of the last stage on the day."""
    past = grade_number(school_class.entry_year, on) > GRADES_IN_STAGE[Stage(school_class.stage)]
    return past and next_stage(school_class.stage) is None
