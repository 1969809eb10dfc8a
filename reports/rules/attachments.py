"""What to look at before an attachment is sent; it warns and never blocks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.urls import reverse

from pairing_portal.accounts.models import Teacher
from pairings.metrics import unpaired_students
from reports.access import Scope
from reports.exports.attachments import Attachment
from reports.exports.lines import UNLISTED
from reports.models import Export
from reports.rules.todos import Name, Todo, known_todo
from students.models import RegisterEntry, Student

PLACE_COLUMNS = frozenset({"学校", "年级", "班级"})
NAMES_LISTED = 200  # folded; the rest shows as blank cells in the file
OUT_OF_SCHOOL = frozenset({"", "已毕业", "未入学"})


def checks(attachment: Attachment, lines: Sequence[Any], scope: Scope) -> list[Todo]:
    """Everything odd about the attachment's lines as of the scope's day, gravest first."""
    if attachment.kind == Export.Attachment.PAIRINGS:
        found = [*_not_listed(lines)]
    else:
        found = [*_without_teacher(lines, scope), *_on_both_registers(lines, scope)]
    return [*found, *_out_of_school(lines), *_missing_facts(attachment, lines)]


def _check(code: str, title: str, level: str, *, action: str = "", url: str = "") -> Todo:
    return Todo(
        code=code,
        title=title,
        count=0,
        unit="名学生",
        level=level,
        actor="办公室",
        action=action,
        url=url,
    )


def _name(person: Student | Teacher) -> Name:
    return Name(person.name, person.get_absolute_url())


def _told(todo: Todo, lines: Sequence[Any]) -> Iterator[Todo]:
    """The check with the pupils of the lines, each once."""
    students: dict[int, Student] = {line.student.pk: line.student for line in lines}
    yield from known_todo(todo, students.values(), _name, NAMES_LISTED)


def _without_teacher(lines: Sequence[Any], scope: Scope) -> Iterator[Todo]:
    """Every listed pupil has a teacher: what inspectors ask first."""
    unpaired = set(unpaired_students(scope.students, scope.year, scope.day).values_list("pk", flat=True))
    todo = _check(
        "without_teacher", "还没有帮扶教师", "fail", action="去安排结对", url=reverse("pairing_gaps")
    )
    yield from _told(todo, [line for line in lines if line.student.pk in unpaired])


def _on_both_registers(lines: Sequence[Any], scope: Scope) -> Iterator[Todo]:
    """A pupil stands on one register on a day, never on both."""
    listed = RegisterEntry.objects.listed(scope.year, scope.day).filter(student__in=scope.students)
    held = listed.order_by().values("student").annotate(entries=Count("pk")).filter(entries__gt=1)
    twice = set(held.values_list("student", flat=True))
    todo = _check("on_both_registers", "同一天列在两个名册上，请移出其中一个", "fail")
    yield from _told(todo, [line for line in lines if line.student.pk in twice])


def _not_listed(lines: Sequence[Any]) -> Iterator[Todo]:
    """Whoever is named in 附件3 is on 附件1 or 附件2."""
    todo = _check("paired_not_listed", "有帮扶教师，但不在本年度名册上", "fail")
    yield from _told(todo, [line for line in lines if line.category == UNLISTED])


def _out_of_school(lines: Sequence[Any]) -> Iterator[Todo]:
    """The lists name pupils in school; whoever has left needs a clerk's decision, not silence."""
    todo = _check("out_of_school", "这一天不在读或班级已毕业，请办理离校或移出名册", "attention")
    yield from _told(todo, [line for line in lines if line.grade in OUT_OF_SCHOOL])


def _missing_facts(attachment: Attachment, lines: Sequence[Any]) -> Iterator[Todo]:
    """Compulsory cells that would stay blank, column by column; a missing place is told above."""
    for column in attachment.columns:
        if column.title in PLACE_COLUMNS:
            continue
        todo = _check("missing_fact", f"缺{column.title}", "attention")
        missing = [line for line in lines if column.is_missing(line)]
        yield from _told_of_teachers(todo, missing) if column.is_shared else _told(todo, missing)


def _told_of_teachers(todo: Todo, lines: Sequence[Any]) -> Iterator[Todo]:
    """The check with the teachers of the lines, each once."""
    teachers: dict[int, Teacher] = {line.teacher.pk: line.teacher for line in lines}
    told = replace(todo, unit="位教师", title=f"教师{todo.title}")
    yield from known_todo(told, teachers.values(), _name, NAMES_LISTED)
