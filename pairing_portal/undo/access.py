"""Who may undo what: whoever may take the decision, on the day it was taken."""

from collections.abc import Iterable, Mapping
from datetime import date

from pairing_portal.accounts.models import Right, User
from pairing_portal.lib.models import Row
from pairing_portal.undo.models import ChangeSet, ChangeSetQuerySet, Kind

# Kinds that are undone on the page of their rows; an import and the turn of the year have pages of their own.
RIGHTS: Mapping[str, Right] = {
    Kind.HANDED_OVER: Right.KEEP_PAIRINGS,
    Kind.PAIRED: Right.KEEP_PAIRINGS,
    Kind.PAIRING_ENDED: Right.KEEP_PAIRINGS,
    Kind.LISTED: Right.KEEP_REGISTERS,
    Kind.ENTRY_ENDED: Right.KEEP_REGISTERS,
    Kind.MOVED: Right.KEEP_REGISTERS,
    Kind.LEFT: Right.KEEP_REGISTERS,
    Kind.CLASS_TEACHER: Right.KEEP_REGISTERS,
    Kind.POST: Right.KEEP_PAIRINGS,
}


def visible_changes(user: User, _on: date) -> ChangeSetQuerySet:
    """Change sets of the user's district that are undone on the page of their rows, whatever the day."""
    return ChangeSet.objects.visible_to(user).filter(kind__in=RIGHTS)


def may_undo(user: User, change_set: ChangeSet) -> bool:
    """Whether the user holds the right that the decision itself asks for."""
    return user.may(RIGHTS[change_set.kind])


def undoable(user: User, rows: Iterable[Row], today: date) -> list[ChangeSet]:
    """What the user may undo today of the decisions about these rows, the latest first; no query for others."""
    kinds = [kind for kind, right in RIGHTS.items() if user.may(right)]
    return _standing(ChangeSet.objects.about(rows), user, kinds, today) if kinds else []


def undoable_of(user: User, kind: Kind, today: date) -> list[ChangeSet]:
    """What the user may undo today of the district's decisions of one kind, the latest first."""
    return _standing(ChangeSet.objects.all(), user, [kind], today) if user.may(RIGHTS[kind]) else []


def _standing(changes: ChangeSetQuerySet, user: User, kinds: list[str], today: date) -> list[ChangeSet]:
    mine = changes.filter(district=user.district_id, kind__in=kinds)
    return list(mine.standing().in_time(today).select_related("created_by"))
