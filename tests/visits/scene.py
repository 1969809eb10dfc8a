"""A teacher, a pupil and the office, with days counted from today, since rights follow the present."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from pairing_portal.accounts.models import Role, Teacher, User
from pairings.models import Pairing
from students.models import SchoolClass, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from visits.models import Visit


def days_ago(days: int) -> date:
    """A day in the past."""
    return timezone.localdate() - timedelta(days=days)


@dataclass(frozen=True)
class Scene:
    """One school with a paired teacher and pupil, and the people who look at their visits."""

    school_class: SchoolClass
    teacher: Teacher
    user: User
    office: User
    leader: User
    head: User
    student: Student
    pairing: Pairing


def make_scene() -> Scene:
    """The teacher helps the pupil in study since 60 days ago."""
    school = make_school()
    make_campaign(school.district, timezone.localdate().year)
    school_class = make_class(school, entry_year=timezone.localdate().year - 3)
    user = make_user(Role.TEACHER, district=school.district, name="单秀英")
    head = make_user(Role.SCHOOL, district=school.district)
    make_teacher(school, name="校长", user=head)
    teacher = make_teacher(school, name="单秀英", user=user)
    student = make_student(school_class, name="苗沐阳")
    return Scene(
        school_class=school_class,
        teacher=teacher,
        user=user,
        office=make_user(Role.OFFICE, district=school.district, name="张干事"),
        leader=make_user(Role.LEADER, district=school.district),
        head=head,
        student=student,
        pairing=make_pairing(student, teacher, started_on=days_ago(60)),
    )


def own_visit(scene: Scene, **values: Any) -> Visit:
    """A visit by the teacher of the scene, five days ago."""
    defaults = {"visited_on": days_ago(5), "created_by": scene.user, "pairing": scene.pairing}
    return make_visit(scene.student, scene.teacher, **defaults | values)


def filled_in(**values: Any) -> dict[str, Any]:
    """What a browser sends for the shortest record."""
    shortest = {
        "submission_id": str(uuid4()),
        "visited_on": days_ago(0).isoformat(),
        "way": "home",
        "situation": "奶奶在家，孩子情况正常。",
    }
    return shortest | values


def end(pairing: Pairing) -> None:
    """The pairing ended yesterday."""
    pairing.ended_on, pairing.end_reason = days_ago(1), Pairing.EndReason.HANDED_OVER
    pairing.save(update_fields=["ended_on", "end_reason"])
