"""Moving and leaving: what was stays, what follows opens on the same day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent
from pairing_portal.lib.periods import overlapping
from pairings.actions.leaving import Rest, student_leaves
from pairings.models import Pairing
from students.actions.enrolments import move_student
from students.models import Enrolment, RegisterEntry, SchoolClass, Student
from tests.builders import make_class, make_entry, make_pairing, make_school, make_student
from tests.students.conftest import World

ON = date(2018, 4, 2)


def moved(student: Student, world: World, school_class: SchoolClass, **values: object) -> Enrolment:
    """A move on the day, to another class of the school unless told otherwise."""
    facts: dict[str, Any] = {"on": ON, "reason": "rearranged", "is_boarder": False} | values
    return move_student(student=student, school_class=school_class, by=world.office, **facts)


def test_move_ends_one_enrolment_and_opens_the_next_the_same_day(world: World) -> None:
    student = make_student(world.school_class)
    other = make_class(world.school, entry_year=world.school_class.entry_year, number=2)
    place = moved(student, world, other)
    former = Enrolment.objects.get(ended_on=ON)
    assert (former.end_reason, former.school_class) == ("rearranged", world.school_class)
    assert (place.started_on, place.start_reason, place.ended_on) == (ON, "rearranged", None)
    for day, school_class in ((ON - timedelta(1), world.school_class), (ON, other)):
        assert Enrolment.objects.active(day).get().school_class == school_class
    assert AuditEvent.objects.filter(action=Action.MOVED).count() == 1


def test_move_may_change_boarding_alone(world: World) -> None:
    student = make_student(world.school_class)
    assert moved(student, world, world.school_class, is_boarder=True).is_boarder


def test_move_refuses_what_does_not_fit(world: World) -> None:
    student = make_student(world.school_class)
    beside = make_class(world.school, entry_year=world.school_class.entry_year, number=2)
    away = make_class(make_school(world.district), entry_year=world.school_class.entry_year)
    for school_class, values, words in (
        (world.school_class, {}, "都没有变化"),
        (beside, {"reason": "promoted"}, "下一学段"),
        (beside, {"reason": "repeated"}, "留级"),
        (beside, {"reason": "transferred"}, "另一所学校"),
        (beside, {"reason": "resumed"}, "现在有在读班级"),
        (away, {"reason": "transferred", "on": date(2017, 8, 31)}, "不能早于"),
    ):
        with pytest.raises(ValidationError, match=words):
            moved(student, world, school_class, **values)
    assert Enrolment.objects.count() == 1


def test_promotion_and_repeating_go_to_fitting_classes(world: World) -> None:
    student = make_student(world.school_class)
    younger = make_class(world.school, entry_year=world.school_class.entry_year + 1)
    moved(student, world, younger, reason="repeated")
    middle = make_class(make_school(world.district), stage="middle", entry_year=2018)
    assert moved(student, world, middle, reason="promoted", on=date(2018, 9, 1)).school_class == middle


def test_pupil_comes_back_only_after_having_left(world: World) -> None:
    student = make_student(world.school_class)
    student_leaves(student=student, on=ON, reason="suspended", rest=Rest.KEEP, by=world.office)
    with pytest.raises(ValidationError, match="没有在读班级"):
        moved(student, world, world.school_class)
    with pytest.raises(ValidationError, match="日期不能重叠"):
        moved(student, world, world.school_class, reason="resumed", on=ON - timedelta(1))
    assert moved(student, world, world.school_class, reason="resumed").started_on == ON


@pytest.mark.parametrize(
    ("reason", "rest", "ended"),
    [
        ("transferred", Rest.BY_REASON, True),
        ("graduated", Rest.BY_REASON, True),
        ("suspended", Rest.BY_REASON, False),
        ("dropped_out", Rest.BY_REASON, False),
        ("dropped_out", Rest.END, True),
        ("transferred", Rest.KEEP, False),
    ],
)
def test_leaving_ends_pairings_and_entries_as_the_reason_says(
    world: World, reason: str, rest: str, ended: bool
) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher)
    make_entry(student)
    before = make_entry(student, year=2017, listed_on=date(2017, 3, 5))
    student_leaves(student=student, on=ON, reason=reason, rest=rest, by=world.office)
    assert Pairing.objects.filter(ended_on=ON).exists() is ended
    assert RegisterEntry.objects.filter(year=2018, ended_on=ON).exists() is ended
    before.refresh_from_db()
    assert before.ended_on is None


def test_leaving_is_all_or_nothing(world: World) -> None:
    student = make_student(world.school_class)
    make_pairing(student, world.teacher, started_on=ON + timedelta(5))
    with pytest.raises(ValidationError, match="才开始"):
        student_leaves(student=student, on=ON, reason="transferred", rest=Rest.END, by=world.office)
    assert Enrolment.objects.get().ended_on is None


def test_pages_move_and_let_go(world: World, office: Client) -> None:
    today = timezone.localdate()
    student = make_student(world.school_class)
    other = make_class(world.school, entry_year=world.school_class.entry_year, number=7)
    make_pairing(student, world.teacher)
    page = reverse("enrolment_new", args=[student.public_id])
    sent = {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a21",
        "reason": "rearranged",
        "school_class": str(other.public_id),
        "boarding": "no",
        "on": today.isoformat(),
    }
    for _ in range(2):
        assert office.post(page, sent).headers["Location"] == student.get_absolute_url()
    assert Enrolment.objects.count() == 2
    leave = reverse("enrolment_end", args=[student.public_id])
    assert "结对：王老师" in office.get(leave).text
    tomorrow = {"on": (today + timedelta(1)).isoformat(), "reason": "transferred", "rest": "by_reason"}
    assert "不能晚于今天" in office.post(leave, tomorrow).text
    assert office.post(leave, {**tomorrow, "on": today.isoformat()}).status_code == 302
    assert not Enrolment.objects.filter(ended_on=None).exists()
    assert "没有在读班级" in office.get(leave).text


def test_pages_offer_only_classes_of_open_schools_of_the_own_district(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    closed = make_school(world.district, closed_on=date(2020, 1, 1))
    shut = make_class(closed, entry_year=world.school_class.entry_year)
    page = office.get(reverse("enrolment_new", args=[student.public_id])).text
    assert str(world.school_class.public_id) in page
    assert str(world.elsewhere.public_id) not in page
    assert str(shut.public_id) not in page


Period = tuple[date, date | None]
FEW_DAYS = [ON + timedelta(number) for number in range(5)]


def days_of(period: Period) -> set[date]:
    """The days of a half-open period, within a few."""
    first, end = period
    return {
        day for day in [*FEW_DAYS, FEW_DAYS[-1] + timedelta(1)] if first <= day and (end is None or day < end)
    }


def test_overlapping_finds_exactly_the_periods_that_share_a_day(world: World) -> None:
    student = make_student(world.school_class)
    Enrolment.objects.all().delete()
    ends: list[date | None] = [*FEW_DAYS, None]
    periods = [(first, end) for first in FEW_DAYS for end in ends if end is None or end >= first]
    for first, end in periods:
        facts = {"started_on": first, "ended_on": end, "end_reason": "mistake" if end else ""}
        row = Enrolment.objects.create(student=student, school_class=world.school_class, **facts)
        found = {period for period in periods if Enrolment.objects.filter(overlapping(*period)).exists()}
        row.delete()
        assert found == {period for period in periods if days_of(period) & days_of((first, end))}
