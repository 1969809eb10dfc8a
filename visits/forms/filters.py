"""The conditions of the list of visits."""

from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Exists, OuterRef

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet, TeacherQuerySet
from pairing_portal.lib.forms import offer_rows
from students.models import Enrolment
from students.models.people import StudentQuerySet
from visits.models import Visit, VisitQuerySet

SEES_MORE = (("", "全部可见的记录"), ("own", "我的记录"))
OWN_FIRST = (("", "我的记录"), ("all", "全部可见的记录"))
ANY = "any"


class VisitFilter(forms.Form):
    """The conditions of the list; a bad one narrows nothing."""

    PERIODS: ClassVar = [("", "本年度"), ("30", "最近 30 天"), ("90", "最近 90 天"), ("all", "全部年度")]
    FOLLOW_UPS: ClassVar = [("", "不限"), ("open", "待跟进"), ("due", "已到期未跟进")]

    whose = forms.ChoiceField(label="谁的记录", required=False)
    period = forms.ChoiceField(label="时间", required=False, choices=PERIODS)
    school = forms.ModelChoiceField(
        label="学校",
        queryset=School.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label="全部学校",
    )
    way = forms.ChoiceField(label="方式", required=False, choices=[("", "不限"), *Visit.Way.choices])
    difficulty = forms.ChoiceField(
        label="发现的困难",
        required=False,
        choices=[("", "不限"), (ANY, "任一困难"), *Visit.Difficulty.choices],
    )
    follow_up = forms.ChoiceField(label="后续跟进", required=False, choices=FOLLOW_UPS)
    note = forms.ChoiceField(
        label="保密备注", required=False, choices=[("", "不限"), ("unread", "领导小组未阅")]
    )
    latest = forms.BooleanField(label="只看在册学生的最近一次记录", required=False)

    def __init__(
        self,
        *args: Any,
        schools: SchoolQuerySet | None,
        teacher: Teacher | None,
        sees_more: bool,
        reads_restricted: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teacher, self.sees_more = teacher, sees_more
        whose = self.fields["whose"]
        if isinstance(whose, forms.ChoiceField):
            whose.choices = SEES_MORE if sees_more else OWN_FIRST
        if teacher is None:
            del self.fields["whose"]
        if not reads_restricted:
            del self.fields["note"]
        if schools is None:
            del self.fields["school"]
        else:
            offer_rows(self, "school", schools)

    @property
    def asked(self) -> dict[str, Any]:
        """The conditions that make sense."""
        return self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})

    @property
    def is_own(self) -> bool:
        """Whether only the reader's own visits are wanted: so for teachers, unless they ask for more."""
        whose = self.asked.get("whose")
        return whose == "own" or (not whose and not self.sees_more)

    def apply(self, visits: VisitQuerySet, year: int, day: date, listed: StudentQuerySet) -> VisitQuerySet:
        """Narrow the list to what was asked for, as of the day; `listed` are the pupils on a register that day."""
        asked = self.asked
        visits = self._of_period(visits, asked.get("period"), year, day)
        if self.is_own:
            visits = visits.filter(teacher=self.teacher)
        if asked.get("way"):
            visits = visits.filter(way=asked["way"])
        if asked.get("school"):
            visits = visits.filter(_at_school(asked["school"], day))
        if asked.get("latest"):
            visits = visits.last_of(listed, day)
        if asked.get("note"):
            visits = visits.with_unread_note()
        visits = self._with_difficulty(visits, asked.get("difficulty"))
        return self._of_promise(visits, asked.get("follow_up"), day)

    def _with_difficulty(self, visits: VisitQuerySet, difficulty: str | None) -> VisitQuerySet:
        if difficulty == ANY:
            return visits.with_difficulty()
        return visits.filter(difficulties__has=difficulty) if difficulty else visits

    def _of_promise(self, visits: VisitQuerySet, follow_up: str | None, day: date) -> VisitQuerySet:
        if not follow_up:
            return visits
        return visits.promised(day) if follow_up == "due" else visits.to_follow_up()

    def _of_period(self, visits: VisitQuerySet, period: str | None, year: int, day: date) -> VisitQuerySet:
        if period == "all":
            return visits.until(day)
        first = day - timedelta(days=int(period)) if period else date(year, 1, 1)
        return visits.between(first, day)


def _at_school(school: School, day: date) -> Exists:
    places = Enrolment.objects.active(day).filter(school_class__school=school)
    return Exists(places.filter(student=OuterRef("student_id")))


class RoundFilter(forms.Form):
    """Whose round, and whether the class goes along; teachers who see no others are not asked whose."""

    teacher = forms.ModelChoiceField(
        label="教师",
        queryset=Teacher.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="我自己",
    )
    has_class = forms.BooleanField(label="也列所带班级的其他在册学生", required=False)

    def __init__(
        self, *args: Any, teachers: TeacherQuerySet | None, own: Teacher | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        if teachers is None:
            del self.fields["teacher"]
        else:
            offer_rows(self, "teacher", teachers)
            cast(forms.ModelChoiceField, self.fields["teacher"]).empty_label = "我自己" if own else "请选择"
        self.full_clean()

    @property
    def whose(self) -> Teacher | None:
        """The teacher asked for, else oneself."""
        return self.cleaned_data.get("teacher") or self.own

    @property
    def takes_class(self) -> bool:
        """Whether the listed pupils of the led class are wanted too."""
        return bool(self.cleaned_data.get("has_class"))
