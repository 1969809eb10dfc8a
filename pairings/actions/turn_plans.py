"""The turn of a year worked out: who goes where, which pairings stay and which end, who no longer leads a class."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District
from pairing_portal.lib.school_years import school_year_start
from pairings.actions.leaving import PAIRING_REASONS
from pairings.actions.turn_choices import NewCampaign, TurnChoices
from pairings.models import Pairing, Way
from students.actions.leaving_classes import Destination, LeavingClass, Offers, leaving_classes, terms_past
from students.models import ClassTeacher, Enrolment, RegisterEntry

END_REASONS = {
    Way.PROMOTED: Enrolment.EndReason.PROMOTED,
    Way.REPEATED: Enrolment.EndReason.REPEATED,
    Way.GRADUATED: Enrolment.EndReason.GRADUATED,
    Way.TRANSFERRED: Enrolment.EndReason.TRANSFERRED,
    Way.GONE: Enrolment.EndReason.DROPPED_OUT,
}


@dataclass(frozen=True)
class PupilPlan:
    """One pupil: which way, to which class and from which day, with the open pairings and the entries that end."""

    enrolment: Enrolment
    way: Way
    to: Destination | None
    on: date
    pairings: tuple[Pairing, ...]
    entries: tuple[RegisterEntry, ...]

    @property
    def ends_pairings(self) -> bool:
        """Whether the pairings end with the pupil's leaving."""
        return END_REASONS.get(self.way) in PAIRING_REASONS


@dataclass(frozen=True)
class TurnPlan:
    """Everything the turn would do as of a day."""

    today: date
    pupils: tuple[PupilPlan, ...]
    terms: tuple[tuple[ClassTeacher, date], ...]
    campaign: NewCampaign | None

    @property
    def new_classes(self) -> tuple[Destination, ...]:
        """The classes that have to be made, each once."""
        goals = (plan.to for plan in self.pupils if plan.to is not None and plan.to.school_class is None)
        return tuple({goal.identity: goal for goal in goals}.values())


def plan_turn(district: District, choices: TurnChoices, today: date) -> TurnPlan:
    """Work the choices out against what is on record, in the caller's transaction; constant in queries."""
    classes = leaving_classes(district, today, locks=True)
    decided = [*_of_classes(classes, choices), *_exceptions(district, classes, choices, today)]
    settled = [each for each in decided if each[1] != Way.LATER]
    later = {enrolment.school_class_id for enrolment, way, _ in decided if way == Way.LATER}
    owned = _owned(enrolment for enrolment, _, _ in settled)
    offers = Offers(district, today)
    pupils = [_planned(*each, owned, offers) for each in decided]
    terms = [
        (term, _day([term.started_on], today))
        for term in terms_past(district, today)
        if term.school_class_id not in later
    ]
    return TurnPlan(today, tuple(pupils), tuple(terms), choices.campaign)


Decided = tuple[Enrolment, Way, Destination | None]


def _of_classes(classes: Iterable[LeavingClass], choices: TurnChoices) -> Iterator[Decided]:
    """Every pupil of the leaving classes; what is not decided, or can no longer be chosen, waits."""
    for leaving in classes:
        offered = {each.key: each for each in leaving.destinations}
        common = choices.classes.get(str(leaving.school_class.public_id), "")
        for enrolment in leaving.enrolments:
            chosen = choices.pupils.get(str(enrolment.student.public_id)) or common
            if chosen in offered:
                yield enrolment, Way.PROMOTED, offered[chosen]
            else:
                known = chosen in Way and chosen != Way.PROMOTED
                yield enrolment, Way(chosen) if known else Way.LATER, None


def _exceptions(
    district: District, classes: Iterable[LeavingClass], choices: TurnChoices, today: date
) -> Iterator[Decided]:
    """Pupils of the classes that simply advance who do not go along."""
    ids = [key for key, way in choices.pupils.items() if way in (Way.REPEATED, Way.TRANSFERRED, Way.GONE)]
    staying = Enrolment.objects.open().filter(student__public_id__in=ids, started_on__lte=today)
    staying = staying.filter(school_class__school__district=district)
    leaving = [each.school_class.pk for each in classes]
    rows = staying.exclude(school_class__in=leaving).select_for_update(of=("self", "student"))
    rows = rows.select_related("student", "school_class__school")
    for enrolment in rows.order_by("student__pinyin", "pk"):
        yield enrolment, Way(choices.pupils[str(enrolment.student.public_id)]), None


@dataclass(frozen=True)
class Owned:
    """The open pairings and register entries by pupil."""

    pairings: dict[int, list[Pairing]]
    entries: dict[int, list[RegisterEntry]]


def _owned(enrolments: Iterable[Enrolment]) -> Owned:
    students = [enrolment.student_id for enrolment in enrolments]
    owned = Owned(defaultdict(list), defaultdict(list))
    pairings = Pairing.objects.filter(student__in=students, ended_on=None).select_related("teacher")
    for pairing in pairings.order_by("started_on", "pk"):
        owned.pairings[pairing.student_id].append(pairing)
    for entry in RegisterEntry.objects.filter(student__in=students).open().order_by("year", "pk"):
        owned.entries[entry.student_id].append(entry)
    return owned


def _planned(
    enrolment: Enrolment, way: Way, to: Destination | None, owned: Owned, offers: Offers
) -> PupilPlan:
    pairings = owned.pairings[enrolment.student_id] if way != Way.LATER else []
    if END_REASONS.get(way) not in PAIRING_REASONS:
        goal = offers.repeating(enrolment.school_class) if way == Way.REPEATED else to
        return PupilPlan(enrolment, way, goal, _day([enrolment.started_on], offers.on), tuple(pairings), ())
    this_year = school_year_start(offers.on).year
    entries = [each for each in owned.entries[enrolment.student_id] if each.year >= this_year]
    begun = [*(each.started_on for each in pairings), *(each.listed_on for each in entries)]
    day = _day([enrolment.started_on, *begun], offers.on)
    # A list of an earlier year than that of the day stays as it was.
    current = tuple(each for each in entries if each.year >= day.year)
    return PupilPlan(enrolment, way, None, day, tuple(pairings), current)


def _day(begun: list[date], today: date) -> date:
    """1 September of this school year, so that every day before is seen as it was; today where something began later."""
    turned_on, latest = school_year_start(today), max(begun)
    return turned_on if latest < turned_on else max(today, latest)
