"""A decision is taken back as a whole, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.models import Row
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.models import ChangeSet, TableChange
from pairing_portal.undo.standing import Standing, examine
from pairing_portal.undo.steps import Step, step_of
from pairing_portal.undo.taking_back import take_back


@transaction.atomic
def undo(*, change_set: ChangeSet, by: User, now: datetime) -> ChangeSet:
    """Delete what the change set made and restore what it wrote over; a second undo returns the first result.

    ValidationError with up to five rows by name when any of them was touched later, something later hangs on it,
    or its days to undo are over; then nothing has changed.
    """
    current = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if current.undone_at is not None:
        return current
    if problem := _too_late(current, timezone.localtime(now).date()):
        raise ValidationError(problem)
    steps = _steps(current)
    standing = examine(steps, locks=True)
    if standing.problem:
        raise ValidationError(standing.problem)
    for step in reversed(steps):
        take_back(step, standing.keys[step.model], standing.versions[step.model])
    _tell_earlier(current, steps, standing)
    _settle(current, by, now)
    record(by, Action.UNDONE, current, count=_row_count(standing), reason=current.get_kind_display())
    return current


def problem_of(change_set: ChangeSet, today: date) -> str:
    """Why it cannot be undone today, as a sentence; empty if it can."""
    if change_set.undone_at is not None:
        return "已经撤销。"
    return _too_late(change_set, today) or examine(_steps(change_set), locks=False).problem


def _too_late(change_set: ChangeSet, today: date) -> str:
    if change_set.is_in_time(today):
        return ""
    return f"已过可撤销期限（{date_cn(change_set.last_on)}），不能撤销。请直接修改有误的资料。"


def _steps(change_set: ChangeSet) -> list[Step]:
    return [step_of(change) for change in change_set.steps.order_by("pk")]


def _settle(change_set: ChangeSet, by: User, now: datetime) -> None:
    """Who and when; what it kept of former contents serves no more."""
    change_set.undone_by, change_set.undone_at = by, now
    change_set.version += 1
    change_set.save(update_fields=["undone_by", "undone_at", "version"])
    change_set.steps.update(content=None)


def _row_count(standing: Standing) -> int:
    return sum(len(versions) for versions in standing.versions.values())


def _tell_earlier(change_set: ChangeSet, steps: Sequence[Step], standing: Standing) -> None:
    """Rows that came back stand at a newer version: earlier change sets learn it, so that they can be undone next."""
    restored: dict[type[Row], dict[UUID, tuple[int, int]]] = {}
    for step in steps:
        if not step.is_creation:
            rows = restored.setdefault(step.model, {})
            versions = standing.versions[step.model]
            for public_id, left in step.rows.items():
                rows.setdefault(public_id, (left.found, versions[public_id] + 1))
    labels = [model._meta.label_lower for model in restored]
    earlier = TableChange.objects.filter(
        change_set__district=change_set.district_id, change_set__pk__lt=change_set.pk, table__in=labels
    )
    for change in earlier.exclude(content=None):
        _learn(change, restored)


def _learn(change: TableChange, restored: Mapping[type[Row], Mapping[UUID, tuple[int, int]]]) -> None:
    step = step_of(change)
    moved_on = restored[step.model]
    hit = False
    for public_id, left in step.rows.items():
        before, after = moved_on.get(public_id, (0, 0))
        if left.version == before:
            left.version, hit = after, True
    if hit:
        change.content = step.as_text()
        change.save(update_fields=["content"])
