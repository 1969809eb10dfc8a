"""What the district has on record, loaded in a fixed number of queries however long the list is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from pairing_portal.accounts.models import District, School
from students.imports.places import class_key
from students.imports.received import heard
from students.models import Enrolment, Household, Register, RegisterEntry, SchoolClass, Student

YEARS_BACK = 3  # how long a former entry still speaks for a pupil


@dataclass
class Known:
    """Schools, classes, households and pupils of the district, with each pupil's place and entries."""

    schools: list[School]
    classes: dict[tuple[str, str, int, int], SchoolClass]
    households: dict[str, Household]
    students: dict[int, Student]
    by_key: dict[UUID, Student] = field(default_factory=dict)
    by_id_number: dict[str, Student] = field(default_factory=dict)
    by_student_number: dict[str, Student] = field(default_factory=dict)
    by_name: dict[str, list[Student]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, Enrolment] = field(default_factory=dict)
    entries: dict[int, RegisterEntry] = field(default_factory=dict)
    former: dict[int, RegisterEntry] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def index_students(self) -> None:
        """Make pupils findable by key, by both numbers and by name."""
        for student in self.students.values():
            self.by_key[student.public_id] = student
            if student.id_number_index:
                self.by_id_number[student.id_number_index] = student
            if student.student_number_index:
                self.by_student_number[student.student_number_index] = student
            self.by_name[student.name].append(student)

    @cached_property
    def heard_numbers(self) -> dict[str, Student]:
        """Pupils by the index of a number as the last list had it, so that a corrected one is still found."""
        heards = [(student, heard(student.received)) for student in self.students.values()]
        return {
            said[key]: student
            for student, said in heards
            for key in ("id_number", "student_number")
            if key in said
        }

    @cached_property
    def heard_heads(self) -> dict[int, str]:
        """The head of each household as the last list had it."""
        heads = (
            (student.household_id, heard(student.received).get("head_name"))
            for student in self.students.values()
            if student.household_id is not None
        )
        return {household: head for household, head in heads if household is not None and head}

    def last_list(self, register: Register, year: int) -> tuple[list[RegisterEntry], bool]:
        """The open entries a new list is held against, and whether they are of the same year."""
        current = [entry for entry in self.entries.values() if entry.register == register]
        if current:
            return current, True
        latest = max((entry.year for entry in self.former.values()), default=year)
        former = [entry for entry in self.former.values() if entry.year == latest and entry.ended_on is None]
        return former, False


def load_known(district: District, register: Register, year: int) -> Known:
    """Everything a register's list of the year is compared with."""
    classes = list(SchoolClass.objects.filter(school__district=district).select_related("school"))
    households = list(Household.objects.filter(district=district))
    known = Known(
        schools=list(School.objects.filter(district=district)),
        classes={class_key(each): each for each in classes},
        households={each.number: each for each in households if each.number},
        students={each.pk: each for each in Student.objects.filter(district=district)},
    )
    known.index_students()
    _share_households(known, households)
    _share_classes(known, classes, Enrolment.objects.filter(student__district=district, ended_on=None))
    entries = RegisterEntry.objects.filter(
        student__district=district, year__gte=year - YEARS_BACK, year__lte=year
    )
    _sort_entries(known, entries.order_by("year", "listed_on", "pk"), register, year)
    return known


def _share_households(known: Known, households: Iterable[Household]) -> None:
    """Brothers and sisters hold one and the same household object, so that a change to it is one change."""
    shared = {household.pk: household for household in households}
    for student in known.students.values():
        if student.household_id is not None:
            student.household = shared[student.household_id]


def _share_classes(known: Known, classes: Iterable[SchoolClass], enrolments: Iterable[Enrolment]) -> None:
    """Each pupil's open place, in class objects that classmates share."""
    shared = {school_class.pk: school_class for school_class in classes}
    for enrolment in enrolments:
        enrolment.school_class = shared[enrolment.school_class_id]
        known.places[enrolment.student_id] = enrolment


def _sort_entries(known: Known, entries: Iterable[RegisterEntry], register: Register, year: int) -> None:
    """This year's open entries of either register, who has left this one, and the latest earlier entry of it."""
    for entry in entries:
        if entry.year == year and entry.ended_on is None:
            known.entries[entry.student_id] = entry
        elif entry.register == register and entry.year == year:
            known.left.add(entry.student_id)
        elif entry.register == register:
            known.former[entry.student_id] = entry
