"""One row's differences sorted into what is written, what is kept from here, and what the clerk is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from students.imports.columns import TITLES
from students.imports.facts import ENTRY_KEYS, SECRET, Change, shown
from students.imports.received import ONE_YEAR_ONLY, PLACE, Received, Verdict, canonical, heard, verdict
from students.models import RegisterEntry, Student

PLACE_TITLE = "学校和班级"
NUMBER_HERE, NUMBER_BEFORE, NUMBER_NOW = "本地登记的号码", "上次名单的号码", "这次名单的号码"


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that was corrected here and has changed on the list too; the clerk says which one stays."""

    key: str
    label: str
    local: str
    before: str
    read: str
    choice: str
    is_taken: bool = False


@dataclass
class Decision:
    """What becomes of the differences of one row."""

    taken: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    corrections: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    moves_class: bool = False


class Decider:
    """Decides for one pupil; `is_edit` is None for a list, else whether a row edited from here is still current."""

    def __init__(
        self,
        student: Student,
        entry: RegisterEntry | None,
        former: RegisterEntry | None,
        takes: frozenset[str],
        is_edit: bool | None = None,
    ) -> None:
        self.student = student
        self.entry = entry
        told_by = entry or former
        self.told: Received = heard(told_by.received) if told_by else {}
        self.heard = heard(student.received)
        self.takes = takes
        self.is_edit = is_edit
        self.decision = Decision()

    def decide(self, found: Mapping[str, tuple[Any, Any]]) -> Decision:
        """Sort the differences, as (stored, read) by key."""
        for key, (old, new) in found.items():
            what = self._verdict(key, canonical(key, old), canonical(key, new))
            if self._is_taken(what, key, _words(key, old, new)):
                self.decision.taken[key] = (old, new)
        return self.decision

    def decide_place(self, local: str, read: str, words: tuple[str, str]) -> Decision:
        """Whether the pupil goes to the class the row names."""
        what = self._verdict(PLACE, local, read)
        self.decision.moves_class = self._is_taken(what, PLACE, (words[0], "", words[1]))
        return self.decision

    def _verdict(self, key: str, local: str, read: str) -> Verdict:
        if self.is_edit is not None:
            return Verdict.TAKE if self.is_edit else Verdict.ASK
        if key in ENTRY_KEYS:
            is_new_fact = self.entry is None and key in ONE_YEAR_ONLY
            return Verdict.TAKE if is_new_fact else verdict(key, local, read, self.told)
        return verdict(key, local, read, self.heard)

    def _is_taken(self, what: Verdict, key: str, words: tuple[str, str, str]) -> bool:
        """Note what is kept or asked; words are the local, the former and the new ones."""
        if what == Verdict.TAKE:
            return True
        local, before, read = words
        label = PLACE_TITLE if key == PLACE else TITLES[key]
        choice = f"{self.student.public_id}.{key}"
        is_taken = what == Verdict.ASK and choice in self.takes
        if what == Verdict.KEEP:
            self.decision.corrections.append(Change(key, label, read, local))
        else:
            before = before or self._before(key)
            self.decision.questions.append(Question(key, label, local, before, read, choice, is_taken))
        if not is_taken:
            self.decision.kept.add(key)
        return is_taken

    def _before(self, key: str) -> str:
        """What the list before said, where it is kept in words."""
        if key in SECRET or key == PLACE or self.is_edit is not None:
            return ""
        return (self.told if key in ENTRY_KEYS else self.heard).get(key, "")


def _words(key: str, old: Any, new: Any) -> tuple[str, str, str]:
    if key in SECRET:
        return NUMBER_HERE, NUMBER_BEFORE, NUMBER_NOW
    return shown(key, old), "", shown(key, new)
