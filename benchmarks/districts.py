"""A whole district, filled with pupils who are enrolled, listed and paired."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from benchmarks.rosters import MadeUpPupil, made_up_pupils
from pairing_portal.accounts.models import District, School, Teacher, User
from pairing_portal.lib.pinyin import pinyin_key
from pairing_portal.lib.school_years import Stage, entry_year, school_year
from pairings.actions.campaigns import open_campaign
from pairings.models import Pairing
from students.imports.upserts import insert
from students.models import Enrolment, Register, RegisterEntry, SchoolClass, Student

TEACHERS_PER_SCHOOL = 10
BATCH = 20_000
Classes = dict[tuple[str, int, int], SchoolClass]


def fill_district(office: User, count: int, on: date) -> None:
    """Store the pupils with a class, a register entry of the year and a teacher each."""
    district = District.objects.get(users=office)
    schools = list(School.objects.filter(district=district).order_by("pk"))
    pupils = list(made_up_pupils(count, len(schools), on))
    open_campaign(district=district, year=on.year, by=office)
    classes = _classes(office, schools, pupils, on)
    teachers = _teachers(office, schools, on)
    for first in range(0, count, BATCH):
        _store(office, pupils[first : first + BATCH], classes, teachers, on)


def _classes(by: User, schools: Sequence[School], pupils: Sequence[MadeUpPupil], on: date) -> Classes:
    named = {school.name: school for school in schools}
    keys = sorted({(pupil.school, pupil.grade, pupil.class_number) for pupil in pupils})
    classes = [
        SchoolClass(
            school=named[school], stage=Stage.PRIMARY, entry_year=entry_year(grade, on), number=number
        )
        for school, grade, number in keys
    ]
    insert(classes, by)
    return dict(zip(keys, classes, strict=True))


def _teachers(by: User, schools: Sequence[School], on: date) -> list[Teacher]:
    teachers = [
        Teacher(
            district=by.district, school=school, name=f"王老师{number}", pinyin="wang", started_on=_begun(on)
        )
        for number in range(TEACHERS_PER_SCHOOL)
        for school in schools
    ]
    insert(teachers, by)
    return teachers


def _store(
    by: User, pupils: Sequence[MadeUpPupil], classes: Classes, teachers: Sequence[Teacher], on: date
) -> None:
    students = [_student(by, pupil) for pupil in pupils]
    insert(students, by)
    pairs = list(zip(pupils, students, strict=True))
    insert(list(_enrolments(pairs, classes, on)), by)
    insert([_entry(pupil, student, on) for pupil, student in pairs], by)
    insert(
        [
            Pairing(student=student, teacher=teachers[pupil.number % len(teachers)], started_on=on)
            for pupil, student in pairs
        ],
        by,
    )


def _student(by: User, pupil: MadeUpPupil) -> Student:
    return Student(
        district=by.district,
        name=pupil.name,
        pinyin=pinyin_key(pupil.name),
        birth_date=pupil.birth_date,
        id_number=pupil.id_number,
        student_number=f"G{pupil.id_number}",
        guardian_name=pupil.guardian,
        guardian_phone="13900000000",
        town="示例镇",
        village=pupil.village,
    )


def _enrolments(
    pairs: Sequence[tuple[MadeUpPupil, Student]], classes: Classes, on: date
) -> Iterator[Enrolment]:
    for pupil, student in pairs:
        school_class = classes[pupil.school, pupil.grade, pupil.class_number]
        yield Enrolment(
            student=student, school_class=school_class, is_boarder=pupil.is_boarder, started_on=_begun(on)
        )


def _entry(pupil: MadeUpPupil, student: Student, on: date) -> RegisterEntry:
    is_filed = pupil.number % 5 < 3
    return RegisterEntry(
        student=student,
        year=on.year,
        register=Register.COUNTY_FILED if is_filed else Register.DISTRICT_RECOGNISED,
        listed_on=on - timedelta(days=1),
        household_status="未脱贫" if is_filed else "",
        poverty_cause=pupil.cause if is_filed else "",
        main_type="" if is_filed else "低保家庭",
    )


def _begun(on: date) -> date:
    return date(school_year(on), 9, 1)
