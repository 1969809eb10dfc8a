"""Households: who belongs together, who does not, and what is known of the head."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import EMPTY_TEXT, EditConflict, FieldConflict
from students.actions.people import STALE, Head, household_for, with_head
from students.models import Household, Student


@transaction.atomic
def settle_household(
    *,
    student: Student,
    version: int,
    home_version: int,
    number: str,
    head_name: str,
    by: User,
    head_id_number: str = "",
) -> Student:
    """Put the pupil into the household of the number, else keep and correct the own one.

    Raises `EditConflict` when somebody else changed the pupil or the own household since the page was opened.
    """
    current = _locked(student)
    home_now = current.household.version if current.household else 0
    if current.version != version or (home_now and home_now != home_version):
        raise _conflict(current, {"户编号": number, "户主姓名": head_name})
    home = _own_home(current, number, Head(head_name, head_id_number), by)
    if home != current.household:
        _move([current], home, by)
    return current


@transaction.atomic
def link_siblings(*, student: Student, version: int, sibling: Student, by: User) -> list[Student]:
    """Put both pupils and everybody of their households into one; gives those who moved.

    ValidationError when the pupil has changed since `version`, or when the two households have different numbers.
    """
    mine, other = _unchanged(student, version), _locked(sibling)
    if mine.household is not None and mine.household == other.household:
        raise ValidationError(f"{mine.name}和{other.name}已经在同一户。")
    home = _common_home(mine, other, by)
    moved = [each for each in (*_household_of(mine), *_household_of(other)) if each.household_id != home.pk]
    _move(moved, home, by)
    return moved


@transaction.atomic
def leave_household(*, student: Student, version: int, by: User) -> Student:
    """Take the pupil out of the household; the others stay. ValidationError when there is none to leave."""
    current = _unchanged(student, version)
    if current.household is None:
        raise ValidationError(f"{current.name}不在任何一户，不用移出。")
    _move([current], None, by)
    return current


def _conflict(current: Student, typed: dict[str, str]) -> EditConflict:
    """What was typed, against the household as it stands now."""
    home = current.household
    theirs = (home.number, home.head_name) if home else ("", "")
    fields = [
        FieldConflict(label, mine or EMPTY_TEXT, other or EMPTY_TEXT)
        for (label, mine), other in zip(typed.items(), theirs, strict=True)
        if mine != other
    ]
    return EditConflict(tuple(fields), current.version)


def _locked(student: Student) -> Student:
    rows = Student.objects.select_for_update(of=("self",)).select_related("household")
    return rows.get(pk=student.pk)


def _unchanged(student: Student, version: int) -> Student:
    """The pupil as the page showed it."""
    current = _locked(student)
    if current.version != version:
        raise ValidationError(STALE)
    return current


def _household_of(student: Student) -> Iterable[Student]:
    """Everybody of the pupil's household, the pupil at least."""
    if student.household is None:
        return [student]
    return Student.objects.select_for_update().filter(household=student.household)


def _common_home(one: Student, other: Student, by: User) -> Household:
    """The household with the number, else the pupil's, else the sibling's; a new one where neither has any."""
    mine, theirs = one.household, other.household
    if mine is None and theirs is None:
        made = Household.objects.create(district=one.district, created_by=by)
        record(by, Action.CREATED, made)
        return made
    if mine is None or theirs is None:
        return mine or theirs  # type: ignore[return-value]  # one of them is there
    if mine.number and theirs.number:
        raise ValidationError(
            f"{one.name}的户编号是 {mine.number}，{other.name}的是 {theirs.number}，编号不同不能合成一户。"
            "请核对：改正登记错的户编号，或先把登记错的学生移出本户。"
        )
    kept, given_up = (mine, theirs) if mine.number or not theirs.number else (theirs, mine)
    return kept if kept.head_name else with_head(kept, Head(given_up.head_name), by)


def _own_home(student: Student, number: str, head: Head, by: User) -> Household | None:
    """The household typed in; without a number, the present one if that has none either."""
    if student.household and student.household.number == number and (number or any(head)):
        return with_head(student.household, head, by)
    return household_for(student, number=number, head=head, by=by)


def _move(students: Iterable[Student], home: Household | None, by: User) -> None:
    for student in students:
        student.household = home
        student.version += 1
        student.save(update_fields=["household", "version"])
        record(by, Action.CHANGED, student, fields=["household"])
