"""A comparison in the words of the preview page."""

from collections import Counter
from collections.abc import Iterable

from pairing_portal.lib.models import Row
from students.imports.columns import register_columns
from students.imports.comparing import Comparison
from students.imports.mending import with_cells
from students.imports.places import has_graduated
from students.imports.previews import Preview, ShownMissing, ShownRow, shown_problems
from students.imports.rows import MissingPlan, RowPlan, RowState
from students.models import Enrolment


def shown(comparison: Comparison) -> Preview:
    """The preview of a comparison."""
    unknown = comparison.schools.unknown(
        plan.row.values["school"] for plan in comparison.rows if plan.row.values.get("school")
    )
    return Preview(
        rows=tuple(_row(plan, comparison) for plan in comparison.rows),
        missing=tuple(_missing(each, comparison) for each in comparison.missing),
        unknown_schools=tuple((name, comparison.schools.choice(name)) for name in unknown),
        unknown_columns=comparison.reading.unknown_columns,
        notes=comparison.reading.notes,
        counts=counts_of(comparison),
        listed_before=comparison.listed_before,
        vanishing=comparison.vanishing,
        is_alarming=comparison.is_alarming,
        is_same_year=comparison.is_same_year,
    )


def counts_of(comparison: Comparison) -> dict[str, int]:
    """How many rows of each kind; a promoted pupil who also reads differently counts under both."""
    states = Counter(plan.state.value for plan in comparison.rows)
    return {
        **{state.value: states[state.value] for state in RowState},
        "changed": sum(plan.is_changed for plan in comparison.rows),
        "promoted_changed": sum(plan.is_changed and plan.is_promoted for plan in comparison.rows),
        "missing": len(comparison.missing),
        "graduates": sum(each.is_graduate for each in comparison.missing),
        "ended": sum(bool(each.reason) for each in comparison.missing),
        "kept": sum(bool(plan.corrections) and plan.is_taken for plan in comparison.rows),
        "asked": sum(bool(plan.questions) and plan.is_taken for plan in comparison.rows),
        "warned": sum(bool(plan.row.problems) and plan.state != RowState.REFUSED for plan in comparison.rows),
        "rows": len(comparison.rows),
    }


def _row(plan: RowPlan, comparison: Comparison) -> ShownRow:
    moved_from = plan.moved_from
    shown_row = ShownRow(
        sheet=plan.row.sheet,
        number=plan.row.number,
        state=plan.state.value,
        name=plan.row.values.get("name") or (plan.student.name if plan.student else ""),
        place=_place_words(plan, comparison),
        changes=plan.changes,
        problems=shown_problems(plan.row.problems) if plan.row.problems else (),
        rests_on=_versions((plan.student, plan.entry, plan.moved_from, plan.place)) if plan.student else (),
        is_promoted=plan.is_promoted,
        choice=str(moved_from.public_id) if moved_from else "",
        is_chosen=plan.state == RowState.MOVED,
        subject_id=str(plan.student.public_id) if plan.student else "",
        corrections=plan.corrections,
        questions=plan.questions,
    )
    return with_cells(shown_row, plan.row, register_columns(comparison.of.register, comparison.of.on))


def _place_words(plan: RowPlan, comparison: Comparison) -> str:
    if plan.target is not None:
        return "".join(plan.target.words.values())
    if plan.place is not None:
        return place_words(plan.place, comparison)
    return str(plan.row.values.get("school", ""))


def place_words(place: Enrolment, comparison: Comparison) -> str:
    """School, grade and class of an enrolment on the day of the list, or on its first day if that came later."""
    school_class, on = place.school_class, max(comparison.of.on, place.started_on)
    if has_graduated(school_class, on):
        return f"{school_class.school.name}，已毕业"
    return f"{school_class.school.name}{school_class.name(on)}"


def _versions(rows: Iterable[Row | None]) -> tuple[str, ...]:
    """What a row of the preview rests on; any edit in between changes one of these."""
    return tuple(f"{row.public_id}.{row.version}" for row in rows if row is not None)


def _missing(each: MissingPlan, comparison: Comparison) -> ShownMissing:
    return ShownMissing(
        name=each.student.name,
        place=place_words(each.place, comparison) if each.place else "未在读",
        subject_id=str(each.student.public_id),
        choice=str(each.key),
        is_graduate=each.is_graduate,
        reason=each.reason,
        rests_on=_versions((each.entry, each.student)),
    )
