"""What a proposal rests on, read in a fixed number of queries: pupils, teachers, who helped and who helps whom."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pairing_portal.accounts.models import District, Teacher
from pairings.actions.proposing.problem import Helped, Helper, Person, Problem, Pupil
from pairings.metrics import leading_classes, paired_students, teachers_with_load, unpaired_students
from pairings.models import LeadershipMember, Pairing, Proposal, ProposalBatch
from pairings.models.pairings import PairingQuerySet
from students.models import Student
from students.models.people import StudentQuerySet

NOT_RESUMED = (Pairing.EndReason.HANDED_OVER, Pairing.EndReason.MISTAKE)
PERSON = ("name", "sex", "birth_date")
PUPIL = (
    *("pk", "public_id", "pinyin", "village", "household", *PERSON),
    *("school_id", "school_name", "stage", "entry_year", "class_number", "place__school_class"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The district on the day: who waits for a teacher, who could take a second one, who can help, who is helped."""

    waiting: Mapping[int, Pupil]
    paired: Mapping[int, Pupil]
    helpers: Mapping[int, Helper]
    helped: tuple[Helped, ...]
    former_names: Mapping[int, str]

    @property
    def members(self) -> list[int]:
        """Keys of the leading group in the order of keys."""
        return sorted(key for key, helper in self.helpers.items() if helper.is_member)

    def problem(self, batch: ProposalBatch, *, excluded: Iterable[int], kept: Sequence[Proposal]) -> Problem:
        """What is left to solve once rows that stay, and teachers the office leaves out, are set aside."""
        stays = {row.student_id for row in kept}
        fixed = [
            (row.teacher_id, pupil)
            for row in kept
            if row.teacher_id and (pupil := self.pupil(row.student_id))
        ]
        more = Counter(teacher for teacher, _ in fixed)
        left_out = set(excluded)
        helpers = (
            replace(each, load=each.load + more[each.key])
            for each in self.helpers.values()
            if each.key not in left_out
        )
        return Problem(
            pupils=[each for each in self.waiting.values() if each.key not in stays],
            helpers=list(helpers),
            cap=batch.cap,
            weights=batch.weights,
            helped=(*self.helped, *(_helped(teacher, pupil) for teacher, pupil in fixed)),
            former_names=self.former_names,
        )

    def pupil(self, key: int) -> Pupil | None:
        """The pupil of that key, if on a register on the day."""
        return self.waiting.get(key) or self.paired.get(key)

    def second_problem(self, batch: ProposalBatch, members: Iterable[int], taken: Container[int]) -> Problem:
        """Members who would help nobody, and the pupils who have a teacher and could have one more."""
        alone = set(members)
        return Problem(
            pupils=[each for each in self.paired.values() if each.key not in taken],
            helpers=[helper for key, helper in self.helpers.items() if key in alone],
            cap=1,
            weights=batch.weights,
            helped=self.helped,
            former_names=self.former_names,
        )


def _helped(teacher: int, pupil: Pupil) -> Helped:
    return Helped(teacher, pupil.person, pupil.village, pupil.household)


def read_facts(district: District, year: int, on: date) -> Facts:
    """The district as it is on the day, for the registers of the year."""
    pupils = Student.objects.filter(district=district)
    led = {
        row.school_class_id: row.teacher_id for row in leading_classes(on).filter(teacher__district=district)
    }
    former = _former_teachers(district, on)
    active = Pairing.objects.active(on).filter(student__district=district)
    return Facts(
        waiting=_pupils(unpaired_students(pupils, year, on), on, led, former),
        paired=_pupils(paired_students(pupils, year, on), on, led, {}),
        helpers=_helpers(district, on, {*led.values()}),
        helped=tuple(_already_helped(active)),
        former_names=dict(Teacher.objects.filter(pk__in=set(former.values())).values_list("pk", "name")),
    )


def _pupils(
    students: StudentQuerySet, on: date, led: Mapping[int, int], former: Mapping[int, int]
) -> dict[int, Pupil]:
    rows = students.with_place(on).order_by().values(*PUPIL)
    return {row["pk"]: _pupil(row, led, former) for row in rows}


def _pupil(row: Mapping, led: Mapping[int, int], former: Mapping[int, int]) -> Pupil:
    order = ("school_name", "village", "stage", "entry_year", "class_number", "pinyin", "name", "public_id")
    return Pupil(
        key=row["pk"],
        order=tuple("" if row[name] is None else f"{row[name]!s:>6}" for name in order),
        person=_person(*(row[name] for name in PERSON)),
        school=row["school_id"],
        school_class=row["place__school_class"],
        class_teacher=led.get(row["place__school_class"]),
        village=row["village"],
        household=row["household"],
        former=former.get(row["pk"]),
    )


def _person(name: str, sex: str, born: date | None) -> Person:
    return Person(name, sex, born)


def _former_teachers(district: District, on: date) -> dict[int, int]:
    """By pupil, the teacher of the last pairing that ended last year or this one and was neither handed over nor a mistake."""
    ended = Pairing.objects.filter(student__district=district).ended_between(date(on.year - 1, 1, 1), on)
    rows = ended.exclude(end_reason__in=NOT_RESUMED).order_by("ended_on", "started_on", "public_id")
    return dict(rows.values_list("student", "teacher"))


def _helpers(district: District, on: date, class_teachers: set[int]) -> dict[int, Helper]:
    held = LeadershipMember.objects.active(on).filter(teacher__district=district)
    members = class_teachers | set(held.values_list("teacher", flat=True))
    rows = teachers_with_load(district, on).order_by()
    return {
        row.pk: Helper(
            key=row.pk,
            order=(row.school.name, row.pinyin, row.name, str(row.public_id)),
            name=row.name,
            school=row.school_id,
            load=row.pupils,
            is_member=row.pk in members,
        )
        for row in rows
    }


def _already_helped(active: PairingQuerySet) -> Iterable[Helped]:
    people = (f"student__{name}" for name in ("name", "sex", "birth_date", "village", "household"))
    for teacher, name, sex, born, village, household in active.order_by().values_list("teacher", *people):
        yield Helped(teacher, _person(name, sex, born), village, household)
