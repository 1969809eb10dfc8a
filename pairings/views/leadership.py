"""The leading group: posts given by name, class teachers derived."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.undo.access import undoable_of
from pairing_portal.undo.models import Kind
from pairings.access import can_keep_pairings
from pairings.actions.leadership import end_post, give_post
from pairings.forms.leadership import PostEndForm, PostForm
from pairings.metrics import group_lines, group_members, nearest_first, teachers_with_load
from pairings.models import LeadershipMember
from pairings.views.standpoint import own_district, undoable_here, working_day


@require_GET
@requires(Right.SEE_DISTRICT)
def leadership_list(request: StaffRequest) -> HttpResponse:
    """The leading group as of the day, with the pupils of each member and who has none (clauses O1, M1)."""
    members = list(group_members(request.user.district, request.day))
    context = {
        "sections": group_lines(members, request.day),
        "members": len(members),
        "lacking": sum(member.pupils == 0 for member in members),
        "can_keep": can_keep_pairings(request.user),
        "undoable": undoable_of(request.user, Kind.POST, request.today),
    }
    return render(request, "pairings/leadership_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS)
def leadership_new(request: StaffRequest) -> HttpResponse:
    """Give a teacher a post of the leading group."""
    day = working_day(request)
    teachers = nearest_first(teachers_with_load(own_district(request), day), None)
    form = PostForm(request.POST or None, teachers=teachers, initial={"started_on": day})
    if request.method == "POST" and form.is_valid():
        try:
            member = _give(form, request)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"已登记：{member.teacher.name}，{member.get_post_display()}。")
            return redirect("leadership_list")
    return render(request, "pairings/leadership_new.html", {"form": form})


def _give(form: PostForm, request: StaffRequest) -> LeadershipMember:
    data = form.cleaned_data
    with undoable_here(request, Kind.POST, [data["teacher"]]) as journal:
        sent = LeadershipMember.objects.submitted(request.user, data["submission_id"]).first()
        return sent or give_post(
            teacher=data["teacher"],
            post=LeadershipMember.Post(data["post"]),
            on=data["started_on"],
            by=request.user,
            today=request.today,
            submission_id=data["submission_id"],
            journal=journal,
        )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PAIRINGS, rows=lambda user, _: LeadershipMember.objects.visible_to(user))
def leadership_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a post of the leading group."""
    members = LeadershipMember.objects.visible_to(request.user).select_related("teacher__school")
    member = get_object_or_404(members, public_id=public_id)
    form = PostEndForm(request.POST or None, day=working_day(request))
    if request.method == "POST" and form.is_valid():
        try:
            _end(form, member, request)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{member.teacher.name} 的{member.get_post_display()}任职已结束。")
            return redirect("leadership_list")
    return render(request, "pairings/leadership_end.html", {"form": form, "member": member})


def _end(form: PostEndForm, member: LeadershipMember, request: StaffRequest) -> None:
    data = form.cleaned_data
    with undoable_here(request, Kind.POST, [member.teacher]) as journal:
        end_post(
            member=member,
            on=data["ended_on"],
            reason=LeadershipMember.EndReason(data["end_reason"]),
            by=request.user,
            today=request.today,
            journal=journal,
        )
