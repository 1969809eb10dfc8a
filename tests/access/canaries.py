"""What must not stand in an answer, and the rules that look for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import models

from pairing_portal.accounts.models import District, School, Teacher, User
from pairing_portal.undo.models import ChangeSet, TableChange
from pairings.models import (
    Campaign,
    HelpPlan,
    LeadershipMember,
    Pairing,
    Phase,
    Proposal,
    ProposalBatch,
    StudyNote,
    YearTurn,
)
from reports.models import Export
from students.models import (
    ClassTeacher,
    ColumnChoice,
    Enrolment,
    Household,
    RegisterEntry,
    RosterImport,
    SchoolClass,
    Student,
    UploadStage,
)
from tests.access.pages import Page
from tests.cast import CANARY, FOREIGN_PHONE, RESTRICTED, Cast
from tests.cast.rosters import NEW_PUPIL
from visits.models import Visit

# How a row of each kind belongs to its district.
TO_DISTRICT: dict[type[models.Model], str] = {
    Campaign: "district",
    ChangeSet: "district",
    ClassTeacher: "teacher__district",
    ColumnChoice: "district",
    District: "pk",
    Enrolment: "student__district",
    Export: "district",
    HelpPlan: "pairing__student__district",
    Household: "district",
    LeadershipMember: "teacher__district",
    Pairing: "student__district",
    Phase: "campaign__district",
    Proposal: "batch__district",
    ProposalBatch: "district",
    RegisterEntry: "student__district",
    RosterImport: "district",
    School: "district",
    SchoolClass: "school__district",
    Student: "district",
    StudyNote: "student__district",
    TableChange: "change_set__district",
    Teacher: "district",
    UploadStage: "created_by__district",
    User: "district",
    Visit: "student__district",
    YearTurn: "district",
}


@dataclass(frozen=True)
class Answer:
    """What one person was answered, with the page that came, if it was one."""

    role: str
    address: str
    response: Any
    text: str

    @cached_property
    def page(self) -> Page:
        """The parts of the page."""
        return Page(self.text)


@dataclass(frozen=True)
class Canaries:
    """What is looked for."""

    foreign: tuple[str, ...]
    numbers: tuple[str, ...]
    people: tuple[str, ...]
    teachers_notes: tuple[str, ...]

    @classmethod
    def of(cls, cast: Cast) -> "Canaries":
        """The words, ids and numbers of 乙; the numbers and names of everybody; whose notes are whose."""
        district = cast.there.district.pk
        ids = [
            str(public_id)
            for model, path in TO_DISTRICT.items()
            for public_id in rows_of(model).filter(**{path: district}).values_list("public_id", flat=True)
        ]
        pupils = Student.objects.all()
        numbers = [number for pupil in pupils for number in (pupil.id_number, pupil.student_number)]
        names = {name for pupil in pupils for name in (pupil.name, pupil.guardian_name)}
        names |= {*Household.objects.values_list("head_name", flat=True)}
        names |= {
            *Teacher.objects.values_list("name", flat=True),
            *User.objects.values_list("name", flat=True),
        }
        own = [cast.pupils[relation].name for relation in ("paired", "ended")]
        notes = [f"{name}{word}{RESTRICTED}" for name in own for word in ("", "原来的")]
        return cls((CANARY, FOREIGN_PHONE, *ids), (*numbers, NEW_PUPIL), tuple(names), tuple(notes))


def rows_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """Every row of the kind, of whichever district."""
    return model._meta.base_manager.all()


Rule = Callable[[Answer, Canaries], Iterator[str]]


def holds_nothing_foreign(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """Neither words nor ids nor numbers of 乙 (A2)."""
    yield from (word for word in canaries.foreign if word in answer.text)


def shows_no_number(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """No ID number and no student number, of whomever (D3)."""
    yield from (number for number in canaries.numbers if number in answer.text)


def keeps_restricted_notes(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """Notes for the leading group reach the group and their author, nobody else."""
    if answer.role == "leader":
        return
    text = answer.text
    for note in canaries.teachers_notes if answer.role == "teacher" else ():
        text = text.replace(note, "")
    if RESTRICTED in text:
        yield "restricted note"


def names_nobody_in_title_or_links(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """What browsers, proxies and histories keep names nobody (D6)."""
    page = answer.page
    for words in (page.title, *map(unquote, page.links), unquote(answer.address)):
        yield from (f"{name} in {words}" for name in canaries.people if name in words)


def sets_no_other_cookie(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """Session and form token, nothing else (D6)."""
    yield from {*answer.response.cookies} - {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def is_kept_by_nobody(answer: Answer, canaries: Canaries) -> Iterator[str]:
    """Every answer forbids caching, guessing its type, and whatever script is not ours (A5, H1)."""
    headers = answer.response.headers
    if headers.get("Cache-Control") != "no-store":
        yield "no-store is missing"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "nosniff is missing"
    if "default-src 'none'" not in headers.get("Content-Security-Policy", ""):
        yield "CSP is missing"


RULES: tuple[Rule, ...] = (
    holds_nothing_foreign,
    shows_no_number,
    keeps_restricted_notes,
    names_nobody_in_title_or_links,
    sets_no_other_cookie,
    is_kept_by_nobody,
)


def findings(answer: Answer, canaries: Canaries) -> list[str]:
    """Everything that is wrong with an answer, with its address."""
    return [f"{answer.address}: {found}" for rule in RULES for found in rule(answer, canaries)]
