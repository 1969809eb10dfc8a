"""The scopes over pupils that follow from place; the whole door is `pairings.access.visible_students`."""

from datetime import date

from django.db.models import Q

from pairing_portal.accounts.models import Right, Teacher, User
from students.models import ClassTeacher, Enrolment, RosterImport, SchoolClass
from students.models.classes import ClassTeacherQuerySet, SchoolClassQuerySet
from students.models.imports import RosterImportQuerySet


def place_scope(user: User, on: date) -> Q:
    """Pupils of the user's district, school or class, as far as the user's roles reach on the day."""
    own_district = Q(district_id=user.district_id)
    if user.may(Right.SEE_DISTRICT):
        return own_district
    scope = Q(pk__in=[])
    pupils = Enrolment.objects.active(on).values("student")
    if user.may(Right.SEE_SCHOOL):
        schools = Teacher.objects.employed(on).filter(user=user).values("school")
        scope |= Q(pk__in=pupils.filter(school_class__school__in=schools))
    if user.may(Right.RECORD_VISITS):
        classes = ClassTeacher.objects.active(on).filter(teacher__user=user).values("school_class")
        scope |= Q(pk__in=pupils.filter(school_class__in=classes))
    return own_district & scope


def can_keep_registers(user: User) -> bool:
    """Whether the user may change pupils, classes, enrolments and registers."""
    return user.may(Right.KEEP_REGISTERS)


def visible_classes(user: User, on: date) -> SchoolClassQuerySet:
    """Classes of the user's district or school, and those the user leads on the day."""
    classes = SchoolClass.objects.visible_to(user)
    if user.may(Right.SEE_DISTRICT):
        return classes
    scope = Q(pk__in=[])
    if user.may(Right.SEE_SCHOOL):
        scope |= Q(school__in=Teacher.objects.employed(on).filter(user=user).values("school"))
    if user.may(Right.RECORD_VISITS):
        scope |= Q(pk__in=ClassTeacher.objects.active(on).filter(teacher__user=user).values("school_class"))
    return classes.filter(scope)


def visible_class_teachers(user: User, on: date) -> ClassTeacherQuerySet:
    """Who has led the classes the user may see."""
    return ClassTeacher.objects.filter(school_class__in=visible_classes(user, on))


def visible_imports(user: User, _on: date) -> RosterImportQuerySet:
    """Imports of the user's district, whatever the day."""
    return RosterImport.objects.visible_to(user)
