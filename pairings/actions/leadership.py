"""Posts of the leading group are given and ended here; class teachers belong to it without a post."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from pairings.models import LeadershipMember

ENDING = ("ended_on", "end_reason")


@transaction.atomic
def give_post(
    *,
    teacher: Teacher,
    post: LeadershipMember.Post,
    on: date,
    by: User,
    today: date,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> LeadershipMember:
    """Put the teacher in a post of the leading group from the day on; one person may hold several."""
    current = Teacher.objects.select_for_update().get(pk=teacher.pk)
    if problem := _post_problem(current, post, on=on, today=today):
        raise ValidationError(problem)
    member = LeadershipMember.objects.create(
        teacher=current, post=post, started_on=on, created_by=by, submission_id=submission_id
    )
    if journal is not None:
        journal.created([member])
    record(by, Action.CREATED, member, fields=["teacher", "post", "started_on"])
    return member


@transaction.atomic
def end_post(
    *,
    member: LeadershipMember,
    on: date,
    reason: LeadershipMember.EndReason,
    by: User,
    today: date,
    journal: Journal | None = None,
) -> LeadershipMember:
    """End the post; the day given is the first without it."""
    current = LeadershipMember.objects.select_for_update().get(pk=member.pk)
    if current.ended_on is not None:
        raise ValidationError("这项任职已经结束，请刷新页面核对。")
    if on < current.started_on:
        raise ValidationError(f"结束日期不能早于任职日期 {date_cn(current.started_on)}。")
    if on > today:
        raise ValidationError("结束日期不能晚于今天。")
    if journal is not None:
        journal.changing([current], ENDING)
    current.end(on=on, reason=reason)
    record(by, Action.ENDED, current, fields=ENDING)
    return current


def _post_problem(teacher: Teacher, post: LeadershipMember.Post, *, on: date, today: date) -> str:
    """Why the teacher cannot take the post from the day on, as a sentence; empty if they can."""
    if on > today:
        return "任职日期不能晚于今天。"
    if teacher.started_on > on:
        return f"{teacher.name} {date_cn(teacher.started_on)}才到岗，任职日期不能早于这一天。"
    if teacher.ended_on is not None and teacher.ended_on <= on:
        return f"{teacher.name} {date_cn(teacher.ended_on)}已离岗，请选择在岗教师。"
    if LeadershipMember.objects.filter(teacher=teacher, post=post).holding_or_after(on).exists():
        return f"{teacher.name} 在 {date_cn(on)}已担任{post.label}，不用重复登记。"
    return ""
