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

HOME, CANARY, BAIT, RESTRICTED = "本地", "异区", "鹿鸣", "保密内容"
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


def make_place(word: str, today: date) -> Place:
    """Teachers: one at the near school who leads the third class, the near school's head, one at the far school."""
    district = make_district(
        name=f"{word}学区",
        county=f"{word}县",
        town=f"{word}镇",
        county_office=f"{word}县办公室",
        phone=phone_of(word, 1),
    )
    near, far = (make_school(district, name=f"{word}{name}", short_name=word) for name in ("一小", "二小"))
    places = ((near, 1), (far, 2), (far, 3))
    classes = [make_class(school, entry_year=today.year - 3, number=number) for school, number in places]
    teachers = [
        make_teacher(
            school, name=f"{word}{name}", post=post, title=f"{word}教师", phone=phone_of(word, number)
        )
        for number, (school, name, post) in enumerate(
            ((near, "甲师", f"{word}教研"), (near, "校长", "校长"), (far, "乙师", "")), start=2
        )
    ]
    long_ago = today - timedelta(days=90)
    return Place(
        word=word,
        district=district,
        office=make_user(Role.OFFICE, district=district, name=f"{word}办公室"),
        campaign=make_campaign(district, today.year),
        schools=(near, far),
        classes=(classes[0], classes[1], classes[2]),
        teachers=(teachers[0], teachers[1], teachers[2]),
        class_teacher=make_class_teacher(classes[2], teachers[0], started_on=long_ago),
        member=make_member(teachers[2], started_on=long_ago),
        export=_make_export(district, word, today),
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
