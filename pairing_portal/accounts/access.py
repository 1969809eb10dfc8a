"""Who may do what by role; who may see which pupil is `pairings.access`."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from pairing_portal.accounts.models import Right, School, Teacher, User
from pairing_portal.accounts.models.places import SchoolQuerySet, TeacherQuerySet
from pairing_portal.accounts.requests import StaffRequest

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, P], HttpResponse]
Rows = Callable[[User, date], QuerySet[Any]]


def requires(*rights: Right, rows: Rows | None = None) -> Callable[[View[P]], View[P]]:
    """Let in whoever holds one of the rights; everybody else is told 403.

    A page about one row names the door to its `rows`: whoever may not even see the row is told 404, like
    about a row that does not exist (safety A2).
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if any(request.user.may(right) for right in rights):
                return view(request, *args, **kwargs)
            if rows and not rows(request.user, request.today).filter(**kwargs).exists():
                raise Http404
            raise PermissionDenied

        return guarded

    return guard


def teacher_of(user: User) -> Teacher | None:
    """The teacher the account belongs to; office accounts may have none."""
    return Teacher.objects.filter(user=user).first()


def visible_teachers(user: User, on: date) -> TeacherQuerySet:
    """Teachers of the whole district, of the schools the user heads, or only the user's own row."""
    teachers = Teacher.objects.visible_to(user)
    if user.may(Right.SEE_DISTRICT):
        return teachers
    if user.may(Right.SEE_SCHOOL):
        headed = Teacher.objects.employed(on).filter(user=user).values("school")
        return teachers.filter(school__in=headed)
    return teachers.filter(user=user)


def visible_schools(user: User, on: date) -> SchoolQuerySet:
    """Schools of the whole district, or those the user works at and heads."""
    schools = School.objects.visible_to(user)
    if user.may(Right.SEE_DISTRICT):
        return schools
    headed = Teacher.objects.employed(on).filter(user=user).values("school")
    return schools.filter(pk__in=headed) if user.may(Right.SEE_SCHOOL) else schools.none()


def can_keep_people(user: User) -> bool:
    """Whether the user may enter, change and end schools and teachers."""
    return user.may(Right.KEEP_PEOPLE)
