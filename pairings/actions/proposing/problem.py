"""Pupils and teachers as an assignment problem: what each pair costs, and what a teacher's next place costs.

Clause M1 comes before everything, then every pupil, then M2; preferences only choose among what satisfies these.
Any pupil may go to any teacher with room, so how many members, pupils and teachers are served is settled by their
numbers: a reward for a teacher's first place that outweighs any one pupil's preferences is enough (decision 12).
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

POINTS: Mapping[str, int] = {
    "former": 100,  # last year's teacher goes on
    "siblings": 60,  # one visit serves the whole family
    "class_teacher": 40,
    "school": 30,
    "village": 15,  # one road serves several families
    "even": 8,  # each further pupil of a teacher costs this much more than the one before
}
NOBODY = -1
Slot = tuple[int, int]
Placement = Sequence[int]


@dataclass(frozen=True, slots=True)
class Person:
    """What tells brothers and sisters of a household apart."""

    name: str
    sex: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil to be placed; `order` makes the result independent of the order of rows."""

    key: int
    order: tuple[str, ...]
    person: Person
    school: int | None = None
    school_class: int | None = None
    class_teacher: int | None = None
    village: str = ""
    household: int | None = None
    former: int | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """A teacher who can take pupils; `load` counts those helped already and those fixed by hand."""

    key: int
    order: tuple[str, ...]
    name: str
    school: int
    load: int = 0
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Helped:
    """A pupil whose teacher stands: paired already, or fixed in the batch."""

    teacher: int
    person: Person
    village: str = ""
    household: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """By pupil, the places of teachers who would unite a household, or a village, and what that is worth."""

    households: Sequence[frozenset[int]]
    villages: Sequence[frozenset[int]]
    household_worth: int
    village_worth: int


@dataclass(frozen=True)
class Problem:
    """Everything a proposal rests on; both sequences are in their order, teachers are named by their place."""

    pupils: Sequence[Pupil]
    helpers: Sequence[Helper]
    cap: int
    weights: Mapping[str, int]
    helped: Sequence[Helped] = ()
    former_names: Mapping[int, str] = field(default_factory=dict)
    places: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Bring both sides into their order and number the teachers."""
        object.__setattr__(self, "pupils", sorted(self.pupils, key=lambda each: each.order))
        object.__setattr__(self, "helpers", sorted(self.helpers, key=lambda each: each.order))
        object.__setattr__(self, "places", {each.key: place for place, each in enumerate(self.helpers)})

    def points(self, name: str) -> int:
        """What a preference is worth here: its points times how much the office cares, 1 unless set."""
        return POINTS[name] * self.weights.get(name, 1)

    @property
    def dearest(self) -> int:
        """The cost of a pair that meets no preference."""
        return sum(self.points(name) for name in POINTS if name != "even")

    def slots(self, scale: int = 1) -> list[Slot]:
        """The free places of all teachers: whose, and what taking it costs; first ones carry the duties."""
        even = self.points("even")
        duty = self.dearest + even * self.cap + 1
        return [
            (place, scale * (even * (number - 1) - _reward(helper, number, duty)))
            for place, helper in enumerate(self.helpers)
            for number in range(helper.load + 1, self.cap + 1)
        ]

    def rows(self, together: Together | None = None, scale: int = 1) -> list[array]:
        """One row of costs per pupil, one cost per teacher, all times the scale; what unites people is cheaper."""
        by_school = self._rows_by_school(scale)
        rows = []
        for place, pupil in enumerate(self.pupils):
            row = by_school[pupil.school][:]
            for key, name in ((pupil.former, "former"), (pupil.class_teacher, "class_teacher")):
                if key in self.places:
                    row[self.places[key]] -= scale * self.points(name)
            if together is not None:
                _unite(row, place, together)
            rows.append(row)
        return rows

    def _rows_by_school(self, scale: int) -> dict[int | None, array]:
        near, far = scale * (self.dearest - self.points("school")), scale * self.dearest
        schools = {pupil.school for pupil in self.pupils}
        return {
            school: array("i", [near if each.school == school else far for each in self.helpers])
            for school in schools
        }


def _unite(row: array, place: int, together: Together) -> None:
    for helper in together.households[place]:
        row[helper] -= together.household_worth
    for helper in together.villages[place]:
        row[helper] -= together.village_worth


def _reward(helper: Helper, number: int, duty: int) -> int:
    """What the first pupil of a teacher is worth: two duties for a member of the group (M1), one else (M2)."""
    if number > 1:
        return 0
    return 2 * duty if helper.is_member else duty
