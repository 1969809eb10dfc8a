"""The two districts of the cast: offices, schools, classes and teachers, every text with the district's word."""

from dataclasses import dataclass
from datetime import date, timedelta

from pairing_portal.accounts.models import District, Role, School, Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairings.models import Campaign, LeadershipMember
from reports.models import Edition, Export
from students.models import ClassTeacher, SchoolClass
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_district,
    make_member,
    make_school,
    make_teacher,
    make_user,
)

HOME, CANARY, BAIT, RESTRICTED = "此乡", "异区", "鹿鸣", "保密内容"
FOREIGN_PHONE = "19900000099"
ROLES = ("anonymous", "admin", "office", "aid", "school", "leader", "teacher", "county")
RELATIONS = ("paired", "ended", "led", "same_school", "same_district", "foreign")


@dataclass(frozen=True)
class Place:
    """One district with its rows; `teachers` and `classes` as the makers below say."""

    word: str
    district: District
    office: User
    campaign: Campaign
    schools: tuple[School, School]
    classes: tuple[SchoolClass, SchoolClass, SchoolClass]
    teachers: tuple[Teacher, Teacher, Teacher]
    class_teacher: ClassTeacher
    member: LeadershipMember
    export: Export


def make_places(today: date) -> tuple[Place, Place]:
    """甲 and 乙; only 乙 has a campaign of the year before, too."""
    here, there = make_place(HOME, today), make_place(CANARY + BAIT, today)
    make_campaign(there.district, today.year - 1)
    return here, there


def make_place(word: str, today: date) -> Place:
    """The first teacher, of the near school, leads the third class, of the far one."""
    names = {"name": "学区", "county": "县", "town": "镇", "county_office": "县办公室"}
    district = make_district(**{field: word + name for field, name in names.items()}, phone=phone_of(word, 1))
    near, far = (make_school(district, name=f"{word}{name}", short_name=word) for name in ("一小", "二小"))
    teachers = _make_teachers(word, near, far)
    entered = today.year - 3
    classes = (
        make_class(near, entry_year=entered, number=1),
        make_class(far, entry_year=entered, number=2),
        make_class(far, entry_year=entered, number=3),
    )
    long_ago = today - timedelta(days=90)
    return Place(
        word=word,
        district=district,
        office=make_user(Role.OFFICE, district=district, name=f"{word}办公室"),
        campaign=make_campaign(district, today.year),
        schools=(near, far),
        classes=classes,
        teachers=teachers,
        class_teacher=make_class_teacher(classes[2], teachers[0], started_on=long_ago),
        member=make_member(teachers[2], started_on=long_ago),
        export=_make_export(district, word, today),
    )


def _make_teachers(word: str, near: School, far: School) -> tuple[Teacher, Teacher, Teacher]:
    """Somebody at the near school, its head, and somebody at the far one."""
    told = {"title": f"{word}教师"}
    return (
        make_teacher(near, name=f"{word}甲师", post=f"{word}教研", phone=phone_of(word, 2), **told),
        make_teacher(near, name=f"{word}校长", post="校长", phone=phone_of(word, 3), **told),
        make_teacher(far, name=f"{word}乙师", phone=phone_of(word, 4), **told),
    )


def phone_of(word: str, number: int) -> str:
    return FOREIGN_PHONE if word != HOME else f"1380000000{number}"


def _make_export(district: District, word: str, today: date) -> Export:
    return Export.objects.create(
        district=district,
        number=f"{word}-0001",
        attachment=Export.Attachment.PAIRINGS,
        edition=Edition.FULL,
        year=today.year,
        as_of=today,
        reason=f"{word}事由",
        row_count=3,
        file_hash="0" * 64,
    )


def make_users(here: Place, there: Place) -> dict[str, User]:
    """One account per role of 甲; 乙 has its office and a teacher, and something in its log."""
    roles = {role: Role(role) for role in ROLES[1:]}
    users = {
        name: make_user(role, district=here.district, username=name, name=f"{HOME}{role.label}")
        for name, role in roles.items()
    }
    foreign = make_user(Role.TEACHER, district=there.district, username="yiqu", name=there.teachers[0].name)
    for user, teacher in (
        (users["teacher"], here.teachers[0]),
        (users["school"], here.teachers[1]),
        (foreign, there.teachers[0]),
    ):
        teacher.user = user
        teacher.save(update_fields=["user"])
    record(there.office, Action.CHANGED, there.schools[0], reason=f"{there.word}原因")
    return users
