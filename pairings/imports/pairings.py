"""The pairing list held against the pairings on record: the one path of preview and confirm."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pairing_portal.accounts.models import District, Teacher
from pairing_portal.lib.fields import index_of
from pairing_portal.lib.school_years import grade_number
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.lib.workbooks.sheets import Workbook
from pairings.imports.columns import PAIRING_COLUMNS
from pairings.imports.previews import change
from pairings.models import Heading, HelpPlan, Pairing
from pairings.models.pairings import PairingQuerySet
from students.imports.facts import Change
from students.imports.places import named_class, plain_name
from students.imports.reading import Reading, RosterRow, Values, read_rows
from students.models import Enrolment, RegisterEntry, Student

FACTS = ("focus", "measures", "remark")  # what a list may change on an open pairing; it never moves its start


@dataclass(frozen=True, slots=True)
class PairingPlan:
    """One row: which teacher helps which pupil, and what differs from the open pairing of the two."""

    row: RosterRow
    state: str
    teacher: Teacher | None = None
    student: Student | None = None
    pairing: Pairing | None = None
    changes: tuple[Change, ...] = ()


@dataclass
class Pairs:
    """Teachers, pupils with their places, and pairings on record, in a fixed number of queries."""

    teachers: dict[str, list[Teacher]]
    students: dict[str, list[Student]]
    by_id_number: dict[str, Student]
    places: dict[int, Enrolment]
    listed: set[int]
    open: dict[tuple[int, int], Pairing] = field(default_factory=dict)
    ended: dict[tuple[int, int], date] = field(default_factory=dict)
    planned: dict[int, HelpPlan] = field(default_factory=dict)  # the year's, as far as they name measures

    def plan_of(self, pairing: Pairing | None) -> HelpPlan | None:
        """The year's help plan that names the measures of the pairing."""
        return self.planned.get(pairing.pk) if pairing else None


@dataclass(frozen=True)
class PairComparison:
    """Everything a pairing list would do."""

    on: date
    reading: Reading
    pairs: Pairs
    rows: tuple[PairingPlan, ...]
    missing: tuple[Pairing, ...]


def load_pairs(district: District, year: int) -> Pairs:
    """What a pairing list of the year is compared with."""
    teachers, students = defaultdict(list), defaultdict(list)
    for teacher in Teacher.objects.filter(district=district, ended_on=None).select_related("school"):
        teachers[teacher.name].append(teacher)
    by_id_number = {}
    for student in Student.objects.filter(district=district):
        students[student.name].append(student)
        by_id_number[student.id_number_index or ""] = student
    enrolments = Enrolment.objects.filter(student__district=district, ended_on=None)
    entries = RegisterEntry.objects.filter(student__district=district, year=year, ended_on=None)
    pairs = Pairs(
        teachers=teachers,
        students=students,
        by_id_number=by_id_number,
        places={each.student_id: each for each in enrolments.select_related("school_class__school")},
        listed=set(entries.values_list("student_id", flat=True)),
    )
    _sort_pairings(pairs, Pairing.objects.filter(student__district=district))
    plans = HelpPlan.objects.of_year(year).filter(pairing__student__district=district).exclude(measures="")
    pairs.planned.update((plan.pairing_id, plan) for plan in plans)
    return pairs


def _sort_pairings(pairs: Pairs, pairings: PairingQuerySet) -> None:
    """The open pairings, and the day on which two people were last no longer paired."""
    for pairing in pairings.select_related("student", "teacher"):
        pair = pairing.teacher_id, pairing.student_id
        if pairing.ended_on is None:
            pairs.open[pair] = pairing
        else:
            pairs.ended[pair] = max(pairing.ended_on, pairs.ended.get(pair, pairing.ended_on))


def compare_pairings(workbook: Workbook, district: District, year: int, on: date) -> PairComparison:
    """Hold every row against the pairings on record; writes nothing. ValidationError without a table."""
    reading = read_rows(workbook, PAIRING_COLUMNS, lambda values: (), sheets_name="")
    pairs = load_pairs(district, year)
    comparer = PairingComparer(pairs, on)
    rows = tuple(comparer.plan(row) for row in reading.rows)
    meant = {plan.pairing.pk for plan in rows if plan.pairing is not None}
    refused = {
        (plan.row.values.get("teacher"), plan.row.values.get("name"))
        for plan in rows
        if plan.state == "refused"
    }
    missing = (
        each
        for each in pairs.open.values()
        if each.started_on <= on
        and each.pk not in meant
        and (each.teacher.name, each.student.name) not in refused
    )
    return PairComparison(on, reading, pairs, rows, tuple(missing))


class PairingComparer:
    """Plans rows one after the other and remembers the pairs already named."""

    def __init__(self, pairs: Pairs, on: date) -> None:
        self.pairs = pairs
        self.on = on
        self.seen: dict[tuple[int, int], RosterRow] = {}

    def plan(self, row: RosterRow) -> PairingPlan:
        """What the row does, or why it is refused."""
        if row.is_refused:
            return PairingPlan(row, "refused")
        teachers, students = self._teachers(row.values), self._students(row.values)
        row = self._undecided(row, teachers, students)
        if row.is_refused:
            return PairingPlan(row, "refused")
        return self._planned(row, teachers[0], students[0])

    def _teachers(self, values: Values) -> list[Teacher]:
        """Of teachers of that name those of that phone, else those of that school, else all."""
        found = self.pairs.teachers.get(values["teacher"], [])
        phone, school = values.get("teacher_phone"), plain_name(values.get("teacher_school", ""))
        if by_phone := [each for each in found if phone and each.phone == phone]:
            return by_phone
        return [
            each for each in found if not school or school in _names(each.school.name, each.school.short_name)
        ]

    def _students(self, values: Values) -> list[Student]:
        """The pupil of that ID number; else pupils of that name in the school, grade and class named."""
        if number := values.get("id_number"):
            found = self.pairs.by_id_number.get(index_of(Student, "id_number", number))
            return [found] if found is not None else []
        namesakes = self.pairs.students.get(values["name"], [])
        return [each for each in namesakes if self._is_there(each, values)]

    def _is_there(self, student: Student, values: Values) -> bool:
        school, place = plain_name(values.get("school", "")), self.pairs.places.get(student.pk)
        if place is None:
            return not school
        school_class = place.school_class
        is_school = not school or school in _names(school_class.school.name, school_class.school.short_name)
        if not is_school or (words := named_class(values)) is None:
            return is_school
        stage, grade, number = words
        return (stage, number) == (school_class.stage, school_class.number) and grade == grade_number(
            school_class.entry_year, self.on
        )

    def _undecided(self, row: RosterRow, teachers: list[Teacher], students: list[Student]) -> RosterRow:
        for what, found, column, key in (
            ("教师", teachers, "帮扶教师", "teacher"),
            ("学生", students, "帮扶学生姓名", "name"),
        ):
            name = row.values[key]
            if not found:
                sentence = f"没有找到{what}“{name}”。请核对姓名、学校和年级班级，或先导入{what}名单。"
                row = row.refused(f"{key}_not_found", column, sentence)
            elif len(found) > 1:
                sentence = f"有 {len(found)} 位同名{what}“{name}”，无法判断是谁。{ADVICE[key]}"
                row = row.refused("match_ambiguous", column, sentence)
        return row

    def _planned(self, row: RosterRow, teacher: Teacher, student: Student) -> PairingPlan:
        pair = teacher.pk, student.pk
        earlier = self.seen.setdefault(pair, row)
        if earlier is not row:
            sentence = f"与{earlier.place}是同一对，请核对后只留一行。"
            return PairingPlan(row.refused("pair_twice_in_file", "帮扶学生姓名", sentence), "refused")
        started_on = row.values.get("started_on", self.on)
        if started_on > self.on:
            sentence = "结对日期晚于名单日期，请核对日期，或在本页上方改名单日期。"
            return PairingPlan(row.refused("starts_after_list", "结对日期", sentence), "refused")
        row = self._remarked(row, teacher, student)
        pairing = self.pairs.open.get(pair)
        if pairing is None and started_on < self.pairs.ended.get(pair, started_on):
            row = row.remarked(
                "pairing_ended", "结对日期", "这一对已经结束，没有重新开始；需要时请在结对页面办理。"
            )
            return PairingPlan(row, "unchanged", teacher, student)
        row = self._as_planned(_lasting(row, pairing), pairing)
        changes = tuple(_changes(row.values, pairing)) if pairing else ()
        state = "new" if pairing is None else "changed" if changes else "unchanged"
        return PairingPlan(row, state, teacher, student, pairing, changes)

    def _as_planned(self, row: RosterRow, pairing: Pairing | None) -> RosterRow:
        """The year's help plan is what 附件3 prints: a list that says otherwise is told and changes nothing."""
        plan = self.pairs.plan_of(pairing)
        if plan is None or "measures" not in row.values:
            return row
        told = row.values["measures"]
        row = replace(row, values={key: value for key, value in row.values.items() if key != "measures"})
        if told == plan.measures:
            return row
        sentence = "这一对有本年度的帮扶计划，帮扶措施以计划为准，没有改动；需要时请在帮扶计划里修改。"
        return row.remarked("plan_kept", "帮扶措施", sentence)

    def _remarked(self, row: RosterRow, teacher: Teacher, student: Student) -> RosterRow:
        if student.pk not in self.pairs.listed:
            row = row.remarked("student_not_listed", "帮扶学生姓名", "该生不在本年度的两个名册上，请核对。")
        if teacher.started_on > row.values.get("started_on", self.on):
            row = row.remarked("before_service", "结对日期", "结对日期早于教师的到岗日期，请核对。")
        return row


def _lasting(row: RosterRow, pairing: Pairing | None) -> RosterRow:
    """M1: pairings last; another date on a later list is told and does not begin an open one anew."""
    if pairing is None or row.values.get("started_on", pairing.started_on) == pairing.started_on:
        return row
    sentence = f"这一对自{date_cn(pairing.started_on)}起已结对，结对日期没有改动。"
    return row.remarked("start_kept", "结对日期", sentence)


ADVICE = {
    "teacher": "请补填教师的联系电话后重新上传。",
    "name": "请补填学校、年级、班级或身份证号后重新上传。",
}


def _names(*names: str) -> set[str]:
    return {plain_name(name) for name in names if name}


def _changes(values: Values, pairing: Pairing) -> Iterator[Change]:
    for key in FACTS:
        if key in values and values[key] != getattr(pairing, key):
            yield change(key, _shown(getattr(pairing, key)), _shown(values[key]))


def _shown(value: object) -> object:
    return "、".join(Heading(code).label for code in value) if isinstance(value, tuple) else value
