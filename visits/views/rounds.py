"""The sheet for the road: a teacher's pupils village by village."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires, teacher_of, visible_teachers
from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.pinyin import pinyin_key
from pairing_portal.lib.school_years import class_name
from pairings.models import Pairing
from visits.access import own_pupils, pupils_to_visit, visible_visits
from visits.forms import RoundFilter
from visits.metrics import pupils_by_silence
from visits.models import Visit
from visits.views.lists import READERS

NO_VILLAGE = "没有登记村名"


@dataclass(frozen=True, slots=True)
class Stop:
    """One pupil on the way, with what to know at the door."""

    student: Any
    place: str
    last_visited_on: date | None
    focus: str
    promises: tuple[Visit, ...]
    can_record: bool

    @property
    def has_words(self) -> bool:
        """Whether something was promised or is the point of helping."""
        return bool(self.promises or self.focus)


@dataclass(frozen=True, slots=True)
class Village:
    """Pupils of one village, longest-silent first, those of one house together."""

    name: str
    stops: tuple[Stop, ...]


@require_GET
@requires(*READERS)
@audited_read("下乡走访单")
def village_round(request: StaffRequest) -> HttpResponse:
    """Own pupils for a teacher; whoever oversees teachers may print the sheet of one of them."""
    form = _filter(request)
    teacher = form.whose
    stops = _stops(request, teacher, has_class=form.takes_class) if teacher else []
    context = {
        "form": form,
        "teacher": teacher,
        "villages": list(_villages(stops)),
        "pupils": len(stops),
        "can_choose": "teacher" in form.fields,
    }
    return render(request, "visits/village_round.html", context)


def _filter(request: StaffRequest) -> RoundFilter:
    user = request.user
    oversees = user.may(Right.SEE_DISTRICT) or user.may(Right.SEE_SCHOOL)
    teachers = visible_teachers(user, request.today).employed(request.today) if oversees else None
    own = teacher_of(user) if user.may(Right.RECORD_VISITS) else None
    return RoundFilter(request.GET, teachers=teachers, own=own)


def _stops(request: StaffRequest, teacher: Teacher, *, has_class: bool) -> list[Stop]:
    """The pupils as of the day looked at, in five queries however many they are."""
    pupils = pupils_to_visit(teacher, request.user, request.today, year=request.year, has_class=has_class)
    helping = Pairing.objects.active(request.day).of_teacher(teacher)
    placed = pupils_by_silence(pupils.with_place(request.day), request.day)
    rows: list[Any] = list(placed.prefetch_related(Prefetch("pairings", helping, to_attr="helping")))
    promises, mine = _promises(request, rows), _recordable(request, rows)
    return [
        Stop(
            student=row,
            place=f"{row.school_name or ''} {class_name(row.stage, row.entry_year, row.class_number, request.day)}".strip(),
            last_visited_on=row.last_visited_on,
            focus="、".join(pairing.focus_words for pairing in row.helping),
            promises=tuple(promises.get(row.pk, ())),
            can_record=row.pk in mine,
        )
        for row in rows
    ]


def _promises(request: StaffRequest, rows: Iterable[Any]) -> dict[int, list[Visit]]:
    """What was promised to each pupil, by whomever, and is still open."""
    visits = visible_visits(request.user, request.today).to_follow_up().until(request.day)
    open_ones = visits.filter(student__in=[row.pk for row in rows]).defer("restricted_note")
    found: dict[int, list[Visit]] = {}
    for visit in open_ones.order_by("follow_up_on", "pk"):
        found.setdefault(visit.student_id, []).append(visit)
    return found


def _recordable(request: StaffRequest, rows: Iterable[Any]) -> set[int]:
    """Pupils the reader may log a visit to."""
    shown = {row.pk for row in rows}
    if request.user.may(Right.RECORD_FOR_OTHERS):
        return shown
    if not request.user.may(Right.RECORD_VISITS):
        return set()
    return set(own_pupils(request.user, request.today).filter(pk__in=shown).values_list("pk", flat=True))


def _villages(stops: Sequence[Stop]) -> Iterator[Village]:
    """By the name of town and village; pupils of nowhere come last."""
    by_name: dict[str, list[Stop]] = {}
    for stop in stops:
        name = f"{stop.student.town}{stop.student.village}"
        by_name.setdefault(name if stop.student.village else "", []).append(stop)
    for name in sorted(by_name, key=lambda name: (not name, pinyin_key(name))):
        yield Village(name or NO_VILLAGE, tuple(_by_house(by_name[name])))


def _by_house(stops: Iterable[Stop]) -> Iterator[Stop]:
    """The same order, but brothers and sisters follow whoever of them comes first."""
    houses: dict[tuple[str, int], list[Stop]] = {}
    for stop in stops:
        home = stop.student.household_id
        houses.setdefault(("house", home) if home else ("pupil", stop.student.pk), []).append(stop)
    for house in houses.values():
        yield from house
