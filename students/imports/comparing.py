"""A register's list held against what is on record: the one path of preview and confirm."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError

from pairing_portal.lib.workbooks.sheets import Workbook
from students.imports.checks import register_check
from students.imports.columns import register_columns
from students.imports.households import HEAD_KEYS
from students.imports.known import Known, load_known
from students.imports.lists import RETURNED, RegisterList
from students.imports.matching import Match, match
from students.imports.on_record import RowOnRecord
from students.imports.places import Place, Schools, has_graduated, named_class, schools_for
from students.imports.reading import Reading, RosterRow, read_rows, refuse_repeats
from students.imports.rows import Choices, MissingPlan, RowPlan, RowState
from students.models import Register, RegisterEntry, Student

ALARM_SHARE = 10  # percent of the list before


@dataclass(frozen=True)
class Comparison:
    """Everything a list would do."""

    of: RegisterList
    reading: Reading
    known: Known
    schools: Schools
    rows: tuple[RowPlan, ...]
    missing: tuple[MissingPlan, ...]
    listed_before: int
    is_same_year: bool

    @property
    def vanishing(self) -> int:
        """Pupils who would no longer be listed; graduates do not count, nor who is left on this year's list."""
        return sum(
            not each.is_graduate and (bool(each.reason) or not self.is_same_year) for each in self.missing
        )

    @property
    def is_alarming(self) -> bool:
        """Whether more than a tenth of the list before would vanish."""
        return self.vanishing * 100 > self.listed_before * ALARM_SHARE


def read_register(workbook: Workbook, register: Register, on: date) -> Reading:
    """The register's rows, typed, soft-checked, repeats refused; ValidationError without a table."""
    reading = read_rows(workbook, register_columns(register, on), register_check(register, on))
    rows = refuse_repeats(reading.rows, "id_number", "身份证号", "id_number_twice_in_file")
    rows = refuse_repeats(rows, "student_number", "学籍号", "student_number_twice_in_file")
    return replace(reading, rows=tuple(_one_head_per_household(rows)))


def _one_head_per_household(rows: Iterable[RosterRow]) -> Iterator[RosterRow]:
    """A household has one head: the first row names it, later ones that differ are remarked upon."""
    heads: dict[str, str] = {}
    for row in rows:
        number, head = row.values.get("household_number"), row.values.get("head_name")
        if number and head and not row.is_refused and heads.setdefault(number, head) != head:
            sentence = f"同一户编号前面写的户主是{heads[number]}，这里没有采用，请核对。"
            values = {key: value for key, value in row.values.items() if key not in HEAD_KEYS}
            yield replace(row.remarked("head_differs", "户主姓名", sentence), values=values)
        else:
            yield row


def compare(reading: Reading, of: RegisterList, choices: Choices) -> Comparison:
    """Hold every row against what is on record; constant in queries, writes nothing."""
    known = load_known(of.district, of.register, of.year)
    named = (row.values["school"] for row in reading.rows if row.values.get("school"))
    schools = schools_for(known.schools, choices.schools, named)
    comparer = Comparer(of, known, schools, choices)
    rows = tuple(comparer.plan(row) for row in reading.rows)
    before, is_same_year = known.last_list(of.register, of.year)
    if _is_part_of_a_list(reading.rows):
        before = []
    return Comparison(
        of, reading, known, schools, rows, tuple(comparer.missing(before, rows)), len(before), is_same_year
    )


def _is_part_of_a_list(rows: Iterable[RosterRow]) -> bool:
    """Whether the rows are some that were edited or put right here, so that nobody is missing from them."""
    return any("key" in row.values or row.sheet == RETURNED for row in rows)


class Comparer:
    """Plans rows one after the other and remembers which pupils have been named."""

    def __init__(self, of: RegisterList, known: Known, schools: Schools, choices: Choices) -> None:
        self.of = of
        self.known = known
        self.schools = schools
        self.choices = choices
        self.seen: dict[object, RosterRow] = {}

    def plan(self, row: RosterRow) -> RowPlan:
        """What the row does, or why it is refused."""
        found = match(row, self.known)
        target = None
        try:
            target = self._target(row)
        except ValidationError as error:
            row = row.refused(error.code or "", "学校", str(error.message))
        row = self._held_back(row, found, target)
        if row.is_refused:
            return RowPlan(row, RowState.REFUSED, found.student)
        row = self._with_head(row, found.student)
        if found.student is None:
            return RowPlan(row, RowState.NEW, target=target, moves_class=True, named=target)
        return RowOnRecord(self.of, self.known, self.choices, row, found.student, target).plan()

    def _target(self, row: RosterRow) -> Place | None:
        """The class the row names; None unless it names it whole. ValidationError for an unknown school."""
        name = row.values.get("school")
        if not name:
            return None
        school = self.schools.find(name)
        if school is None:
            sentence = f"没有“{name}”这所学校。请在本页上方选择新建，或对应到已有的学校。"
            raise ValidationError(sentence, code="school_unknown")
        words = named_class(row.values)
        return Place(school, *words) if words is not None else None

    def _held_back(self, row: RosterRow, found: Match, target: Place | None) -> RosterRow:
        """Refuse what cannot be decided: uncertain pupils, pupils named twice, new ones without a class."""
        if row.is_refused:
            return row
        if found.code:
            who = f"可能是：{self._who(found.candidates)}。" if found.candidates else ""
            return row.refused(found.code, "学生姓名", found.message + who)
        row = self._once(row, found.student)
        if found.student is None:
            for problem in _missing_place(row) if target is None else ():
                row = row.refused(*problem)
            return row
        return self._on_this_register(row, found.student)

    def _on_this_register(self, row: RosterRow, student: Student) -> RosterRow:
        """Refuse a pupil who is filed by the county, and a row edited here of one who is no longer listed."""
        other = self.known.entries.get(student.pk)
        is_listed = other is not None and other.register == self.of.register
        if "key" in row.values and not is_listed:
            sentence = "系统编号所指的学生现在不在这个名册上，没有改动。请在学生页面办理。"
            return row.refused("key_not_listed", "系统编号", sentence)
        is_recognition = self.of.register == Register.DISTRICT_RECOGNISED
        if is_recognition and other is not None and other.register == Register.COUNTY_FILED:
            sentence = "该生本年度已在县乡建档立卡名册上，不能再列入学区认定名册。"
            return row.refused("county_filed_already", "学生姓名", sentence)
        return row

    def _with_head(self, row: RosterRow, student: Student | None) -> RosterRow:
        """A household that the pupil joins keeps a head whose name was corrected here."""
        household = self.known.households.get(row.values.get("household_number", ""))
        if household is None or (student is not None and student.household is household):
            return row
        head = row.values.get("head_name")
        if not head or head == household.head_name:
            return row
        if self.known.heard_heads.get(household.pk) in (None, household.head_name):
            return row
        values = {key: value for key, value in row.values.items() if key != "head_name"}
        sentence = f"这一户的户主在本地更正为{household.head_name}，这里没有改动，请核对。"
        return replace(row.remarked("head_kept", "户主姓名", sentence), values=values)

    def _who(self, students: Iterable[Student]) -> str:
        return "；".join(f"{student.name}（{self._whereabouts(student)}）" for student in students)

    def _whereabouts(self, student: Student) -> str:
        place = self.known.places.get(student.pk)
        where = (
            f"{place.school_class.school.name}{place.school_class.name(self.of.on)}" if place else "未在读"
        )
        return f"{where}，监护人{student.guardian_name}" if student.guardian_name else where

    def _once(self, row: RosterRow, student: Student | None) -> RosterRow:
        """Refuse the second row about one pupil; new ones without any number are told apart by what they have."""
        key: object = student.pk if student else _likeness_key(row)
        earlier = self.seen.setdefault(key, row)
        if earlier is row:
            return row
        sentence = f"与{earlier.place}是同一名学生，请核对后只留一行。"
        return row.refused("student_twice_in_file", "学生姓名", sentence)

    def missing(self, before: Iterable[RegisterEntry], rows: Iterable[RowPlan]) -> Iterator[MissingPlan]:
        """Entries of the list before whose pupil no row names, not even a refused one."""
        named = {plan.student.pk for plan in rows if plan.student is not None}
        refused = {plan.row.values.get("name") for plan in rows if plan.state == RowState.REFUSED}
        for entry in before:
            student = self.known.students[entry.student_id]
            if student.pk not in named and student.name not in refused:
                place = self.known.places.get(student.pk)
                graduated = place is not None and has_graduated(place.school_class, self.of.on)
                reason = self.choices.ends.get(str(entry.public_id), "")
                yield MissingPlan(entry, student, place, graduated, reason)


def _missing_place(row: RosterRow) -> Iterator[tuple[str, str, str]]:
    titles = {"school": "学校", "class_grade": "年级", "class_number": "班级"}
    for key, title in titles.items():
        if key not in row.values:
            yield f"{key}_missing", title, f"新增学生要填{title}，请补填。"


def _likeness_key(row: RosterRow) -> object:
    """What makes two new rows without numbers one pupil; with a number each row stands for itself."""
    values = row.values
    if "id_number" in values or "student_number" in values:
        return object()
    return values.get("name"), values.get("birth_date"), values.get("guardian_name")
