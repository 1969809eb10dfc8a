"""A refused row is typed anew on the preview, left out, or taken back to what the file says."""

from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import EMPTY_TEXT
from pairing_portal.lib.workbooks.sheets import Mend
from students.actions.imports import ListSettings, compare_again
from students.imports.mending import RowPlace, mends_as_text, mends_from_text
from students.imports.planning import Planner
from students.imports.previews import ShownRow, preview_from_text
from students.models import RosterImport

SETTLED = "这次导入已经办结，不能再修改。"
NO_ROW = "名单里没有可以改的这一行，请刷新页面核对。"
TOLD_OTHERWISE = "这一行刚被他人改过，您的内容还没有保存，请核对后再改一次。"


@dataclass
class RowToMend:
    """A row of an open import, locked, as the preview shows it."""

    roster: RosterImport
    place: RowPlace
    shown: ShownRow

    @classmethod
    def locked(cls, roster: RosterImport, place: RowPlace) -> Self:
        """The row; ValidationError once the import is settled or where no such row can be mended."""
        current = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if not current.is_open:
            raise ValidationError(SETTLED)
        rows = preview_from_text(current.preview or "").rows
        shown = next((row for row in rows if (row.sheet, row.number) == place and row.can_be_mended), None)
        if shown is None:
            raise ValidationError(NO_ROW)
        return cls(current, place, shown)

    def keep(self, mend: Mend | None, planner: Planner, by: User) -> RosterImport:
        """Store what was decided, None for nothing any more, and compare again."""
        roster, mends = self.roster, mends_from_text(self.roster.mended)
        mends.pop(self.place, None)
        if mend is not None:
            mends[self.place] = mend
        roster.mended = mends_as_text(mends)
        roster.save(update_fields=["mended"])
        record(by, Action.CHANGED, roster, fields=["mended"], count=1)
        settings = ListSettings(roster.kind, roster.year, roster.listed_on, roster.school_choices)
        return compare_again(roster=roster, settings=settings, planner=planner)


@transaction.atomic
def mend_row(
    *, roster: RosterImport, place: RowPlace, turn: int, cells: dict[str, str], planner: Planner, by: User
) -> RosterImport:
    """Put these words, by column key, in the place of the row's cells and compare again.

    ValidationError with both texts when somebody else has mended the row since it was shown at `turn`.
    """
    row = RowToMend.locked(roster, place)
    if row.shown.turn != turn:
        raise ValidationError(f"{TOLD_OTHERWISE}{_both(row.shown, cells)}", code="mended_since")
    before = mends_from_text(row.roster.mended).get(place, Mend()).cells
    known = {cell.key for cell in row.shown.cells}
    typed = {key: text for key, text in cells.items() if key in known}
    return row.keep(Mend({**before, **typed}, turn=row.roster.version), planner, by)


def _both(row: ShownRow, cells: dict[str, str]) -> str:
    """Both texts of every cell that reads differently; numbers keep their digits to themselves."""
    pairs = [
        f"{cell.title}：您填的是“{cells[cell.key] or EMPTY_TEXT}”，现在是“{cell.text or EMPTY_TEXT}”"
        for cell in row.cells
        if not cell.is_secret and cells.get(cell.key, cell.text) != cell.text
    ]
    return "；".join(pairs)


@transaction.atomic
def leave_row_out(*, roster: RosterImport, place: RowPlace, planner: Planner, by: User) -> RosterImport:
    """Do not bring the row in, whatever it says."""
    row = RowToMend.locked(roster, place)
    before = mends_from_text(row.roster.mended).get(place, Mend()).cells
    return row.keep(Mend(before, is_left_out=True, turn=row.roster.version), planner, by)


@transaction.atomic
def take_mend_back(*, roster: RosterImport, place: RowPlace, planner: Planner, by: User) -> RosterImport:
    """Read the row as the file has it."""
    return RowToMend.locked(roster, place).keep(None, planner, by)
