"""Turning the year: what it changes, confirming it, what it changed, and taking it back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.navigation import Step
from pairing_portal.undo.actions import problem_of
from pairings.access import visible_turns
from pairings.actions.turn_previews import ShownPupil, TurnPreview, preview_from_text
from pairings.actions.turns import check_again, confirm_turn, discard_turn, undo_turn
from pairings.models import Way, YearTurn
from students.access import visible_classes
from students.models import SchoolClass

MARKS = {
    Way.PROMOTED: "ok",
    Way.REPEATED: "attention",
    Way.GRADUATED: "none",
    Way.TRANSFERRED: "none",
    Way.GONE: "fail",
    Way.LATER: "attention",
}


@dataclass(frozen=True, slots=True)
class ClassGroup:
    """The pupils of one class, each with the way in words and its mark."""

    name: str
    class_id: str
    pupils: list[tuple[ShownPupil, str, str]]


@require_GET
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
@audited_read("学年升级")
def year_turn_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the turn changes, class by class; once settled, what it changed."""
    turn = _visible(request, public_id)
    page = _preview_page(request, turn) if turn.is_open else _result_page(request, turn)
    return render(request, "pairings/year_turn_detail.html", {"turn": turn, **page})


def _visible(request: StaffRequest, public_id: UUID) -> YearTurn:
    turns = YearTurn.objects.visible_to(request.user).select_related(
        "created_by", "settled_by", "change_set__undone_by"
    )
    turn: YearTurn = get_object_or_404(turns, public_id=public_id)
    return turn


def _preview_page(request: StaffRequest, turn: YearTurn) -> dict[str, Any]:
    preview = preview_from_text(turn.preview)
    return {
        "preview": preview,
        "groups": _groups(preview),
        "tiles": _tiles(turn),
        "advancing": _advancing(request),
        "steps": _steps(turn, 1),
    }


def _groups(preview: TurnPreview) -> list[ClassGroup]:
    """The pupils class by class, in the order of the preview."""
    groups: dict[str, ClassGroup] = {}
    for pupil in preview.pupils:
        group = groups.setdefault(pupil.class_id, ClassGroup(pupil.place, pupil.class_id, []))
        way = Way(pupil.way)
        group.pupils.append((pupil, way.label, MARKS[way]))
    return list(groups.values())


def _tiles(turn: YearTurn) -> list[tuple[str, int, str]]:
    """The numbers that are not nought: caption, number, unit."""
    counts = turn.counts
    ways = ((way.label, counts["ways"].get(way, 0), "人") for way in Way)
    rest = (
        ("结对继续", counts["kept"], "对"),
        ("结对结束", counts["ended"], "对"),
        ("新建班级", counts["classes"], "个"),
        ("班主任任职结束", counts["terms"], "人"),
    )
    return [each for each in (*ways, *rest) if each[1]]


def _advancing(request: StaffRequest) -> list[tuple[SchoolClass, str]]:
    """The classes that simply went one grade up on 1 September."""
    classes = visible_classes(request.user, request.today).taking_pupils(request.today)
    return [(each, each.name(request.today)) for each in classes.by_grade().select_related("school")]


def _steps(turn: YearTurn, current: int) -> list[Step]:
    labels = ("选择去向", "核对并确认", "办理完成")
    states = ["done" if place < current else "current" if place == current else "todo" for place in range(3)]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def _result_page(request: StaffRequest, turn: YearTurn) -> dict[str, Any]:
    is_done = turn.state == YearTurn.State.CONFIRMED
    return {
        "is_done": is_done,
        "tiles": _tiles(turn) if is_done else [],
        "later": turn.counts.get("ways", {}).get(Way.LATER, 0),
        "change_set": turn.change_set,
        "problem": problem_of(turn.change_set, request.today) if is_done and turn.change_set else "",
        "steps": _steps(turn, 3),
    }


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
def year_turn_refresh(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hold the same choices against what is on record now."""
    turn = _visible(request, public_id)
    if turn.is_open:
        check_again(turn=turn, today=request.today)
        messages.success(request, "已按现在的资料重新核对。")
    return redirect(turn)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
def year_turn_confirm(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write what was shown; all of it or nothing."""
    turn = _visible(request, public_id)
    try:
        confirm_turn(turn=turn, by=request.user, today=request.today, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(turn)


@require_POST
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
def year_turn_discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Set it aside; nothing is written."""
    discard_turn(turn=_visible(request, public_id), by=request.user, now=timezone.now())
    messages.success(request, "已放弃这次学年升级，没有写入任何内容。")
    return redirect("year_turn_list")


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_turns)
@requires(Right.KEEP_PAIRINGS, rows=visible_turns)
def year_turn_undo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take back everything the turn wrote; the page says what that is before it is done."""
    turn = _visible(request, public_id)
    if turn.state != YearTurn.State.CONFIRMED:
        return redirect(turn)
    if request.method == "POST":
        try:
            undo_turn(turn=turn, by=request.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "已撤销，学生、班级、结对和年度活动都恢复到办理之前。")
        return redirect(turn)
    return render(request, "pairings/year_turn_undo.html", {"turn": turn, "points": _taken_back(turn)})


def _taken_back(turn: YearTurn) -> list[str]:
    """What undoing means, line by line."""
    counts = turn.counts
    points = (
        (turn.moved, f"{turn.moved} 名学生回到原来的班级"),
        (counts["ended"], f"{counts['ended']} 对结束的结对恢复"),
        (counts["entries"], f"{counts['entries']} 条移出的名册登记恢复"),
        (counts["terms"], f"{counts['terms']} 位班主任的任职恢复"),
        (counts["classes"], f"删去新建的 {counts['classes']} 个班级"),
        (turn.campaign_year, f"删去新建的 {turn.campaign_year} 年度活动"),
    )
    return [f"{words}。" for number, words in points if number]
