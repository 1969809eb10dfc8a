"""Writing a comparison down: schools, classes, households, pupils, places, entries, each kind at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pairing_portal.accounts.models import User
from pairing_portal.lib.identifiers import ResidentId
from pairing_portal.lib.models import another
from pairing_portal.lib.names import reading_of
from pairing_portal.undo.journal import Journal
from students.imports.classes import make_classes
from students.imports.comparing import Comparison
from students.imports.enrolling import Enrolling
from students.imports.facts import ENTRY_KEYS, INDEXED, PERSON_KEYS, address_of, stored_address
from students.imports.households import HEAD_KEYS, Households
from students.imports.reading import Values
from students.imports.received import ONE_YEAR_ONLY
from students.imports.rows import RowPlan
from students.imports.telling import told_of_entry, told_of_pupil
from students.imports.upserts import insert, overwrite, store
from students.models import RegisterEntry, Student

STUDENT_COLUMNS = (
    "name",
    "pinyin",
    "letters",
    "initials",
    "given_name",
    "sex",
    "birth_date",
    "id_number",
    "id_number_index",
    "student_number",
    "student_number_index",
    "is_disabled",
    "disability_certificate",
    "nation",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "town",
    "village",
    "village_group",
    "household",
    "received",
)
NOT_OF_THE_PUPIL = {"is_boarder", *ENTRY_KEYS, *HEAD_KEYS}


@dataclass
class Entries:
    """Register entries to open, each after the pattern, to change and to end."""

    pattern: RegisterEntry
    new: list[RegisterEntry] = field(default_factory=list)
    changed: list[RegisterEntry] = field(default_factory=list)
    ended: list[RegisterEntry] = field(default_factory=list)


def write(comparison: Comparison, by: User, journal: Journal) -> None:
    """Store what the comparison says, into the journal too; the caller's transaction makes it all or nothing."""
    plans = [plan for plan in comparison.rows if plan.is_taken]
    of, known = comparison.of, comparison.known
    places = (plan.target for plan in plans if plan.target is not None and plan.moves_class)
    classes = make_classes(known.classes, places, of.district, of.on, by, journal)
    households = Households(known.households, of.district)
    pattern = Student(district=of.district)
    told = [told_of_pupil(plan, of.on) for plan in plans]
    students = [_student(plan, plan.student or another(pattern)) for plan in plans]
    for plan, student in zip(plans, students, strict=True):
        households.settle(plan.values, student)
    households.write(by, journal)
    _write_students(zip(plans, students, told, strict=True), households, by, journal)
    enrolling = Enrolling(of.on)
    entries = Entries(RegisterEntry(year=of.year, register=of.register, listed_on=of.on))
    for plan, student in zip(plans, students, strict=True):
        school_class = classes.get(plan.target.key(of.on)) if plan.target else None
        enrolling.settle(plan, student, school_class)
        _enter(plan, student, comparison, entries)
    enrolling.write(by, journal)
    _end_missing(comparison, entries)
    _write_entries(entries, by, journal)


def _student(plan: RowPlan, student: Student) -> Student:
    """The pupil with everything the row says; a blank or absent cell leaves what is there."""
    values = plan.values
    for key in (*PERSON_KEYS, *INDEXED, "disability_certificate", *_identity_keys(plan)):
        if key in values:
            setattr(student, key, values[key])
    _follow_numbers(student, values, plan.kept)
    if not student.pinyin or "name" in plan.differing:
        student.pinyin = reading_of(student.name)
    address = address_of(values, stored_address(student))
    if address is not None:
        student.town, student.village, student.village_group = address.town, address.village, address.group
    return student


def _follow_numbers(student: Student, values: Values, kept: frozenset[str]) -> None:
    """What the numbers say without words: sex and birth date, and that a pupil is disabled."""
    if "id_number" in values and not student.override_reason:
        number = ResidentId(values["id_number"])
        student.sex, student.birth_date = number.sex, number.birth_date
    if "disability_certificate" in values and "is_disabled" not in kept:
        student.is_disabled = values.get("is_disabled", True)


def _identity_keys(plan: RowPlan) -> tuple[str, ...]:
    """Sex and birth date come from the list only where no ID number tells them."""
    if plan.student is None:
        return ("sex", "birth_date")
    return tuple(key for key in ("sex", "birth_date") if key in plan.differing)


def _write_students(
    told: Iterable[tuple[RowPlan, Student, str]], households: Households, by: User, journal: Journal
) -> None:
    """New pupils, and those of whom anything changed, be it only what the list said."""
    new, changed = [], []
    for plan, student, words in told:
        is_heard, student.received = student.received != words, words
        if plan.student is None:
            new.append(student)
        elif is_heard or student.pk in households.moved or plan.differing.keys() - NOT_OF_THE_PUPIL:
            changed.append(student)
    insert(new, by, journal)
    overwrite(changed, STUDENT_COLUMNS, journal)


def _enter(plan: RowPlan, student: Student, comparison: Comparison, entries: Entries) -> None:
    """Put the pupil on the register of the year, or change what this year's entry says."""
    values = {key: plan.values[key] for key in ENTRY_KEYS if key in plan.values}
    values["received"] = told_of_entry(plan)
    if plan.entry is not None:
        is_heard = plan.entry.received != values["received"]
        if is_heard or not plan.differing.keys().isdisjoint(ENTRY_KEYS):
            _fill(plan.entry, values)
            entries.changed.append(plan.entry)
        return
    entry = another(entries.pattern)
    entry.student_id = student.pk
    if plan.former is not None:
        _fill(entry, {key: getattr(plan.former, key) for key in ENTRY_KEYS if key not in ONE_YEAR_ONLY})
    _fill(entry, values)
    entries.new.append(entry)
    if plan.moved_from is not None:
        _end(plan.moved_from, comparison, RegisterEntry.EndReason.MOVED, entries)


def _fill(entry: RegisterEntry, values: dict[str, object]) -> None:
    for key, value in values.items():
        setattr(entry, key, value)


def _end(entry: RegisterEntry, comparison: Comparison, reason: str, entries: Entries) -> None:
    """End on the day of the list, or on the day the entry began if that is later."""
    entry.ended_on, entry.end_reason = max(comparison.of.on, entry.listed_on), reason
    entries.ended.append(entry)


def _end_missing(comparison: Comparison, entries: Entries) -> None:
    for each in comparison.missing:
        if each.reason and comparison.is_same_year:
            _end(each.entry, comparison, each.reason, entries)


def _write_entries(entries: Entries, by: User, journal: Journal) -> None:
    """Ends first: a pupil has one open entry a year."""
    overwrite(entries.ended, ["ended_on", "end_reason"], journal)
    overwrite(entries.changed, (*ENTRY_KEYS, "received"), journal)
    store(entries.new, by, journal)
