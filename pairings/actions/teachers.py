"""A teacher moves to another school or leaves, with everything that hangs on the place."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from pairing_portal.accounts.models import School, Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairings.models import LeadershipMember
from students.models import ClassTeacher


@transaction.atomic
def teacher_moves(*, teacher: Teacher, to: School, on: date, keeps_class: bool, by: User) -> Teacher:
    """Employ the teacher at another school of the district; pairings stay, the led class as asked."""
    current = _in_service(teacher)
    if to.pk == current.school_id:
        raise ValidationError(f"{current.name} 已经在{to.name}，请选择另一所学校。")
    if to.district_id != current.district_id or (to.closed_on is not None and to.closed_on <= on):
        raise ValidationError("这所学校不能选，请选择本学区在办的学校。")
    if not keeps_class:
        _end_open(current.led_classes.filter(ended_on=None), on, ClassTeacher.EndReason.REPLACED, by)
    current.school = to
    current.version += 1
    current.save(update_fields=["school", "version"])
    record(by, Action.MOVED, current, fields=["school"], reason=f"自 {on:%Y-%m-%d} 起")
    return current


@transaction.atomic
def teacher_leaves(
    *, teacher: Teacher, on: date, reason: Teacher.EndReason, closes_account: bool, by: User
) -> Teacher:
    """End the service with the led classes and posts; open pairings must be handed over before."""
    current = _in_service(teacher)
    pairings = current.pairings.filter(Q(ended_on=None) | Q(ended_on__gt=on)).count()
    if pairings:
        raise ValidationError(f"{current.name} 还有 {pairings} 条没有结束的结对，请先移交给其他教师或结束。")
    _end_open(current.led_classes.filter(ended_on=None), on, ClassTeacher.EndReason.LEFT, by)
    _end_open(current.posts.filter(ended_on=None), on, LeadershipMember.EndReason.LEFT, by)
    current.ended_on, current.end_reason = on, reason
    current.version += 1
    current.full_clean()
    current.save(update_fields=["ended_on", "end_reason", "version"])
    record(by, Action.ENDED, current, fields=["ended_on", "end_reason"], reason=reason.label)
    if closes_account and current.user is not None:
        _close_account(current.user, by)
    return current


def _in_service(teacher: Teacher) -> Teacher:
    current = Teacher.objects.select_for_update().get(pk=teacher.pk)
    if current.ended_on is not None:
        raise ValidationError(f"{current.name} 已于 {date_cn(current.ended_on)} 离岗。")
    return current


def _end_open(
    rows: QuerySet[ClassTeacher] | QuerySet[LeadershipMember], on: date, reason: str, by: User
) -> None:
    """End posts and led classes that are still open on the same day."""
    for row in rows.select_for_update():
        if row.started_on > on:
            raise ValidationError(f"“{row}”从 {date_cn(row.started_on)} 才开始，请核对日期。")
        row.ended_on, row.end_reason = on, reason
        row.version += 1
        row.save(update_fields=["ended_on", "end_reason", "version"])
        record(by, Action.ENDED, row, fields=["ended_on", "end_reason"])


def _close_account(user: User, by: User) -> None:
    if user == by:
        raise ValidationError("不能停用自己的账号，请让另一位管理员来办理。")
    user.is_active = False
    user.version += 1
    user.save(update_fields=["is_active", "version"])
    record(by, Action.ACCOUNT_CHANGED, user, fields=["is_active"])
