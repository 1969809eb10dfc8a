"""Which column of a file means what is said by hand, remembered for the same headers, or forgotten."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.workbooks.headers import HeaderColumn
from students.actions.imports import ListSettings, compare_again
from students.imports.layouts import header_hash, laid_out
from students.imports.planning import Planner
from students.imports.storing import workbook_from_text
from students.models import ColumnChoice, RosterImport

SETTLED = "这次导入已经办结，不能再修改。"


@transaction.atomic
def choose_columns(
    *,
    roster: RosterImport,
    chosen: dict[str, str],
    columns: Sequence[HeaderColumn],
    planner: Planner,
    by: User,
) -> RosterImport:
    """Read the file with these keys by column label, blank for none, and remember them for the same headers."""
    current = _open(roster)
    choices = dict(current.school_choices)
    choices["columns"] = {**choices.get("columns", {}), current.kind: chosen}
    choices.pop("remembered", None)
    _remember(current, _headers(current, columns), chosen, by)
    return compare_again(roster=current, settings=_settings(current, choices), planner=planner)


@transaction.atomic
def forget_columns(
    *, roster: RosterImport, columns: Sequence[HeaderColumn], planner: Planner, by: User
) -> RosterImport:
    """Forget what was said about this set of headers, and read the file by its words alone."""
    current = _open(roster)
    choices = dict(current.school_choices)
    choices["columns"] = {
        key: kept for key, kept in choices.get("columns", {}).items() if key != current.kind
    }
    choices.pop("remembered", None)
    _remember(current, _headers(current, columns), {}, by)
    return compare_again(roster=current, settings=_settings(current, choices), planner=planner)


def _open(roster: RosterImport) -> RosterImport:
    current = RosterImport.objects.select_for_update().select_related("district").get(pk=roster.pk)
    if not current.is_open:
        raise ValidationError(SETTLED)
    return current


def _settings(roster: RosterImport, choices: dict[str, Any]) -> ListSettings:
    return ListSettings(roster.kind, roster.year, roster.listed_on, choices)


def _headers(roster: RosterImport, columns: Sequence[HeaderColumn]) -> str:
    """Of the headers as they are found without anybody's choice: so they are found in the next file."""
    choices = {key: kept for key, kept in roster.school_choices.items() if key != "columns"}
    bare = RosterImport(kind=roster.kind, school_choices=choices)
    return header_hash(laid_out(workbook_from_text(roster.reading or ""), bare), columns)


def _remember(roster: RosterImport, headers: str, chosen: dict[str, str], by: User) -> None:
    """Keep the choice in the one row for these headers; an empty one is a choice forgotten."""
    kept = ColumnChoice.objects.select_for_update().filter(
        district=roster.district, kind=roster.kind, header_hash=headers
    )
    choice = kept.first()
    if choice is None and chosen:
        choice = ColumnChoice(
            district=roster.district, kind=roster.kind, header_hash=headers, columns=chosen, created_by=by
        )
        choice.save()
        record(by, Action.CREATED, choice, count=len(chosen))
    elif choice is not None and choice.columns != chosen:
        choice.columns, choice.version = chosen, choice.version + 1
        choice.save()
        record(by, Action.CHANGED, choice, fields=["columns"], count=len(chosen))
