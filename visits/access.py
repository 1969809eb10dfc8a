"""Which visits a person may read, record and correct."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from pairing_portal.accounts.models import Right, Role, Teacher, User
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.periods import in_force
from pairings.access import visible_students
from pairings.models import Pairing
from students.models import ClassTeacher, Enrolment, RegisterEntry, Student
from students.models.people import StudentQuerySet
from visits.models import Visit, VisitQuerySet


def visible_visits(user: User, on: date) -> VisitQuerySet:
    """Visits to pupils the user may see, and the user's own, which stay readable after a pairing ends."""
    seen = Q(Exists(visible_students(user, on).filter(pk=OuterRef("student_id"))))
    if user.may(Right.RECORD_VISITS):
        seen |= Q(teacher__user=user, teacher__district_id=user.district_id)
    return Visit.objects.filter(seen)


def listed_visits(user: User, on: date) -> VisitQuerySet:
    """Visible visits as a list shows them: the pupil's name and link where the user may still open the pupil.

    The restricted note itself is not fetched, only `has_restricted_note`.
    """
    pupil = visible_students(user, on).filter(pk=OuterRef("student_id"))
    return (
        visible_visits(user, on)
        .annotate(
            sees_student=Exists(pupil),
            current_name=F("student__name"),
            student_public_id=F("student__public_id"),
            has_restricted_note=~Q(restricted_note=""),
        )
        .select_related("teacher", "created_by")
        .defer("restricted_note")
    )


def search_visits(visits: VisitQuerySet, words: str, user: User, on: date) -> VisitQuerySet:
    """Visits whose pupil or teacher is called so, then or now; a pupil out of sight is found by the old name only."""
    if not words:
        return visits
    now = Q(student__in=visible_students(user, on).named(words, user.district_id))
    now |= Q(teacher__in=Teacher.objects.named(words, user.district_id))
    return visits.filter(now | Q(student_name__contains=words) | Q(teacher_name__contains=words))


def own_pupils(user: User, on: date) -> StudentQuerySet:
    """Pupils the user helps on the day, or whose class the user leads."""
    return _pupils_of(Q(teacher__user=user), user, on)


def pupils_of(teacher: Teacher, user: User, on: date) -> StudentQuerySet:
    """Pupils the teacher helps or leads on the day, as far as the user may see them."""
    return _pupils_of(Q(teacher=teacher), user, on)


def pupils_to_visit(teacher: Teacher, user: User, on: date, *, year: int, has_class: bool) -> StudentQuerySet:
    """Pupils the teacher helps on the day; with `has_class` also the listed ones of the class the teacher leads."""
    helped = Pairing.objects.active(on).filter(teacher=teacher, student=OuterRef("pk"))
    pupils = pupils_of(teacher, user, on)
    if not has_class:
        return pupils.filter(Exists(helped))
    listed = RegisterEntry.objects.listed(year, on).filter(student=OuterRef("pk"))
    return pupils.filter(Exists(helped) | Exists(listed))


def _pupils_of(who: Q, user: User, on: date) -> StudentQuerySet:
    paired = Pairing.objects.active(on).filter(who, student=OuterRef("pk"))
    led = ClassTeacher.objects.active(on).filter(who).values("school_class")
    in_class = Enrolment.objects.active(on).filter(student=OuterRef("pk"), school_class__in=led)
    return visible_students(user, on).filter(Exists(paired) | Exists(in_class))


def housemates(student: Student, user: User, on: date) -> StudentQuerySet:
    """The other pupils of the household to whom the user may log a visit too, with their class of the day.

    A teacher learns of nobody else's pupils here: brothers and sisters out of sight are left out.
    """
    if student.household_id is None:
        return Student.objects.none()
    may_all = user.may(Right.RECORD_FOR_OTHERS)
    pupils = visible_students(user, on) if may_all else own_pupils(user, on)
    return pupils.filter(household=student.household_id).exclude(pk=student.pk).with_place(on)


def teachers_for(student: Student, user: User, on: date) -> TeacherQuerySet:
    """Teachers a paper record may come from: those in service, and whoever ever helped the pupil; paired ones first."""
    pairings = Pairing.objects.filter(student=student, teacher=OuterRef("pk"))
    possible = Q(in_force(on)) | Q(Exists(pairings))
    teachers = Teacher.objects.visible_to(user).filter(possible, district_id=student.district_id)
    paired = teachers.annotate(is_paired=Exists(pairings.active(on))).select_related("school")
    return paired.order_by("-is_paired", "pinyin", "pk")


def can_record_visit(user: User, student: Student, on: date) -> bool:
    """Paired and class teachers log visits to their pupils; the office copies paper records for anybody it sees."""
    return user.may(Right.RECORD_FOR_OTHERS) or can_note_study(user, student, on)


def can_note_study(user: User, student: Student, on: date) -> bool:
    """Paired and class teachers note how their pupils' studies go."""
    return user.may(Right.RECORD_VISITS) and own_pupils(user, on).filter(pk=student.pk).exists()


def can_correct_visit(user: User, visit: Visit) -> bool:
    """The teacher of the visit corrects it; the office corrects what it copied from paper."""
    if visit.is_paper_record and user.may(Right.RECORD_FOR_OTHERS):
        return True
    return user.may(Right.RECORD_VISITS) and visit.teacher.user_id == user.pk


def can_follow_up(user: User, visit: Visit, on: date) -> bool:
    """Whoever may log a visit to the pupil on the day may say that a promise is kept."""
    return visible_students(user, on).filter(pk=visit.student_id).exists() and can_record_visit(
        user, visit.student, on
    )


def can_read_restricted(user: User, visit: Visit) -> bool:
    """The restricted note is for its author and the leading group; others see that there is one."""
    return Role.LEADER in user.roles or user.pk in (visit.teacher.user_id, visit.created_by_id)
