"""Writing a pairing list: pairings that are new, and what differs on open ones."""

from pairing_portal.accounts.models import User
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.undo.journal import Journal
from pairings.imports.columns import PAIRING_COLUMNS
from pairings.imports.pairings import FACTS, PairComparison, PairingPlan, compare_pairings
from pairings.imports.previews import preview, versions
from pairings.models import Pairing
from students.imports.mending import with_cells
from students.imports.previews import Preview, ShownMissing, ShownRow, shown_problems
from students.imports.upserts import insert, overwrite
from students.models import RosterImport


class PairingsPlan:
    """The plan of a pairing list."""

    def __init__(self, comparison: PairComparison) -> None:
        self.comparison = comparison

    def preview(self) -> Preview:
        """The comparison in words."""
        of = self.comparison
        return preview((self._row(plan) for plan in of.rows), map(_missing, of.missing), of.reading)

    def _row(self, plan: PairingPlan) -> ShownRow:
        values, planned = plan.row.values, self.comparison.pairs.plan_of(plan.pairing)
        shown = ShownRow(
            sheet=plan.row.sheet,
            number=plan.row.number,
            state=plan.state,
            name=f"{values.get('teacher', '')} — {values.get('name', '')}",
            place=self._place(plan),
            changes=plan.changes,
            problems=shown_problems(plan.row.problems),
            rests_on=versions([plan.teacher, plan.student, plan.pairing, planned]),
            subject_id=str(plan.student.public_id) if plan.student else "",
        )
        return with_cells(shown, plan.row, PAIRING_COLUMNS)

    def _place(self, plan: PairingPlan) -> str:
        """Where the pupil goes to school."""
        place = self.comparison.pairs.places.get(plan.student.pk) if plan.student else None
        if place is None:
            return str(plan.row.values.get("school", ""))
        return f"{place.school_class.school.name}{place.school_class.name(self.comparison.on)}"

    def write(self, by: User, journal: Journal) -> None:
        """Open new pairings and correct open ones; none is ended by being absent from the list."""
        opened = []
        for plan in self.comparison.rows:
            pairing = plan.pairing
            if plan.state == "new":
                started_on = plan.row.values.get("started_on", self.comparison.on)
                pairing = Pairing(student=plan.student, teacher=plan.teacher, started_on=started_on)
                opened.append(pairing)
            if pairing is not None and plan.state != "unchanged":
                for key in FACTS:
                    if key in plan.row.values:
                        setattr(pairing, key, plan.row.values[key])
        insert(opened, by, journal)
        changed = (plan.pairing for plan in self.comparison.rows if plan.pairing is not None and plan.changes)
        overwrite(changed, FACTS, journal)


def plan_pairings(roster: RosterImport, workbook: Workbook) -> PairingsPlan:
    """Read and compare a pairing list; ValidationError when the sheets hold none."""
    return PairingsPlan(compare_pairings(workbook, roster.district, roster.year, roster.listed_on))


def _missing(pairing: Pairing) -> ShownMissing:
    return ShownMissing(
        name=f"{pairing.teacher.name} — {pairing.student.name}",
        place=f"自 {date_cn(pairing.started_on)} 结对",
        subject_id=str(pairing.student.public_id),
        choice="",
        rests_on=versions([pairing]),
    )
