"""The turn of a year is prepared, changed, confirmed as a whole, set aside, and taken back."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import District, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.school_years import school_year
from pairing_portal.undo.actions import undo
from pairing_portal.undo.journal import Journal
from pairing_portal.undo.models import Kind
from pairings.actions.turn_choices import (
    TurnChoices,
    campaign_due,
    choices_as_text,
    choices_from_text,
    usual_ways,
)
from pairings.actions.turn_plans import plan_turn
from pairings.actions.turn_previews import (
    TurnPreview,
    altered_since,
    preview_as_text,
    preview_from_text,
    shown_turn,
)
from pairings.actions.turn_writing import write_turn
from pairings.models import Campaign, Way, YearTurn
from students.actions.leaving_classes import leaving_classes

NAMES_IN_A_SENTENCE = 5
STALE = "stale"


@transaction.atomic
def prepare_turn(*, district: District, by: User, today: date, submission_id: UUID | None = None) -> YearTurn:
    """Propose what most classes do and the next campaign; one that waits for a decision is returned as it is."""
    if made := sent_before(YearTurn, by, submission_id):
        return made
    District.objects.select_for_update().get(pk=district.pk)
    waiting: YearTurn | None = YearTurn.objects.filter(district=district).open().first()
    if waiting is not None:
        return waiting
    campaigns = Campaign.objects.filter(district=district).prefetch_related("phases")
    choices = TurnChoices(
        classes=usual_ways(leaving_classes(district, today), Way.GRADUATED),
        campaign=campaign_due(campaigns, today),
    )
    turn = YearTurn(district=district, created_by=by, submission_id=submission_id)
    turn.school_year = school_year(today)
    _keep(turn, choices, today)
    turn.save()
    record(by, Action.CREATED, turn)
    return turn


def _keep(turn: YearTurn, choices: TurnChoices, today: date) -> None:
    """The choices, and what they come to on the day."""
    preview = shown_turn(plan_turn(turn.district, choices, today), turn.district)
    turn.choices, turn.preview = choices_as_text(choices), preview_as_text(preview)
    turn.campaign_year = choices.campaign.year if choices.campaign else None
    turn.counts = preview.counts


@transaction.atomic
def choose_ways(*, turn: YearTurn, choices: TurnChoices, version: int, by: User, today: date) -> YearTurn:
    """Decide anew; ValidationError `stale` when somebody else has decided since the page was opened."""
    current = _open(turn)
    if current.version != version:
        raise ValidationError("这份学年升级刚被他人修改。", code=STALE)
    _keep(current, choices, today)
    _save(current)
    record(by, Action.CHANGED, current, fields=["choices"])
    return current


@transaction.atomic
def check_again(*, turn: YearTurn, today: date) -> YearTurn:
    """Hold the same choices against what is on record now."""
    current = _open(turn)
    _keep(current, choices_from_text(current.choices), today)
    _save(current)
    return current


@transaction.atomic
def confirm_turn(*, turn: YearTurn, by: User, today: date, now: datetime) -> YearTurn:
    """Write everything that was shown; a second confirm returns the first result.

    ValidationError when something changed since it was shown (named), or when there is nothing to write.
    """
    current = _locked(turn)
    if current.state in (YearTurn.State.CONFIRMED, YearTurn.State.UNDONE):
        return current
    District.objects.select_for_update().get(pk=current.district_id)
    plan = plan_turn(_open(current).district, choices_from_text(current.choices), today)
    preview = shown_turn(plan, current.district)
    _refuse_altered(preview_from_text(current.preview), preview)
    if not preview.changes_anything:
        raise ValidationError("没有要办理的内容，请先选择去向。")
    kind, title = Kind.YEAR_TURNED, str(current)
    with Journal.open(district=current.district, kind=kind, title=title, by=by, today=today) as journal:
        write_turn(plan, current.district, by, journal)
    current.change_set = journal.change_set
    _settle(current, YearTurn.State.CONFIRMED, by, now)
    record(by, Action.MOVED, current, count=current.moved)
    return current


def _refuse_altered(before: TurnPreview, now: TurnPreview) -> None:
    names = altered_since(before, now)
    if names:
        some = "、".join(names[:NAMES_IN_A_SENTENCE])
        more = f"等 {len(names)} 人" if len(names) > NAMES_IN_A_SENTENCE else ""
        raise ValidationError(
            f"{some}{more}的资料在核对之后有变动，本次没有写入任何内容。请重新核对后再确认。", code="altered"
        )
    if replace(before, departed=(), counts={}) != replace(now, departed=(), counts={}):
        raise ValidationError(
            "核对之后班级有变动，本次没有写入任何内容。请重新核对后再确认。", code="altered"
        )


@transaction.atomic
def discard_turn(*, turn: YearTurn, by: User, now: datetime) -> YearTurn:
    """Set it aside; a settled turn stays as it is."""
    current = _locked(turn)
    if current.is_open:
        _settle(current, YearTurn.State.DISCARDED, by, now)
        record(by, Action.ENDED, current, fields=["state"])
    return current


@transaction.atomic
def undo_turn(*, turn: YearTurn, by: User, now: datetime) -> YearTurn:
    """Take back everything the turn wrote; ValidationError naming the rows that something later has touched."""
    current = _locked(turn)
    if current.state == YearTurn.State.UNDONE:
        return current
    if current.state != YearTurn.State.CONFIRMED or current.change_set is None:
        raise ValidationError("这次学年升级没有办理过，不用撤销。")
    current.change_set = undo(change_set=current.change_set, by=by, now=now)
    current.state = YearTurn.State.UNDONE
    _save(current)
    return current


def _locked(turn: YearTurn) -> YearTurn:
    return YearTurn.objects.select_for_update(of=("self",)).select_related("district").get(pk=turn.pk)


def _open(turn: YearTurn) -> YearTurn:
    current = _locked(turn)
    if not current.is_open:
        raise ValidationError("这份学年升级已经办结，不能再修改。")
    return current


def _save(turn: YearTurn) -> None:
    turn.version += 1
    turn.save()


def _settle(turn: YearTurn, state: str, by: User, now: datetime) -> None:
    """The counts stay; what was decided and shown is wiped."""
    turn.state, turn.settled_by, turn.settled_at = state, by, now
    turn.choices = turn.preview = ""
    _save(turn)
