"""Which visits a person may read, record and correct."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from pairing_portal.accounts.models import Right, Role, User
from pairings.access import visible_students
from pairings.models import Pairing
from students.models import ClassTeacher, Enrolment, Student
from students.models.people import StudentQuerySet
from visits.models import Visit, VisitQuerySet


def visible_visits(user: User, on: date) -> VisitQuerySet:
    """Visits to pupils the user may see, and the user's own, which stay readable after a pairing ends."""
    own = Q(teacher__user=user) if user.may(Right.RECORD_VISITS) else Q(pk__in=[])
    return Visit.objects.filter(
        own | Q(student__in=visible_students(user, on)), student__district_id=user.district_id
    )


def own_pupils(user: User, on: date) -> StudentQuerySet:
    """Pupils the user helps on the day, or whose class the user leads."""
    paired = Pairing.objects.active(on).filter(teacher__user=user, student=OuterRef("pk"))
    led = ClassTeacher.objects.active(on).filter(teacher__user=user).values("school_class")
    in_class = Enrolment.objects.active(on).filter(student=OuterRef("pk"), school_class__in=led)
    return visible_students(user, on).filter(Exists(paired) | Exists(in_class))


def can_record_visit(user: User, student: Student, on: date) -> bool:
    """Paired and class teachers log visits to their pupils; the office copies paper records for anybody it sees."""
    if user.may(Right.RECORD_FOR_OTHERS):
        return True
    return user.may(Right.RECORD_VISITS) and own_pupils(user, on).filter(pk=student.pk).exists()


def can_correct_visit(user: User, visit: Visit) -> bool:
    """The teacher of the visit corrects it; the office corrects what it copied from paper."""
    if visit.is_paper_record and user.may(Right.RECORD_FOR_OTHERS):
        return True
    return user.may(Right.RECORD_VISITS) and visit.teacher.user_id == user.pk


def can_read_restricted(user: User, visit: Visit) -> bool:
    """The restricted note is for its author and the leading group; others see that there is one."""
    return Role.LEADER in user.roles or user.pk in (visit.teacher.user_id, visit.created_by_id)
