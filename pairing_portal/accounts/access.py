"""Who may do what by role; who may see which pupil is `pairings.access`."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from pairing_portal.accounts.models import Right, Teacher, User
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.accounts.requests import StaffRequest

P = ParamSpec("P")
View = Callable[Concatenate[StaffRequest, P], HttpResponse]


def requires(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Let in whoever holds one of the rights; everybody else is told 403."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not any(request.user.may(right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

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


def can_keep_people(user: User) -> bool:
    """Whether the user may enter, change and end schools and teachers."""
    return user.may(Right.KEEP_PEOPLE)
