"""The pupils of the cast by their relation to the teacher of 甲, with all that is known of them."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from pairings.models import HelpPlan, Pairing, StudyNote
from students.models import Household, Register, RegisterEntry, SchoolClass, Student
from tests.builders import (
    make_entry,
    make_household,
    make_note,
    make_pairing,
    make_plan,
    make_student,
    make_user,
    make_visit,
)
from tests.cast.places import RELATIONS, RESTRICTED, Place, phone_of
from visits.models import Visit, VisitRevision


def make_pupils(here: Place, there: Place) -> dict[str, Student]:
    near, far, led = here.classes
    homes = {"paired": near, "ended": far, "led": led, "same_school": near, "same_district": far}
    homes["foreign"] = there.classes[0]
    return {
        relation: _make_pupil(there if relation == "foreign" else here, school_class, relation)
        for relation, school_class in homes.items()
    }


def _make_pupil(place: Place, school_class: SchoolClass, relation: str) -> Student:
    """A pupil whose every text holds the word of the place; all of a place but one live in one household."""
    word = place.word
    number = f"{word}户"
    household = place.district.households.filter(number=number).first()
    is_alone = relation == "same_district"
    return make_student(
        school_class,
        name=f"{word}{relation}",
        override_reason=f"{word}更正",
        guardian_name=f"{word}监护人",
        guardian_phone=phone_of(word, 9),
        town=f"{word}镇",
        village=f"{word}村",
        village_group=f"{word}组",
        household=None if is_alone else household or _make_home(place, number),
    )


def _make_home(place: Place, number: str) -> Household:
    return make_household(place.district, number=number, head_name=f"{place.word}户主")


def make_entries(pupils: dict[str, Student], today: date) -> dict[str, RegisterEntry]:
    """`led` and `foreign` are on the district's own register, the others on the county's."""
    listed_on = max(today - timedelta(days=60), date(today.year, 1, 1))
    own = {"register": Register.DISTRICT_RECOGNISED, "main_type": "单亲家庭", "household_status": ""}
    return {
        relation: make_entry(
            pupil,
            year=today.year,
            listed_on=listed_on,
            situation=f"{pupil.name}的情况",
            remark=f"{pupil.name}的备注",
            evidence=f"{pupil.name}的证明",
            **(own if relation in ("led", "foreign") else {}),
        )
        for relation, pupil in pupils.items()
    }


def make_pairings(here: Place, there: Place, pupils: dict[str, Student], since: date) -> dict[str, Pairing]:
    teacher, _, other = here.teachers
    ended = {"ended_on": since + timedelta(days=20), "end_reason": Pairing.EndReason.HANDED_OVER}
    helpers = dict.fromkeys(RELATIONS, other) | {"paired": teacher, "ended": teacher}
    helpers["foreign"] = there.teachers[0]
    return {
        relation: make_pairing(
            pupils[relation],
            helper,
            started_on=since,
            measures=f"{pupils[relation].name}的措施",
            remark=f"{pupils[relation].name}的备注",
            handover_note=f"{pupils[relation].name}的交接",
            **(ended if relation == "ended" else {}),
        )
        for relation, helper in helpers.items()
    }


def make_last_plan(pairing: Pairing, today: date) -> HelpPlan:
    """Last year's plan, which this year's is offered to go on from."""
    name = pairing.student.name
    parts = {part: f"{name}的{part}" for part in HelpPlan.PARTS}
    return make_plan(pairing, year=today.year - 1, **parts)


def make_told_note(pairing: Pairing, today: date) -> StudyNote:
    """A note of the pairing's teacher on the pupil's studies."""
    name = pairing.student.name
    return make_note(
        pairing.student, pairing.teacher, noted_on=today, subject=f"{name}数学", words=f"{name}的学习情况"
    )


def make_visits(
    here: Place, pupils: Mapping[str, Student], pairings: Mapping[str, Pairing], today: date
) -> dict[str, Visit]:
    """One for each pairing, and one that the office copied from paper."""
    told = {relation: make_told_visit(pairing, today) for relation, pairing in pairings.items()}
    return told | {"paper": make_paper_visit(here, pupils["paired"], today)}


def make_told_visit(pairing: Pairing, today: date) -> Visit:
    """A visit with a promise, corrected once."""
    name = pairing.student.name
    visit = make_visit(
        pairing.student,
        pairing.teacher,
        pairing=pairing,
        visited_on=today - timedelta(days=50),
        situation=f"{name}家中情况",
        whom_met=f"{name}祖母",
        companions=f"{name}同行",
        help_given=f"{name}作业",
        follow_up=f"{name}跟进",
        follow_up_on=today - timedelta(days=40),
        restricted_note=f"{name}{RESTRICTED}",
        version=2,
    )
    _correct(visit)
    return visit


def _correct(visit: Visit) -> None:
    """Keep the text the visit had before, as a correction does."""
    name = visit.student.name
    VisitRevision.objects.create(
        visit=visit,
        version=1,
        values=visit.kept_values | {"situation": f"{name}原来的情况"},
        restricted_note=f"{name}原来的{RESTRICTED}",
        corrected_by=visit.teacher.user or make_user(district=visit.student.district, name=f"{name}更正人"),
        corrected_at=timezone.now(),
        reason=f"{name}更正原因",
    )


def make_paper_visit(here: Place, pupil: Student, today: date) -> Visit:
    """What another teacher wrote on paper about the teacher's pupil, copied by the office."""
    written = {"is_paper_record": True, "created_by": here.office, "restricted_note": f"代录{RESTRICTED}"}
    return make_visit(pupil, here.teachers[2], visited_on=today - timedelta(days=45), **written)
