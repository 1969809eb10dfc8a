"""Half-open periods, on teachers (in service from … to …)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import DateField, Value

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.periods import ended_together, in_force, ordered_period
from tests.builders import make_school, make_teacher

STARTED, ENDED = date(2018, 3, 11), date(2018, 6, 20)


def day(value: date | None) -> Value:
    """A day as the database compares it."""
    return Value(value, output_field=DateField())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "is_in_force"),
    [
        (STARTED - timedelta(days=1), False),
        (STARTED, True),
        (ENDED - timedelta(days=1), True),
        (ENDED, False),
    ],
)
def test_period_holds_its_first_day_and_not_its_end(on: date, is_in_force: bool) -> None:
    make_teacher(started_on=STARTED, ended_on=ENDED, end_reason="retired")

    assert Teacher.objects.filter(in_force(on)).exists() is is_in_force


@pytest.mark.django_db
def test_open_period_goes_on() -> None:
    make_teacher(started_on=STARTED)

    assert Teacher.objects.filter(in_force(date(2099, 1, 1))).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ended_on", "allowed"),
    [(None, True), (ENDED, True), (STARTED, True), (STARTED - timedelta(days=1), False)],
)
def test_period_does_not_end_before_it_starts(ended_on: date | None, allowed: bool) -> None:
    period = {"started_on": day(STARTED), "ended_on": day(ended_on)}

    assert ordered_period().check(period) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ended_on", "reason", "allowed"),
    [(None, "", True), (ENDED, "retired", True), (ENDED, "", False), (None, "retired", False)],
)
def test_end_and_reason_come_together(ended_on: date | None, reason: str, allowed: bool) -> None:
    period = {"ended_on": day(ended_on), "end_reason": reason}

    assert ended_together().check(period) is allowed


@pytest.mark.django_db
def test_constraints_speak_to_the_clerk() -> None:
    teacher = Teacher(name="王老师", started_on=ENDED, ended_on=STARTED, end_reason="retired")
    teacher.school = make_school()
    teacher.district = teacher.school.district

    with pytest.raises(ValidationError, match="离岗日期不能早于到岗日期"):
        teacher.full_clean()
