"""Why a row of the proposal says what it says, in codes to filter by and in words to read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pairing_portal.lib.codes import Sex
from pairings.actions.proposing.problem import NOBODY, Helped, Helper, Person, Placement, Problem, Pupil

Reason = tuple[str, str]
KIN_NAMED = 2
OLDER = {Sex.MALE: "哥哥", Sex.FEMALE: "姐姐"}
YOUNGER = {Sex.MALE: "弟弟", Sex.FEMALE: "妹妹"}
SAME_HOUSEHOLD = "同户的"


@dataclass(frozen=True, slots=True)
class Explained:
    """A pupil's row: the teacher's place or NOBODY, and the reasons."""

    pupil: Pupil
    helper: Helper | None
    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> list[str]:
        """The reasons as codes."""
        return [code for code, _ in self.reasons]

    @property
    def words(self) -> str:
        """The reasons in one line."""
        return "；".join(words for _, words in self.reasons)


def explain(problem: Problem, placed: Placement) -> list[Explained]:
    """Every pupil of the problem with the reasons for the teacher, or for having none."""
    told = Explainer(problem, placed)
    return [told.row(place) for place in range(len(placed))]


class Explainer:
    """Knows who shares a teacher with whom, and which pupil is a teacher's how many-eth."""

    def __init__(self, problem: Problem, placed: Placement) -> None:
        self.problem = problem
        self.placed = placed
        self.loads = Counter(dict(enumerate(helper.load for helper in problem.helpers)))
        self.numbers: dict[int, int] = {}
        for place, helper in enumerate(placed):
            if helper != NOBODY:
                self.loads[helper] += 1
                self.numbers[place] = self.loads[helper]
        helped = [*problem.helped, *self._proposed()]
        self.families: dict[int, list[Helped]] = defaultdict(list)
        for each in helped:
            if each.household:
                self.families[each.household].append(each)
        self.villagers = Counter((each.village, each.teacher) for each in helped)
        self.schools = {helper.school for helper in problem.helpers}
        self.with_room = {
            helper.school for place, helper in enumerate(problem.helpers) if self.loads[place] < problem.cap
        }

    def _proposed(self) -> Iterator[Helped]:
        for pupil, place in zip(self.problem.pupils, self.placed, strict=True):
            if place != NOBODY:
                yield Helped(self.problem.helpers[place].key, pupil.person, pupil.village, pupil.household)

    def row(self, place: int) -> Explained:
        """One pupil's teacher with what speaks for it, and what a better one failed by."""
        pupil, helper = self.problem.pupils[place], self.placed[place]
        if helper == NOBODY:
            words = f"没有名额了：每位教师最多 {self.problem.cap} 名"
            return Explained(pupil, None, (("no_room", words),))
        teacher = self.problem.helpers[helper]
        number = self.numbers[place]
        reasons = (
            *self._near(pupil, teacher),
            *self._duty(teacher, number),
            *self._not_better(pupil, teacher, number),
        )
        return Explained(pupil, teacher, reasons)

    def _near(self, pupil: Pupil, teacher: Helper) -> Iterator[Reason]:
        """The preferences this teacher meets."""
        if teacher.key == pupil.former:
            yield "former", "沿用去年教师"
        if teacher.key == pupil.class_teacher:
            yield "class_teacher", "本班班主任"
        elif teacher.school == pupil.school:
            yield "school", "同校"
        kin = [each for each in self._kin(pupil) if each.teacher == teacher.key]
        if kin:
            names = "、".join(kin_words(pupil.person, each.person) for each in kin[:KIN_NAMED])
            yield "siblings", f"与{names}同一教师"
        near = sum(each.village == pupil.village for each in kin)
        others = self.villagers[pupil.village, teacher.key] - 1 - near
        if pupil.village and others > 0:
            yield "village", f"与同村 {others} 人同一教师"

    def _kin(self, pupil: Pupil) -> list[Helped]:
        """Others of the household who have a teacher."""
        family = self.families.get(pupil.household or NOBODY, [])
        return [each for each in family if each.person != pupil.person]

    def _duty(self, teacher: Helper, number: int) -> Iterator[Reason]:
        if number > 1:
            yield "even", f"均衡人数（第 {number} 名）"
        elif teacher.is_member:
            yield "member", "领导小组成员至少一名"
        else:
            yield "teacher", "倡议每位教师一名"

    def _not_better(self, pupil: Pupil, teacher: Helper, number: int) -> Iterator[Reason]:
        """What was wished and is not: last year's teacher, the family's, one of the own school."""
        if pupil.former and teacher.key != pupil.former:
            name = self.problem.former_names.get(pupil.former, "")
            yield "not_former", f"未沿用去年教师{name}（{self._why_not(pupil.former)}）"
        kin = [each for each in self._kin(pupil) if each.teacher in self.problem.places]
        if kin and all(each.teacher != teacher.key for each in kin):
            words = kin_words(pupil.person, kin[0].person)
            yield "not_siblings", f"未与{words}同一教师（{self._why_not(kin[0].teacher)}）"
        if pupil.school and teacher.school != pupil.school and number > 1:
            yield "not_school", self._school_words(pupil.school)

    def _why_not(self, key: int) -> str:
        place = self.problem.places.get(key)
        if place is None:
            return "已离岗或这次不安排"
        return "人数已满" if self.loads[place] >= self.problem.cap else "另有安排"

    def _school_words(self, school: int) -> str:
        if school not in self.schools:
            return "本校没有可安排的教师"
        return "本校教师已均衡安排" if school in self.with_room else "本校教师人数已满"


def kin_words(person: Person, other: Person) -> str:
    """哥哥张三, 妹妹李四 as the first one would say; 同户的王五 where ages do not tell."""
    if person.born is None or other.born is None or person.born == other.born:
        return f"{SAME_HOUSEHOLD}{other.name}"
    words = OLDER if other.born < person.born else YOUNGER
    return f"{words.get(Sex(other.sex), SAME_HOUSEHOLD)}{other.name}"
