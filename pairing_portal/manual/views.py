"""The pages of the manual; everybody may read all of them, the own role's first."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.models import Role
from pairing_portal.accounts.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class Chapter:
    """One role's page in the list of pages."""

    role: Role
    is_own: bool
    is_current: bool


@require_GET
def manual(request: StaffRequest) -> HttpResponse:
    """The page of the first of the person's own roles."""
    own = (role for role in Role if role in request.user.roles)
    return _page(request, next(own, Role.TEACHER))


@require_GET
def manual_role(request: StaffRequest, role: str) -> HttpResponse:
    """The page of one role."""
    if role not in Role.values:
        raise Http404
    return _page(request, Role(role))


def _page(request: StaffRequest, role: Role) -> HttpResponse:
    chapters = [Chapter(each, each in request.user.roles, each == role) for each in Role]
    chapters.sort(key=lambda chapter: not chapter.is_own)
    context = {"role": role, "chapters": chapters, "leads_on": _leads_on(request, role)}
    return render(request, f"manual/{role.value}.html", context)


def _leads_on(request: StaffRequest, role: Role) -> bool:
    """Whether the person may open what the role may; an admin may do everything the office may."""
    roles = request.user.roles
    return role in roles or (role == Role.OFFICE and Role.ADMIN in roles)
