"""What is kept of a list's words beside pupil and entry once it is written."""

from datetime import date

from pairing_portal.lib.text import Address
from students.imports.facts import ENTRY_KEYS, stored_address
from students.imports.received import (
    ONE_YEAR_ONLY,
    PLACE,
    heard,
    place_named,
    recorded,
    said_of_entry,
    said_of_pupil,
)
from students.imports.rows import RowPlan


def told_of_pupil(plan: RowPlan, on: date) -> str:
    """What is kept of the pupil once the plan is carried out; a row edited here is no list's word."""
    student = plan.student
    before = student.received if student else ""
    found = {*plan.found, PLACE} if plan.moves_class else plan.found
    if (student and "key" in plan.row.values) or (before and not found):
        return before
    stored = stored_address(student) if student else Address()
    said = said_of_pupil(plan.row.values, stored, place_named(plan.named, on) if plan.named else "")
    return recorded(heard(before), said, found)


def told_of_entry(plan: RowPlan) -> str:
    """The same of the entry; one of a new year begins with what was told of the former one."""
    if plan.entry is not None:
        before = plan.entry.received
        if "key" in plan.row.values or (before and plan.found.isdisjoint(ENTRY_KEYS)):
            return before
        return recorded(heard(before), said_of_entry(plan.row.values), plan.found)
    former = heard(plan.former.received) if plan.former else {}
    carried = {key: words for key, words in former.items() if key not in ONE_YEAR_ONLY}
    return recorded(carried, said_of_entry(plan.row.values), plan.found)
