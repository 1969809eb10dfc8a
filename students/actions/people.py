"""Pupils are entered here, each with the household that is told."""

from typing import NamedTuple

from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from students.actions.enrolments import enrol
from students.actions.registers import list_student
from students.models import Enrolment, Household, RegisterEntry, Student


class Head(NamedTuple):
    """What is known of the head of a household; nothing means that nothing is said."""

    head_name: str = ""
    head_id_number: str = ""

    @property
    def filled(self) -> dict[str, str]:
        """What is said, by field."""
        return {name: value for name, value in self._asdict().items() if value}


STALE = "这名学生的资料刚被他人修改，请核对后再保存。"


@transaction.atomic
def register_student(
    *,
    student: Student,
    place: Enrolment,
    entry: RegisterEntry | None,
    household_number: str,
    head_name: str,
    by: User,
) -> Student:
    """Store a new pupil with the class of the first day and, if there is one, the register entry."""
    if made := sent_before(Student, by, student.submission_id):
        return made
    student.created_by = by
    student.household = household_for(student, number=household_number, head=Head(head_name), by=by)
    student.clean()
    student.full_clean()
    student.save()
    record(by, Action.CREATED, student, fields=_filled_fields(student))
    place.student = student
    enrol(place=place, by=by)
    if entry is not None:
        entry.student = student
        list_student(entry=entry, by=by)
    return student


def _filled_fields(student: Student) -> list[str]:
    names = [field.name for field in Student._meta.concrete_fields if field.editable and field.name != "id"]
    return [name for name in names if getattr(student, name)]


def household_for(student: Student, *, number: str, head: Head, by: User) -> Household | None:
    """The district's household of the number, or a new one; None when neither number nor head is known."""
    if not (number or any(head)):
        return None
    found = Household.objects.filter(district=student.district, number=number).first() if number else None
    if found is not None:
        return with_head(found, head, by)
    made = Household(district=student.district, number=number, created_by=by, **head._asdict())
    made.full_clean()
    made.save()
    record(by, Action.CREATED, made, fields=["number", *head.filled])
    return made


def with_head(household: Household, head: Head, by: User) -> Household:
    """Correct what is known of the head where something else was given."""
    changed = [name for name, value in head.filled.items() if getattr(household, name) != value]
    if not changed:
        return household
    for name in changed:
        setattr(household, name, head.filled[name])
    household.version += 1
    household.save(update_fields=[*changed, "version"])
    record(by, Action.CHANGED, household, fields=changed)
    return household
