"""How long pupils have gone without anybody being met, and whom to visit next."""

from datetime import date, timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

from pairing_portal.accounts.models import Teacher
from pairings.models import Pairing
from students.models import Student
from students.models.people import StudentQuerySet
from visits.models import Visit


def pupils_by_silence(students: StudentQuerySet, on: date) -> StudentQuerySet:
    """Pupils with `last_visited_on`, longest-silent first, never visited at the head.

    Any way of meeting by any teacher counts up to the day; a call at a house where nobody was home does not.
    """
    return _with_last_visit(students, on).order_by(F("last_visited_on").asc(nulls_first=True), "pinyin", "pk")


def silent_since(students: StudentQuerySet, days: int, on: date) -> StudentQuerySet:
    """Pupils whom nobody has met for more than the given number of days, or ever, longest-silent first."""
    latest = on - timedelta(days=days)
    silent = Q(last_visited_on__isnull=True) | Q(last_visited_on__lt=latest)
    return pupils_by_silence(students, on).filter(silent)


def next_pupil(pupils: StudentQuerySet, *, after: Student, teacher: Teacher, on: date) -> Student | None:
    """The next of the teacher's pupils without a record of that day.

    The same household comes first, then pupils paired with the teacher, longest-silent first.
    """
    written = Visit.objects.filter(teacher=teacher, visited_on=on, student=OuterRef("pk"))
    waiting = pupils.exclude(pk=after.pk).filter(~Exists(written))
    same_house = Q(household=after.household_id, household__isnull=False)
    paired = Exists(Pairing.objects.active(on).filter(teacher=teacher, student=OuterRef("pk")))
    nearness = Case(
        When(same_house, then=Value(0)),
        When(paired, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    silence = F("last_visited_on").asc(nulls_first=True)
    return _with_last_visit(waiting, on).order_by(nearness, silence, "pinyin", "pk").first()


def _with_last_visit(students: StudentQuerySet, on: date) -> StudentQuerySet:
    met = Visit.objects.until(on).filter(student=OuterRef("pk"), nobody_home=False)
    return students.annotate(last_visited_on=Subquery(met.order_by("-visited_on").values("visited_on")[:1]))
