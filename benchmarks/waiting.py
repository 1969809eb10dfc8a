"""A district in which every listed pupil waits for a teacher, with all that a proposal looks at."""

from collections.abc import Sequence
from datetime import date, timedelta

from benchmarks.districts import fill_district
from pairing_portal.accounts.models import District, Teacher, User
from pairings.models import Pairing
from students.imports.upserts import insert, overwrite, store
from students.models import ClassTeacher, Household, SchoolClass, Student

FAMILY = 5  # in every so many pupils, two are brothers or sisters
LAST_YEAR, LONG_AGO = timedelta(days=120), timedelta(days=1200)


def make_all_wait(office: User, pupils: int, on: date) -> None:
    """Fill the district and end its pairings, a third of them lately; every class is led, some pupils are related."""
    fill_district(office, pupils, on)
    district = District.objects.get(users=office)
    _end_pairings(list(Pairing.objects.order_by("pk")), on)
    _lead_classes(office, list(SchoolClass.objects.order_by("pk")), list(Teacher.objects.order_by("pk")), on)
    _relate(office, district, list(Student.objects.order_by("pk")))


def _end_pairings(pairings: Sequence[Pairing], on: date) -> None:
    for number, pairing in enumerate(pairings):
        pairing.ended_on = on - (LONG_AGO if number % 3 else LAST_YEAR)
        pairing.started_on = pairing.ended_on - timedelta(days=300)
        pairing.end_reason = Pairing.EndReason.NOT_LISTED
    overwrite(pairings, ("started_on", "ended_on", "end_reason"))


def _lead_classes(by: User, classes: Sequence[SchoolClass], teachers: Sequence[Teacher], on: date) -> None:
    free = {teacher.pk: teacher for teacher in teachers}
    terms = []
    for school_class in classes:
        teacher = next(each for each in free.values() if each.school_id == school_class.school_id)
        del free[teacher.pk]
        terms.append(ClassTeacher(school_class=school_class, teacher=teacher, started_on=on - LAST_YEAR))
    store(terms, by)


def _relate(by: User, district: District, students: Sequence[Student]) -> None:
    pairs = [(students[place], students[place + 1]) for place in range(0, len(students) - 1, FAMILY)]
    households = [Household(district=district, head_name="户主") for _ in pairs]
    insert(households, by)
    for household, pair in zip(households, pairs, strict=True):
        for student in pair:
            student.household = household
    overwrite([student for pair in pairs for student in pair], ("household",))
