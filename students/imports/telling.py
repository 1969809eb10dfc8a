"""What is kept of a list's words beside pupil and entry once it is written."""

from datetime import date

from pairing_portal.lib.text import Address
from students.imports.facts import stored_address
from students.imports.received import ONE_YEAR_ONLY, place_named, recorded, said_of_entry, said_of_pupil
from students.imports.rows import RowPlan


def told_of_pupil(plan: RowPlan, on: date) -> dict[str, str]:
    """What is kept of the pupil once the plan is carried out; a row edited here is no list's word."""
    student = plan.student
    if student is not None and "key" in plan.row.values:
        return student.received
    stored = stored_address(student) if student else Address()
    said = said_of_pupil(plan.row.values, stored, place_named(plan.named, on) if plan.named else "")
    return recorded(student.received if student else {}, said, plan.found)


def told_of_entry(plan: RowPlan) -> dict[str, str]:
    """The same of the entry; one of a new year begins with what was told of the former one."""
    entry, former = plan.entry, plan.former
    if entry is not None and "key" in plan.row.values:
        return entry.received
    before = (
        {}
        if former is None
        else {key: words for key, words in former.received.items() if key not in ONE_YEAR_ONLY}
    )
    return recorded(entry.received if entry else before, said_of_entry(plan.row.values), plan.found)
