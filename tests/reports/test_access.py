"""Rights follow today, facts follow the day looked at (safety A4)."""

from pairing_portal.accounts.models import Role, Teacher
from reports.access import Scope
from tests.builders import make_user
from tests.reports.town import AFTER, BEFORE, Town


def _scope_of(name: str, town: Town) -> Scope:
    """The view of the teacher of that name, on the day of the hand-over, back to the day before."""
    teacher = Teacher.objects.get(name=name)
    teacher.user = make_user(Role.TEACHER, district=town.district)
    teacher.save(update_fields=["user"])
    return Scope(teacher.user, AFTER, 2018, BEFORE)


def test_former_teacher_sees_neither_pupil_nor_the_pairing_of_before(town: Town) -> None:
    scope = _scope_of("折建国", town)
    assert not scope.students.exists()
    assert not scope.pairings.exists()


def test_present_teacher_sees_who_helped_before(town: Town) -> None:
    scope = _scope_of("单秀英", town)
    assert set(scope.students) == {town.filed}
    assert {pairing.teacher.name for pairing in scope.pairings.active(BEFORE)} == {"折建国", "杜文"}


def test_listed_are_those_on_a_register_that_day(town: Town) -> None:
    assert set(Scope(town.office, AFTER, 2018, AFTER).listed) == {town.filed, town.recognised}
    assert not Scope(town.office, AFTER, 2017, AFTER).listed.exists()
