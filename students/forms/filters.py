"""Conditions of the pupil and class lists; what is wrong in an address narrows nothing."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.db.models import Exists, QuerySet
from django.http import QueryDict

from pairing_portal.accounts.models import School
from pairing_portal.lib.codes import DIFFICULTY_TYPES, HOUSEHOLD_STATUSES
from pairing_portal.lib.forms import offer_rows
from pairing_portal.lib.school_years import GRADE_NAMES, entry_year
from pairing_portal.lib.text import CleanCharField
from students.forms.fields import offer_choices
from students.models import Enrolment, Register
from students.models.classes import SchoolClassQuerySet
from students.models.people import StudentQuerySet

ALL, LISTED, NEITHER = "all", "listed", "none"
REGISTERS = [
    (LISTED, "在册（任一名册）"),
    *Register.choices,
    (NEITHER, "未列入名册"),
    (ALL, "全部学生"),
]
PAIRED = [("", "不限"), ("yes", "已结对"), ("no", "未结对")]


class StudentSearch(forms.Form):
    """Words that name a person: sent by POST, kept in the session."""

    name = CleanCharField(label="姓名或拼音", max_length=30, required=False)
    village = CleanCharField(label="村（社区）", max_length=30, required=False)


class StudentFilter(forms.Form):
    """Conditions that are codes and may stand in an address."""

    register = forms.ChoiceField(label="名册", required=False)
    school = forms.ModelChoiceField(
        label="学校",
        queryset=School.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部学校",
    )
    grade = forms.ChoiceField(label="年级", required=False)
    category = forms.ChoiceField(label="类别", required=False)
    paired = forms.ChoiceField(label="结对", choices=PAIRED, required=False)

    def __init__(
        self, data: QueryDict, *, schools: QuerySet[School] | None, day: date, default_register: str
    ) -> None:
        super().__init__(data)
        self.day = day
        self.default_register = default_register
        first = dict(REGISTERS)[default_register]
        others = [(code, words) for code, words in REGISTERS if code != default_register]
        if schools is None:
            del self.fields["school"]
        else:
            offer_rows(self, "school", schools)
        offer_choices(self, "register", [("", first), *others])
        offer_choices(self, "grade", [("", "全部年级"), *_grade_choices()])
        offer_choices(self, "category", [("", "全部类别"), *_category_choices(day)])
        self.is_valid()

    def apply(self, students: StudentQuerySet, *, has_teacher: Callable[[], Exists]) -> StudentQuerySet:
        """Narrow pupils that carry the columns of `with_place` and `with_entry`.

        `has_teacher` tells whether a pupil is paired on the day; pairings stand above this app.
        """
        chosen = self.cleaned_data
        students = _on_register(students, chosen.get("register") or self.default_register)
        if school := chosen.get("school"):
            there = Enrolment.objects.active(self.day).at_school(school)
            students = students.filter(pk__in=there.values("student"))
        if grade := chosen.get("grade"):
            stage, number = grade.split("-")
            students = students.filter(stage=stage, entry_year=entry_year(int(number), self.day))
        if category := chosen.get("category"):
            students = students.of_category(category)
        if paired := chosen.get("paired"):
            students = students.filter(has_teacher() if paired == "yes" else ~has_teacher())
        return students


def _on_register(students: StudentQuerySet, register: str) -> StudentQuerySet:
    if register == ALL:
        return students
    if register in (LISTED, NEITHER):
        return students.filter(register__isnull=register == NEITHER)
    return students.filter(register=register)


def _grade_choices() -> list[tuple[str, str]]:
    return [
        (f"{stage}-{number}", name)
        for stage, names in GRADE_NAMES.items()
        for number, name in enumerate(names, start=1)
    ]


def _category_choices(day: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Household states of the county's list and difficulty types of the district's; those in use on the day first.

    Lists keep coming in the words of other years, so these can be asked for too.
    """
    other = [
        (name, name)
        for codes in (HOUSEHOLD_STATUSES, DIFFICULTY_TYPES)
        for name in codes.names()
        if name not in codes.names(day)
    ]
    return [
        ("县乡建档立卡", HOUSEHOLD_STATUSES.choices(day)),
        ("学区认定", DIFFICULTY_TYPES.choices(day)),
        ("其他年份的说法", other),
    ]


class ClassFilter(forms.Form):
    """Which classes to show."""

    school = forms.ModelChoiceField(
        label="学校",
        queryset=School.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部学校",
    )
    finished = forms.BooleanField(label="包括已毕业的班级", required=False)

    def __init__(self, data: QueryDict, *, schools: QuerySet[School], day: date) -> None:
        super().__init__(data)
        self.day = day
        offer_rows(self, "school", schools)
        self.is_valid()

    def apply(self, classes: SchoolClassQuerySet) -> SchoolClassQuerySet:
        """Narrow the classes; those that have left school are shown on demand."""
        if school := self.cleaned_data.get("school"):
            classes = classes.filter(school=school)
        return classes if self.cleaned_data.get("finished") else classes.running(self.day)
