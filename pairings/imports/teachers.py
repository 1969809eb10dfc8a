"""The teachers' roster held against the teachers on record: the one path of preview and confirm."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from pairing_portal.accounts.models import District, School, Teacher
from pairing_portal.lib.identifiers import Remark, phone_remark
from pairing_portal.lib.workbooks.sheets import Workbook
from pairings.imports.columns import TEACHER_COLUMNS
from pairings.imports.previews import change
from pairings.models import LeadershipMember
from students.imports.facts import Change
from students.imports.places import Place, Schools, class_key, schools_for
from students.imports.reading import Reading, RosterRow, Values, read_rows
from students.models import ClassTeacher, SchoolClass

FACTS = ("sex", "post", "title", "phone")
ClassKey = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class TeacherPlan:
    """One row: whom it means, what differs, which classes and posts are taken up or given up."""

    row: RosterRow
    state: str
    school: School | None = None
    teacher: Teacher | None = None
    led: tuple[Place, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass
class Staff:
    """Teachers, classes and posts on record, loaded in a fixed number of queries."""

    teachers: list[Teacher]
    schools: list[School]
    classes: dict[ClassKey, SchoolClass]
    leading: dict[ClassKey, ClassTeacher] = field(default_factory=dict)
    led_by: dict[int, list[ClassTeacher]] = field(default_factory=lambda: defaultdict(list))
    posts_of: dict[int, list[LeadershipMember]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class StaffComparison:
    """Everything a teachers' roster would do."""

    district: District
    on: date
    reading: Reading
    staff: Staff
    schools: Schools
    rows: tuple[TeacherPlan, ...]
    missing: tuple[Teacher, ...]


def read_teachers(workbook: Workbook) -> Reading:
    """The roster's rows; ValidationError when no sheet holds one."""
    return read_rows(workbook, TEACHER_COLUMNS, _check)


def _check(values: Values) -> Iterator[tuple[str, Remark]]:
    if (phone := values.get("phone")) and (remark := phone_remark(phone)):
        yield "phone", remark


def load_staff(district: District) -> Staff:
    """Teachers in service with the classes they lead and the posts they hold, as they stand open."""
    classes = SchoolClass.objects.filter(school__district=district).select_related("school")
    staff = Staff(
        teachers=list(Teacher.objects.filter(district=district, ended_on=None).select_related("school")),
        schools=list(School.objects.filter(district=district)),
        classes={class_key(each): each for each in classes},
    )
    leading = ClassTeacher.objects.filter(teacher__district=district, ended_on=None)
    for each in leading.select_related("school_class__school", "teacher"):
        staff.leading[class_key(each.school_class)] = each
        staff.led_by[each.teacher_id].append(each)
    for held in LeadershipMember.objects.filter(teacher__district=district, ended_on=None):
        staff.posts_of[held.teacher_id].append(held)
    return staff


def compare_teachers(
    reading: Reading, district: District, on: date, choices: dict[str, str]
) -> StaffComparison:
    """Hold every row against the staff on record; writes nothing."""
    staff = load_staff(district)
    named = (row.values["school"] for row in reading.rows if "school" in row.values)
    schools = schools_for(staff.schools, choices, named)
    comparer = TeacherComparer(staff, schools, on)
    rows = tuple(comparer.plan(row) for row in reading.rows)
    meant = {plan.teacher.pk for plan in rows if plan.teacher is not None}
    refused = {plan.row.values.get("name") for plan in rows if plan.state == "refused"}
    here = (each for each in staff.teachers if each.started_on <= on)
    missing = (each for each in here if each.pk not in meant and each.name not in refused)
    return StaffComparison(district, on, reading, staff, schools, rows, tuple(missing))


class TeacherComparer:
    """Plans rows one after the other and remembers teachers and classes already named."""

    def __init__(self, staff: Staff, schools: Schools, on: date) -> None:
        self.staff = staff
        self.schools = schools
        self.on = on
        self.seen: dict[object, RosterRow] = {}
        self.by_name: dict[str, list[Teacher]] = defaultdict(list)
        for teacher in staff.teachers:
            self.by_name[teacher.name].append(teacher)

    def plan(self, row: RosterRow) -> TeacherPlan:
        """What the row does, or why it is refused."""
        school = self.schools.find(row.values.get("school", ""))
        if school is None and not row.is_refused:
            row = row.refused("school_unknown", "学校", _no_school(row.values.get("school", "")))
        teacher = None
        if not row.is_refused:
            candidates = self._candidates(row, school)
            teacher = candidates[0] if len(candidates) == 1 else None
            row = self._held_back(row, candidates, teacher, school)
        if row.is_refused or school is None:
            return TeacherPlan(row, "refused", teacher=teacher)
        row, led = self._led(row, school)
        changes = tuple(self._changes(row.values, teacher, school, led)) if teacher else ()
        state = "new" if teacher is None else "changed" if changes else "unchanged"
        return TeacherPlan(row, state, school, teacher, led, changes)

    def _candidates(self, row: RosterRow, school: School | None) -> list[Teacher]:
        """Teachers of that name and phone; else of that name at that school."""
        namesakes, phone = self.by_name.get(row.values["name"], []), row.values.get("phone")
        by_phone = [each for each in namesakes if phone and each.phone == phone]
        return by_phone or [each for each in namesakes if each.school == school]

    def _held_back(
        self, row: RosterRow, candidates: list[Teacher], teacher: Teacher | None, school: School | None
    ) -> RosterRow:
        if len(candidates) > 1:
            who = "；".join(f"{each.name}（{each.school}，{each.post or '教师'}）" for each in candidates)
            sentence = f"有几位教师姓名和学校相同：{who}。请补填联系电话后重新上传。"
            return row.refused("match_ambiguous", "姓名", sentence)
        named = (row.values["name"], getattr(school, "name", ""), row.values.get("phone"))
        earlier = self.seen.setdefault(teacher.pk if teacher else named, row)
        if earlier is row:
            return row
        return row.refused(
            "teacher_twice_in_file", "姓名", f"与{earlier.place}是同一位教师，请核对后只留一行。"
        )

    def _led(self, row: RosterRow, school: School) -> tuple[RosterRow, tuple[Place, ...]]:
        """The classes the teacher is to lead; one that an earlier row has given away is remarked upon."""
        led = []
        for words in row.values.get("led", ()):
            place = Place(school, *words)
            earlier = self.seen.setdefault(place.key(self.on), row)
            if earlier is row:
                led.append(place)
            else:
                sentence = f"{earlier.place}已经写了这个班的班主任，这里没有采用，请核对。"
                row = row.remarked("class_led_twice", "担任班主任班级", sentence)
        return row, tuple(led)

    def _changes(
        self, values: Values, teacher: Teacher, school: School, led: Iterable[Place]
    ) -> Iterator[Change]:
        if teacher.school != school:
            yield change("school", teacher.school.name, school.name)
        for key in FACTS:
            old, new = getattr(teacher, key), values.get(key)
            if new is not None and old != new:
                labels = (teacher.get_sex_display(), new.label) if key == "sex" else (old, new)
                yield change(key, *labels)
        led = list(led)
        before = self.staff.led_by[teacher.pk]
        if led and {place.key(self.on) for place in led} != {class_key(each.school_class) for each in before}:
            names = [each.school_class.name(self.on) for each in before]
            yield change("led", "、".join(names), "、".join(_class_name(place) for place in led))
        held = self.staff.posts_of[teacher.pk]
        if "posts" in values and set(values["posts"]) != {each.post for each in held}:
            names = [each.get_post_display() for each in held]
            yield change("posts", "、".join(names), "、".join(post.label for post in values["posts"]))


def _class_name(place: Place) -> str:
    return place.words["class_grade"] + place.words["class_number"]


def _no_school(name: str) -> str:
    if not name:
        return "没有填学校，请补填。"
    return f"没有“{name}”这所学校。请在本页上方选择新建，或对应到已有的学校。"
