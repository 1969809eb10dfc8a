"""Proposed pairings wait for somebody: drafts for the office, submitted ones for the leading group."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse

from pairing_portal.accounts.models import Right
from pairing_portal.lib.templatetags.portal import moment_cn
from pairings.access import visible_batches
from reports.access import Scope
from reports.rules.todos import Name, Todo, rows_todo


def proposals_with_office(scope: Scope) -> Iterator[Todo]:
    """Drafts nobody has submitted, and batches the leading group sent back."""
    if not scope.user.may(Right.KEEP_PAIRINGS):
        return
    todo = Todo(
        code="proposals_with_office",
        title="结对方案还没有提交，或已退回修改",
        count=0,
        unit="个",
        level="info",
        actor="办公室",
        action="去办理",
        url=reverse("proposal_list"),
        all_url=reverse("proposal_list"),
    )
    rows = visible_batches(scope.user, scope.today).of_year(scope.year).with_office()
    yield from map(_to_the_only_one, rows_todo(todo, rows, _batch))


def proposals_with_group(scope: Scope) -> Iterator[Todo]:
    """Batches that wait to be confirmed or sent back."""
    if not scope.user.may(Right.CONFIRM_PAIRINGS):
        return
    todo = Todo(
        code="proposals_with_group",
        title="结对方案等待您确认",
        count=0,
        unit="个",
        level="attention",
        actor="领导小组",
        action="去确认",
        url=reverse("proposal_list"),
        all_url=reverse("proposal_list"),
    )
    rows = visible_batches(scope.user, scope.today).of_year(scope.year).with_group()
    yield from map(_to_the_only_one, rows_todo(todo, rows, _batch))


def _to_the_only_one(todo: Todo) -> Todo:
    """Where one batch waits, the button opens it."""
    return replace(todo, url=todo.names[0].url) if todo.count == 1 else todo


def _batch(batch: Any) -> Name:
    return Name(f"{moment_cn(batch.created_at)} 的方案", batch.get_absolute_url(), batch.get_state_display())
