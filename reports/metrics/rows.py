"""The rows behind each number of a desk, as far as the person sees: one function per number."""

from datetime import date

from pairing_portal.accounts.access import visible_teachers
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairings.metrics import members_without_pupil, paired_students, teachers_with_load, unpaired_students
from reports.access import Scope
from reports.rules.silence import silent_pupils
from students.models.people import StudentQuerySet
from visits.access import visible_visits
from visits.models import Visit, VisitQuerySet


def listed(scope: Scope) -> StudentQuerySet:
    """Pupils on either register of the year (clauses T1, T2)."""
    return scope.listed


def paired(scope: Scope) -> StudentQuerySet:
    """Those of them who have a teacher."""
    return paired_students(scope.students, scope.year, scope.day)


def unpaired(scope: Scope) -> StudentQuerySet:
    """Those of them who have none."""
    return unpaired_students(scope.students, scope.year, scope.day)


def members_lacking(scope: Scope) -> TeacherQuerySet:
    """M1, binding: members of the leading group, class teachers included, who help nobody."""
    seen = visible_teachers(scope.user, scope.today)
    return members_without_pupil(scope.district, scope.day).filter(pk__in=seen.values("pk"))


def teachers(scope: Scope) -> TeacherQuerySet:
    """Teachers in service with `pupils`, how many they help."""
    seen = visible_teachers(scope.user, scope.today)
    return teachers_with_load(scope.district, scope.day).filter(pk__in=seen.values("pk"))


def teachers_helping(scope: Scope) -> TeacherQuerySet:
    """M2, encouraged: those of them who help somebody."""
    return teachers(scope).filter(pupils__gt=0)


def silent(scope: Scope) -> StudentQuerySet:
    """M5: paired pupils nobody has met for longer than the district wants."""
    return silent_pupils(scope)


def promises_overdue(scope: Scope) -> VisitQuerySet:
    """Visits whose promise has come due and is not kept."""
    return visible_visits(scope.user, scope.today).until(scope.day).promised(scope.day)


def recorded(scope: Scope) -> VisitQuerySet:
    """Visits of the year up to the day, every way of meeting."""
    return visible_visits(scope.user, scope.today).between(date(scope.year, 1, 1), scope.day)


def difficulties(scope: Scope) -> VisitQuerySet:
    """G1 to G3: the last visit to each listed pupil, where it names a difficulty."""
    return visible_visits(scope.user, scope.today).last_of(scope.listed, scope.day).with_difficulty()


def dropout_risks(scope: Scope) -> VisitQuerySet:
    """G1: those of them that name the risk of dropping out."""
    return difficulties(scope).filter(difficulties__has=Visit.Difficulty.DROPOUT_RISK)


def notes_unread(scope: Scope) -> VisitQuerySet:
    """Visits whose restricted note nobody of the leading group has marked as read."""
    return visible_visits(scope.user, scope.today).until(scope.day).with_unread_note()
