"""The fixed cast: district 甲 with one person per role, and district 乙, whose words must never reach 甲.

Relations are those of the teacher and the school head of 甲 to a pupil: `paired` (helped by the teacher, at the
head's school), `ended` (helped once, elsewhere), `led` (in the teacher's own class), `same_school`, `same_district`,
`foreign` (district 乙) and `missing`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pairing_portal.accounts.models import District, Role, School, Teacher, User
from pairings.models import Campaign, LeadershipMember, Pairing
from reports.models import Edition, Export
from students.models import ClassTeacher, RegisterEntry, RosterImport, SchoolClass, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_district,
    make_entry,
    make_household,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from visits.models import Visit

CANARY = "异区"
ROLES = ("anonymous", "admin", "office", "aid", "school", "leader", "teacher", "county")
RELATIONS = ("paired", "ended", "led", "same_school", "same_district", "foreign")


@dataclass(frozen=True)
class Place:
    """One district with its rows, by the relation of their pupil."""

    district: District
    campaign: Campaign
    schools: tuple[School, School]
    classes: tuple[SchoolClass, SchoolClass, SchoolClass]
    teachers: tuple[Teacher, ...]
    class_teacher: ClassTeacher
    member: LeadershipMember
    roster: RosterImport
    export: Export


@dataclass(frozen=True)
class Cast:
    """Everybody and everything the access tests walk over."""

    here: Place
    there: Place
    users: dict[str, User]
    pupils: dict[str, Student]
    entries: dict[str, RegisterEntry]
    pairings: dict[str, Pairing]
    visits: dict[str, Visit]


def make_cast(today: date | None = None) -> Cast:
    """Both districts, with days counted from today, since rights follow the present."""
    today = today or timezone.localdate()
    since = today - timedelta(days=60)
    here, there = _make_place("本地", today), _make_place(CANARY, today)
    users = _make_users(here)
    make_user(Role.OFFICE, district=there.district, username="there", name=f"{CANARY}办公室")
    pupils = _make_pupils(here, there, since)
    entries = {
        relation: make_entry(pupil, year=today.year, listed_on=since, situation=f"{pupil.name}的情况")
        for relation, pupil in pupils.items()
    }
    pairings = _make_pairings(here, there, pupils, since)
    visits = {relation: _make_visit(pairing, today) for relation, pairing in pairings.items()}
    return Cast(here, there, users, pupils, entries, pairings, visits)


def _make_place(word: str, today: date) -> Place:
    district = make_district(
        name=f"{word}学区", county=f"{word}县", county_office=f"{word}县办公室", phone="0912-1"
    )
    near, far = make_school(district, name=f"{word}第一小学"), make_school(district, name=f"{word}第二小学")
    year = today.year - 3
    classes = (
        make_class(near, entry_year=year, number=1),
        make_class(far, entry_year=year, number=2),
        make_class(far, entry_year=year, number=3),
    )
    teachers = (
        make_teacher(near, name=f"{word}甲师", phone="13800000001"),
        make_teacher(near, name=f"{word}校长", post="校长", phone="13800000002"),
        make_teacher(far, name=f"{word}乙师", phone="13800000003"),
    )
    led = make_class_teacher(classes[2], teachers[0], started_on=today - timedelta(days=90))
    member = make_member(teachers[2], started_on=today - timedelta(days=90))
    roster, export = _make_roster(district, word, today), _make_export(district, word, today)
    campaign = make_campaign(district, today.year)
    return Place(district, campaign, (near, far), classes, teachers, led, member, roster, export)


def _make_roster(district: District, word: str, today: date) -> RosterImport:
    return RosterImport.objects.create(
        district=district,
        kind=RosterImport.Kind.COUNTY_FILED,
        state=RosterImport.State.DISCARDED,
        year=today.year,
        listed_on=today,
        file_name=f"{word}名册.xlsx",
        file_hash="0" * 64,
    )


def _make_export(district: District, word: str, today: date) -> Export:
    return Export.objects.create(
        district=district,
        number=f"{word}-0001",
        attachment=Export.Attachment.PAIRINGS,
        edition=Edition.SCHOOL,
        year=today.year,
        as_of=today,
        row_count=3,
        file_hash="0" * 64,
    )


def _make_users(here: Place) -> dict[str, User]:
    roles = {role: Role(role) for role in ROLES[1:]}
    users = {
        name: make_user(role, district=here.district, username=name, name=f"本地{role.label}")
        for name, role in roles.items()
    }
    for name, teacher in (("teacher", here.teachers[0]), ("school", here.teachers[1])):
        teacher.user = users[name]
        teacher.save(update_fields=["user"])
    return users


def _make_pupils(here: Place, there: Place, since: date) -> dict[str, Student]:
    near, far, led = here.classes
    homes = {"paired": near, "ended": far, "led": led, "same_school": near, "same_district": far}
    homes["foreign"] = there.classes[0]
    pupils = {}
    for relation, school_class in homes.items():
        word = CANARY if relation == "foreign" else "本地"
        household = make_household(school_class.school.district, number="", head_name=f"{word}户主")
        pupils[relation] = make_student(
            school_class,
            name=f"{word}{relation}",
            village=f"{word}村",
            guardian_name=f"{word}监护人",
            household=household,
        )
    return pupils


def _make_pairings(here: Place, there: Place, pupils: dict[str, Student], since: date) -> dict[str, Pairing]:
    teacher, _, other = here.teachers
    ended = {"ended_on": since + timedelta(days=20), "end_reason": Pairing.EndReason.HANDED_OVER}
    makers = {
        "paired": (teacher, {}),
        "ended": (teacher, ended),
        "led": (other, {}),
        "same_school": (other, {}),
        "same_district": (other, {}),
        "foreign": (there.teachers[0], {}),
    }
    return {
        relation: make_pairing(pupils[relation], helper, started_on=since, **extra)
        for relation, (helper, extra) in makers.items()
    }


def _make_visit(pairing: Pairing, today: date) -> Visit:
    return make_visit(
        pairing.student,
        pairing.teacher,
        pairing=pairing,
        visited_on=max(pairing.started_on, today - timedelta(days=50)),
        situation=f"{pairing.student.name}家中情况",
        restricted_note=f"{pairing.student.name}保密",
    )
