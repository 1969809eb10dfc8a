"""Pairings are made, handed over and ended here, each with its event in the log."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.undo.journal import Journal
from pairings.models import Pairing
from students.models import Student

OPENING = ("student", "teacher", "started_on", "focus", "measures")
ENDING = ("ended_on", "end_reason", "handover_note")


@transaction.atomic
def pair(
    *,
    student: Student,
    teacher: Teacher,
    on: date,
    focus: Iterable[str],
    by: User,
    today: date,
    measures: str = "",
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> Pairing:
    """Open a pairing, or return what the same form made before; ValidationError when the two cannot be paired."""
    lock_pupils([student])
    if made := Pairing.objects.submitted(by, submission_id).first():
        return made
    if problem := pairing_problem(student=student, teacher=teacher, on=on, today=today):
        raise ValidationError(problem)
    made = Pairing(student=student, teacher=teacher, started_on=on, focus=tuple(focus), measures=measures)
    return _store(made, Action.CREATED, by, submission_id, journal)


@transaction.atomic
def pair_many(
    *,
    students: Sequence[Student],
    teacher: Teacher,
    on: date,
    focus: Sequence[str],
    by: User,
    today: date,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> list[Pairing]:
    """Pair all the pupils with one teacher, or none of them: the ValidationError names each that cannot be."""
    lock_pupils(students)
    if made := Pairing.objects.submitted(by, submission_id).first():
        return [made]
    found = (pairing_problem(student=each, teacher=teacher, on=on, today=today) for each in students)
    if problems := list(dict.fromkeys(problem for problem in found if problem)):
        raise ValidationError(problems)
    opened: list[Pairing] = []
    for student in students:
        new = Pairing(student=student, teacher=teacher, started_on=on, focus=tuple(focus))
        opened.append(_store(new, Action.CREATED, by, None if opened else submission_id, journal))
    return opened


@transaction.atomic
def hand_over(
    *,
    pairing: Pairing,
    to: Teacher,
    on: date,
    reason: Pairing.EndReason,
    note: str,
    by: User,
    today: date,
    submission_id: UUID | None = None,
    journal: Journal | None = None,
) -> Pairing:
    """End the pairing and open its successor with another teacher on the same day."""
    lock_pupils([pairing.student])
    if made := Pairing.objects.submitted(by, submission_id).first():
        return made
    current = _open_pairing(pairing, on=on, today=today)
    if problem := _hand_over_problem(current, to, on=on, today=today):
        raise ValidationError(problem)
    _end(current, on=on, reason=reason, note=note, by=by, journal=journal)
    successor = Pairing(student=current.student, teacher=to, started_on=on)
    successor.focus, successor.measures = current.focus, current.measures
    return _store(successor, Action.HANDED_OVER, by, submission_id, journal)


@transaction.atomic
def end_pairing(
    *,
    pairing: Pairing,
    on: date,
    reason: Pairing.EndReason,
    note: str,
    by: User,
    today: date,
    journal: Journal | None = None,
) -> Pairing:
    """End the pairing without a successor."""
    lock_pupils([pairing.student])
    current = _open_pairing(pairing, on=on, today=today)
    _end(current, on=on, reason=reason, note=note, by=by, journal=journal)
    return current


def pairing_problem(*, student: Student, teacher: Teacher, on: date, today: date) -> str:
    """Why the two cannot be paired from the day on, as a sentence with their names; empty if they can."""
    is_paired = Pairing.objects.between(student, teacher).holding_or_after(on).exists()
    return known_problem(student=student, teacher=teacher, on=on, today=today, is_paired=is_paired)


def known_problem(*, student: Student, teacher: Teacher, on: date, today: date, is_paired: bool) -> str:
    """The same where it is known already whether the two are paired on the day or later."""
    if on > today:
        return "结对日期不能晚于今天。"
    if student.district_id != teacher.district_id:
        return f"{student.name} 与 {teacher.name} 不在同一个学区，不能结对。"
    if teacher.started_on > on:
        return f"{teacher.name} {date_cn(teacher.started_on)}才到岗，结对日期不能早于这一天。"
    if teacher.ended_on is not None and teacher.ended_on <= on:
        return f"{teacher.name} {date_cn(teacher.ended_on)}已离岗，请选择在岗教师。"
    if is_paired:
        return f"{teacher.name} 与 {student.name} 在 {date_cn(on)}已经结对，不用重复安排。"
    return ""


def _hand_over_problem(current: Pairing, to: Teacher, *, on: date, today: date) -> str:
    if to.pk == current.teacher_id:
        return "接手的就是现在的帮扶教师，请选择另一位教师。"
    return pairing_problem(student=current.student, teacher=to, on=on, today=today)


def _end(
    pairing: Pairing,
    *,
    on: date,
    reason: Pairing.EndReason,
    note: str,
    by: User,
    journal: Journal | None,
) -> None:
    """Close the pairing's period and log it."""
    if journal is not None:
        journal.changing([pairing], ENDING)
    pairing.end(on=on, reason=reason, note=note)
    record(by, Action.ENDED, pairing, fields=ENDING)


def _store(
    pairing: Pairing, action: Action, by: User, submission_id: UUID | None, journal: Journal | None
) -> Pairing:
    """Save the new pairing under its author and log it."""
    pairing.created_by, pairing.submission_id = by, submission_id
    pairing.save()
    if journal is not None:
        journal.created([pairing])
    record(by, action, pairing, fields=OPENING)
    return pairing


def lock_pupils(students: Iterable[Student]) -> None:
    """Pairings of one pupil change one after the other."""
    list(Student.objects.select_for_update().filter(pk__in=[student.pk for student in students]).values("pk"))


def _open_pairing(pairing: Pairing, *, on: date, today: date) -> Pairing:
    """The pairing as it stands now, if it can end on the day."""
    current = Pairing.objects.select_for_update().get(pk=pairing.pk)
    if current.ended_on is not None:
        raise ValidationError("这条结对已经结束，请刷新页面核对。")
    if on < current.started_on:
        raise ValidationError(f"日期不能早于结对日期 {date_cn(current.started_on)}。")
    if on > today:
        raise ValidationError("日期不能晚于今天。")
    return current
