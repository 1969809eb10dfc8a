"""A small district whose classes have passed their last grade."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pairing_portal.accounts.models import District, Role, School, Teacher, User
from pairings.actions.turn_choices import TurnChoices, choices_from_text
from pairings.actions.turns import choose_ways, confirm_turn, prepare_turn
from pairings.models import YearTurn
from students.models import Enrolment, SchoolClass, Student
from tests.builders import make_class, make_district, make_school, make_teacher, make_user

TODAY = date(2018, 9, 20)
SEPTEMBER = date(2018, 9, 1)
NOW = datetime(2018, 9, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class TurningTown:
    """A kindergarten, a primary school and a nine-year school, each with a class that has passed its last grade."""

    district: District
    office: User
    kindergarten: School
    primary: School
    through: School
    oldest: SchoolClass  # 大班1班
    sixth: SchoolClass  # 六年级1班
    ninth: SchoolClass  # 九年级1班
    third: SchoolClass  # 三年级1班, now 四年级
    teacher: Teacher
    colleague: Teacher


def make_town() -> TurningTown:
    """Classes as they stood until August 2018; the primary schools have running classes of every stage they teach."""
    district = make_district()
    kindergarten, primary, through = (
        make_school(district, name=name) for name in ("中心幼儿园", "中心小学", "九年制学校")
    )
    make_class(primary, entry_year=2018, number=1)
    make_class(through, stage="middle", entry_year=2017, number=1)
    return TurningTown(
        district,
        make_user(Role.OFFICE, district=district),
        kindergarten,
        primary,
        through,
        make_class(kindergarten, stage="preschool", entry_year=2015, number=1),
        make_class(primary, entry_year=2012, number=1),
        make_class(through, stage="middle", entry_year=2015, number=1),
        make_class(primary, entry_year=2015, number=1),
        make_teacher(primary, name="折建国"),
        make_teacher(through, name="单秀英"),
    )


def prepared(town: TurningTown, today: date = TODAY) -> YearTurn:
    """The turn as it is proposed."""
    return prepare_turn(district=town.district, by=town.office, today=today)


def decided(turn: YearTurn, *, today: date = TODAY, **values: Any) -> YearTurn:
    """The same with some choices made: `classes` and `pupils` by row, `campaign`."""
    former = choices_from_text(turn.choices)
    classes = former.classes | {str(row.public_id): way for row, way in values.get("classes", {}).items()}
    pupils = former.pupils | {str(row.public_id): way for row, way in values.get("pupils", {}).items()}
    choices = TurnChoices(classes, pupils, values.get("campaign", former.campaign))
    by = User.objects.get(pk=turn.created_by_id)
    return choose_ways(turn=turn, choices=choices, version=turn.version, by=by, today=today)


def confirmed(turn: YearTurn, by: User, today: date = TODAY) -> YearTurn:
    """The turn written down."""
    return confirm_turn(turn=turn, by=by, today=today, now=NOW)


def to(school: School, number: int = 1) -> str:
    """The key of a class of the school."""
    return f"{number}@{school.public_id}"


def place_of(student: Student, on: date) -> tuple[str, str] | None:
    """School and class on the day."""
    place = (
        Enrolment.objects.active(on).filter(student=student).select_related("school_class__school").first()
    )
    return (place.school_class.school.name, place.school_class.name(on)) if place else None
