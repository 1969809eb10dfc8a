"""Who has been silent for longest, and who comes next."""

import pytest

from students.models import Student
from tests.builders import make_household, make_pairing, make_student, make_visit
from tests.visits.scene import Scene, days_ago, make_scene
from visits.metrics import next_pupil, pupils_by_silence, silent_since

pytestmark = pytest.mark.django_db


def make_pupils(scene: Scene) -> tuple[Student, Student]:
    """Two more pupils of the teacher: one visited 40 days ago, one 3 days ago."""
    longer, later = make_student(scene.school_class), make_student(scene.school_class)
    for pupil, days in ((longer, 40), (later, 3)):
        make_pairing(pupil, scene.teacher, started_on=days_ago(60))
        make_visit(pupil, scene.teacher, visited_on=days_ago(90))
        make_visit(pupil, scene.teacher, visited_on=days_ago(days))
    return longer, later


def test_never_visited_pupils_stand_before_the_longest_silent() -> None:
    scene = make_scene()
    longer, later = make_pupils(scene)
    pupils = list(pupils_by_silence(Student.objects.all(), days_ago(0)))
    assert [(pupil.pk, pupil.last_visited_on) for pupil in pupils] == [
        (scene.student.pk, None),
        (longer.pk, days_ago(40)),
        (later.pk, days_ago(3)),
    ]


def test_silence_counts_neither_an_empty_house_nor_what_came_after_the_day() -> None:
    scene = make_scene()
    make_visit(scene.student, scene.teacher, visited_on=days_ago(30))
    make_visit(scene.student, scene.teacher, visited_on=days_ago(20), nobody_home=True)
    make_visit(scene.student, scene.teacher, visited_on=days_ago(2))
    found = pupils_by_silence(Student.objects.all(), days_ago(10)).get()
    assert found.last_visited_on == days_ago(30)


@pytest.mark.parametrize(("days", "count"), [(39, 2), (40, 1)])
def test_silent_since_takes_more_than_the_days(days: int, count: int) -> None:
    make_pupils(make_scene())
    assert silent_since(Student.objects.all(), days, days_ago(0)).count() == count


def test_next_pupil_is_the_sibling_before_the_longest_silent() -> None:
    scene = make_scene()
    _, later = make_pupils(scene)
    household = make_household(scene.student.district)
    Student.objects.filter(pk__in=[scene.student.pk, later.pk]).update(household=household)
    scene.student.refresh_from_db()
    following = next_pupil(Student.objects.all(), after=scene.student, teacher=scene.teacher, on=days_ago(0))
    assert following == later
    make_visit(later, scene.teacher, visited_on=days_ago(0), nobody_home=True)
    following = next_pupil(Student.objects.all(), after=later, teacher=scene.teacher, on=days_ago(0))
    assert following == scene.student


def test_next_pupil_is_paired_before_unpaired_and_nobody_comes_twice_a_day() -> None:
    scene = make_scene()
    make_student(scene.school_class)
    longer, later = make_pupils(scene)
    for pupil in (scene.student, longer):
        make_visit(pupil, scene.teacher, visited_on=days_ago(0))
    assert next_pupil(Student.objects.all(), after=longer, teacher=scene.teacher, on=days_ago(0)) == later
