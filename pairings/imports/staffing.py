"""Writing a teachers' roster: teachers, the classes they lead, their posts in the leading group."""

from collections.abc import Sequence

from pairing_portal.accounts.models import Teacher, User
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.undo.journal import Journal
from pairings.imports.columns import TEACHER_COLUMNS
from pairings.imports.previews import preview, versions
from pairings.imports.teachers import (
    FACTS,
    ClassKey,
    StaffComparison,
    TeacherPlan,
    compare_teachers,
    read_teachers,
)
from pairings.models import LeadershipMember
from students.imports.classes import make_classes, make_schools
from students.imports.mending import with_cells
from students.imports.places import class_key
from students.imports.planning import choices_of
from students.imports.previews import Preview, ShownMissing, ShownRow, shown_problems
from students.imports.upserts import insert, overwrite
from students.models import ClassTeacher, RosterImport, SchoolClass

ENDING = ("ended_on", "end_reason")


class TeachersPlan:
    """The plan of a teachers' roster."""

    def __init__(self, comparison: StaffComparison) -> None:
        self.comparison = comparison

    def preview(self) -> Preview:
        """The comparison in words."""
        of = self.comparison
        names = (plan.row.values["school"] for plan in of.rows if "school" in plan.row.values)
        unknown = {name: of.schools.choice(name) for name in of.schools.unknown(names)}
        missing = (_missing(teacher) for teacher in of.missing)
        return preview((self._row(plan) for plan in of.rows), missing, of.reading, unknown)

    def _row(self, plan: TeacherPlan) -> ShownRow:
        teacher, staff = plan.teacher, self.comparison.staff
        resting = [teacher, *staff.led_by[teacher.pk], *staff.posts_of[teacher.pk]] if teacher else []
        shown = ShownRow(
            sheet=plan.row.sheet,
            number=plan.row.number,
            state=plan.state,
            name=plan.row.values.get("name", ""),
            place=plan.row.values.get("school", ""),
            changes=plan.changes,
            problems=shown_problems(plan.row.problems),
            rests_on=versions(resting),
        )
        return with_cells(shown, plan.row, TEACHER_COLUMNS)

    def write(self, by: User, journal: Journal) -> None:
        """Teachers first, then who leads which class, then the posts."""
        of = self.comparison
        plans = [plan for plan in of.rows if plan.state != "refused"]
        make_schools((plan.school for plan in plans if plan.school is not None), of.district, by, journal)
        places = (place for plan in plans for place in plan.led)
        classes = make_classes(of.staff.classes, places, of.district, of.on, by, journal)
        teachers = [_teacher(plan, of) for plan in plans]
        insert([each for each in teachers if each.pk is None], by, journal)
        overwrite(
            (plan.teacher for plan in plans if plan.teacher is not None and plan.changes),
            ["school", *FACTS],
            journal,
        )
        _write_led(of, plans, teachers, classes, by, journal)
        _write_posts(of, plans, teachers, by, journal)


def plan_teachers(roster: RosterImport, workbook: Workbook) -> TeachersPlan:
    """Read and compare a teachers' roster; ValidationError when the sheets hold none."""
    schools = choices_of(roster).schools
    return TeachersPlan(compare_teachers(read_teachers(workbook), roster.district, roster.listed_on, schools))


def _missing(teacher: Teacher) -> ShownMissing:
    return ShownMissing(
        name=teacher.name,
        place=teacher.school.name,
        subject_id=str(teacher.public_id),
        choice="",
        rests_on=versions([teacher]),
    )


def _teacher(plan: TeacherPlan, of: StaffComparison) -> Teacher:
    """The teacher with everything the row says; a blank or absent cell leaves what is there."""
    teacher = plan.teacher or Teacher(district=of.district, started_on=of.on, name=plan.row.values["name"])
    if plan.school is not None:
        teacher.school = plan.school
    for key in FACTS:
        if key in plan.row.values:
            setattr(teacher, key, plan.row.values[key])
    teacher.clean()
    return teacher


def _write_led(
    of: StaffComparison,
    plans: Sequence[TeacherPlan],
    teachers: Sequence[Teacher],
    classes: dict[ClassKey, SchoolClass],
    by: User,
    journal: Journal,
) -> None:
    """End whoever leads a class given to somebody else, or leads another one now; open the new ones."""
    ended: dict[int, ClassTeacher] = {}
    opened = []
    for plan, teacher in zip(plans, teachers, strict=True):
        keys = {place.key(of.on) for place in plan.led}
        before = of.staff.led_by[teacher.pk] if keys and plan.teacher else []
        ended |= {each.pk: each for each in before if class_key(each.school_class) not in keys}
        for key in keys:
            holder = of.staff.leading.get(key)
            if holder is not None and holder.teacher_id == teacher.pk:
                continue
            if holder is not None:
                ended[holder.pk] = holder
            opened.append(ClassTeacher(school_class=classes[key], teacher=teacher, started_on=of.on))
    for each in ended.values():
        each.ended_on, each.end_reason = max(of.on, each.started_on), ClassTeacher.EndReason.REPLACED
    overwrite(ended.values(), ENDING, journal)
    insert(opened, by, journal)


def _write_posts(
    of: StaffComparison, plans: Sequence[TeacherPlan], teachers: Sequence[Teacher], by: User, journal: Journal
) -> None:
    """Give the posts the row names, and end those it does not; a blank cell leaves them."""
    ended, opened = [], []
    for plan, teacher in zip(plans, teachers, strict=True):
        posts = plan.row.values.get("posts", ())
        before = of.staff.posts_of[teacher.pk] if posts and plan.teacher else []
        ended += [held for held in before if held.post not in posts]
        held_posts = {held.post for held in before}
        opened += [
            LeadershipMember(teacher=teacher, post=post, started_on=of.on)
            for post in posts
            if post not in held_posts
        ]
    for held in ended:
        held.ended_on, held.end_reason = max(of.on, held.started_on), LeadershipMember.EndReason.REPLACED
    overwrite(ended, ENDING, journal)
    insert(opened, by, journal)
