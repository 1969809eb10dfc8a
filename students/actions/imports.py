"""A workbook is received, compared again, confirmed as a whole or set aside; what was confirmed can be undone."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import District, School, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.memory import without_cycle_search
from pairing_portal.lib.text import clean_text
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.undo.actions import undo
from pairing_portal.undo.journal import Journal
from pairing_portal.undo.models import ChangeSet, Kind
from students.imports.layouts import laid_out
from students.imports.mending import mended
from students.imports.places import CREATE
from students.imports.planning import Plan, Planner
from students.imports.previews import (
    Preview,
    altered_since,
    nothing_read,
    preview_as_text,
    preview_from_text,
)
from students.imports.reading import COLUMNS_MISSING
from students.imports.storing import workbook_as_text, workbook_from_text
from students.models import RosterImport

NAMES_IN_A_SENTENCE = 5
FILE_NAME = 120
NOT_WRITTEN = "这次导入没有写入过内容，不用撤销。"
Further = Callable[[RosterImport, User, Journal], object]


def nothing_further(_roster: RosterImport, _by: User, _journal: Journal) -> None:
    """A list that brings nothing but its rows."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: what was read of it, its name and its hash."""

    workbook: Workbook
    file_name: str
    file_hash: str

    @classmethod
    def of(cls, content: bytes, file_name: str, workbook: Workbook) -> "Upload":
        """The upload of these bytes."""
        name = clean_text(file_name)[-FILE_NAME:] or "未命名"
        return cls(workbook, name, hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class ListSettings:
    """What the list is, as guessed from the file or set on the preview."""

    kind: str
    year: int
    listed_on: date
    choices: dict[str, Any] = field(default_factory=dict)


@without_cycle_search()
@transaction.atomic
def receive_roster(
    *,
    upload: Upload,
    settings: ListSettings,
    planner: Planner,
    district: District,
    by: User,
    submission_id: UUID | None = None,
) -> RosterImport:
    """Compare a file just read and keep both until somebody decides; ValidationError when it holds no such list."""
    if made := sent_before(RosterImport, by, submission_id):
        return made
    roster = RosterImport(
        district=district,
        created_by=by,
        submission_id=submission_id,
        file_name=upload.file_name,
        file_hash=upload.file_hash,
        reading=workbook_as_text(upload.workbook),
    )
    preview = _first_preview(roster, settings, planner, upload.workbook)
    _keep(roster, preview)
    roster.save()
    record(by, Action.IMPORT_PREVIEWED, roster, count=len(preview.rows))
    return roster


def _first_preview(
    roster: RosterImport, settings: ListSettings, planner: Planner, workbook: Workbook
) -> Preview:
    """The comparison in words; the first file of a district also proposes its schools."""
    preview = _compared(roster, settings, planner, workbook)
    if not preview.unknown_schools or not _is_first_list(roster.district):
        return preview
    schools = {name: CREATE for name, _ in preview.unknown_schools}
    proposed = replace(settings, choices={**settings.choices, "schools": schools})
    return _compared(roster, proposed, planner, workbook)


def _compared(roster: RosterImport, settings: ListSettings, planner: Planner, workbook: Workbook) -> Preview:
    """The comparison in words; a file without a required column waits for somebody to say which one it is."""
    roster.kind, roster.year, roster.listed_on = settings.kind, settings.year, settings.listed_on
    roster.school_choices = settings.choices
    try:
        return planner(roster, laid_out(workbook, roster)).preview()
    except ValidationError as refusal:
        if refusal.code != COLUMNS_MISSING:
            raise
        return nothing_read(str(refusal.message))


def _is_first_list(district: District) -> bool:
    """Whether the district has no school yet."""
    return not School.objects.filter(district=district).exists()


def as_mended(roster: RosterImport) -> Workbook:
    """What was read of the file, with what was typed anew."""
    return mended(workbook_from_text(roster.reading or ""), roster.mended)


def _keep(roster: RosterImport, preview: Preview) -> None:
    roster.preview = preview_as_text(preview)
    roster.counts = preview.counts


@without_cycle_search()
@transaction.atomic
def compare_again(*, roster: RosterImport, settings: ListSettings, planner: Planner) -> RosterImport:
    """Hold the same file against what is on record now, under changed settings; ValidationError once settled."""
    current = _locked(roster)
    if not current.is_open:
        raise ValidationError("这次导入已经办结，不能再修改。")
    _keep(current, _compared(current, settings, planner, as_mended(current)))
    current.version += 1
    current.save()
    return current


@without_cycle_search()
@transaction.atomic
def confirm_roster(
    *,
    roster: RosterImport,
    planner: Planner,
    accepts_alarm: bool,
    by: User,
    now: datetime,
    further: Further = nothing_further,
) -> RosterImport:
    """Write everything that was previewed; a second confirm returns the first result.

    `further` does what else the list brings with it, in the same change set, so that one undo takes back all of it.
    ValidationError when a row was edited since the preview (named), or when the alarm was not answered.
    """
    current = _locked(roster)
    if current.state == RosterImport.State.CONFIRMED:
        return current
    if not current.is_open:
        raise ValidationError("这次导入已经放弃或撤销，请重新上传。")
    plan = planner(current, laid_out(as_mended(current), current))
    preview = plan.preview()
    _refuse_altered(preview_from_text(current.preview), preview)
    if preview.is_alarming and not accepts_alarm:
        raise ValidationError("名单上没有的学生超过上次名单的十分之一。请核对文件，确认无误后勾选再导入。")
    current.change_set = _store(current, plan, further, by, now)
    _settle(current, RosterImport.State.CONFIRMED, by, now)
    record(by, Action.IMPORT_CONFIRMED, current, count=_written(preview), fields=_fields(preview))
    return current


def _store(roster: RosterImport, plan: Plan, further: Further, by: User, now: datetime) -> ChangeSet | None:
    """Write the plan down, and what can be undone; None where it changed nothing."""
    with Journal.open(
        district=roster.district,
        kind=Kind.IMPORTED,
        title=str(roster),
        by=by,
        today=timezone.localtime(now).date(),
    ) as journal:
        plan.write(by, journal)
        further(roster, by, journal)
    return journal.change_set if journal.steps else None


def _refuse_altered(before: Preview, now: Preview) -> None:
    names = altered_since(before, now)
    if not names:
        return
    some = "、".join(names[:NAMES_IN_A_SENTENCE])
    more = f"等 {len(names)} 人" if len(names) > NAMES_IN_A_SENTENCE else ""
    raise ValidationError(
        f"{some}{more}在预览之后被修改过，本次没有写入任何内容。请重新比对后再确认。", code="altered"
    )


def _written(preview: Preview) -> int:
    return sum(row.state not in ("refused", "waiting", "unchanged") for row in preview.rows)


def _fields(preview: Preview) -> set[str]:
    return {change.key for row in preview.rows if not row.is_refused for change in row.changes}


@transaction.atomic
def discard_roster(*, roster: RosterImport, by: User, now: datetime) -> RosterImport:
    """Set the file aside; a settled import stays as it is."""
    current = _locked(roster)
    if current.is_open:
        _settle(current, RosterImport.State.DISCARDED, by, now)
        record(by, Action.IMPORT_DISCARDED, current)
    return current


@transaction.atomic
def undo_roster(*, roster: RosterImport, by: User, now: datetime) -> RosterImport:
    """Take back everything the import wrote; a second undo returns the first result.

    ValidationError when the import wrote nothing, when its rows were touched later (named), or after 30 days.
    """
    current = _locked(roster)
    if current.state == RosterImport.State.UNDONE:
        return current
    if not current.is_written or current.change_set is None:
        raise ValidationError(NOT_WRITTEN)
    current.change_set = undo(change_set=current.change_set, by=by, now=now)
    current.state = RosterImport.State.UNDONE
    current.version += 1
    current.save(update_fields=["state", "version"])
    return current


def _locked(roster: RosterImport) -> RosterImport:
    return RosterImport.objects.select_for_update().select_related("district").get(pk=roster.pk)


def _settle(roster: RosterImport, state: str, by: User, now: datetime) -> None:
    """The counts stay; what was read and shown is wiped."""
    roster.state, roster.settled_by, roster.settled_at = state, by, now
    roster.reading = roster.preview = roster.mended = ""
    roster.version += 1
    roster.save()
