"""Teachers: found, entered, changed, moved, ended."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from pairing_portal.accounts.forms.places import PastDayField, up_to
from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm, offer_rows
from pairing_portal.lib.names import clean_reading, reading_field, respell
from pairing_portal.lib.standing import Standing, carry_standing, refuse_if_moved_on
from pairing_portal.lib.text import CleanCharField, CleanNameField

TEXT_FIELDS: dict[str, type[forms.Field]] = {
    "name": CleanNameField,
    "post": CleanCharField,
    "title": CleanCharField,
    "phone": CleanCharField,
    "started_on": DateField,
}


class SchoolChoice(forms.ModelChoiceField):
    """One of the schools handed in, named in the address by its public id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=School.objects.none(), to_field_name="public_id", **kwargs)


class TeacherFilter(forms.Form):
    """Which teachers the list shows; without a choice those in service."""

    STATES: ClassVar = [("", "在职"), ("left", "已离岗"), ("all", "全部")]
    school = SchoolChoice(label="学校", required=False, empty_label="全部学校")
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", schools)

    def apply(
        self, teachers: TeacherQuerySet, on: date, words: str, district_id: int | None
    ) -> TeacherQuerySet:
        """Narrow by school, by service on the day, and by the words of a name or its pinyin."""
        self.full_clean()
        if school := self.cleaned_data.get("school"):
            teachers = teachers.filter(school=school)
        if words:
            teachers = teachers.named(words, district_id)
        state = self.cleaned_data.get("state", "")
        if state == "left":
            return teachers.filter(ended_on__lte=on)
        return teachers if state == "all" else teachers.employed(on)


class TeacherForm(SubmissionModelForm):
    """A new teacher; a second one of the same name at the school needs a word of confirmation."""

    school = SchoolChoice(label="所在学校", empty_label="请选择")
    is_namesake = forms.BooleanField(label="确实是同名的另一位教师", required=False)

    class Meta:
        model = Teacher
        fields: ClassVar = ["school", "name", "sex", "post", "title", "phone", "started_on"]
        field_classes: ClassVar = TEXT_FIELDS

    def __init__(
        self,
        *args: Any,
        schools: QuerySet[School],
        teachers: TeacherQuerySet,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", schools)
        self.teachers = teachers
        self.namesake = self.fields.pop("is_namesake")

    def clean(self) -> None:
        """Ask before one person is entered twice."""
        super().clean()
        same = {"school": self.cleaned_data.get("school"), "name": self.cleaned_data.get("name")}
        others = self.teachers.exclude(submission_id=self.cleaned_data.get("submission_id"))
        if not all(same.values()) or not others.filter(ended_on=None, **same).exists():
            return
        self.fields["is_namesake"] = self.namesake
        if not self.data.get(self.add_prefix("is_namesake")):
            self.add_error("is_namesake", "这所学校已有同名的在职教师。如确实是另一位，请勾选后再保存。")


class TeacherEditForm(VersionedModelForm):
    """What is written down about a teacher; for one who has left also the end, which can be taken back."""

    pinyin = reading_field()

    class Meta:
        model = Teacher
        fields: ClassVar = [
            "name",
            "pinyin",
            "sex",
            "post",
            "title",
            "phone",
            "started_on",
            "ended_on",
            "end_reason",
        ]
        field_classes: ClassVar = TEXT_FIELDS | {"ended_on": DateField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.ended_on is None:
            del self.fields["ended_on"], self.fields["end_reason"]
        else:
            self.fields["end_reason"].help_text = "误办离岗时，把离岗日期和原因都清空即恢复在职。"

    def clean_pinyin(self) -> str:
        """Letters and blanks; empty derives it anew from the name."""
        return clean_reading(self.cleaned_data["pinyin"], kept=self.instance.pinyin)

    def clean(self) -> None:
        """Let the reading follow a new name."""
        super().clean()
        respell(self)


class TeacherMoveForm(forms.Form):
    """To which school, since when, and what becomes of the class."""

    CLASSES: ClassVar = [("ends", "不再担任原班班主任"), ("keeps", "继续担任原班班主任")]
    school = SchoolChoice(label="调往学校", empty_label="请选择")
    on = PastDayField(label="调动日期")
    led_class = forms.ChoiceField(
        label="现在带的班", choices=CLASSES, initial="ends", widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        schools: QuerySet[School],
        leads_class: bool,
        today: date,
        proposed: date,
        standing: Standing,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        carry_standing(self, standing)
        offer_rows(self, "school", schools)
        up_to(self, "on", today, proposed)
        if not leads_class:
            del self.fields["led_class"]

    def clean(self) -> None:
        """Whoever moves the teacher has seen where the teacher is."""
        super().clean()
        refuse_if_moved_on(self, self.standing)


class TeacherEndForm(forms.Form):
    """When and why the service ends."""

    on = PastDayField(label="离岗日期")
    reason = forms.ChoiceField(label="离岗原因", choices=[("", "请选择"), *Teacher.EndReason.choices])
    closes_account = forms.BooleanField(
        label="同时停用账号", required=False, initial=True, help_text="停用后立即不能登录，已有记录保留。"
    )

    def __init__(self, *args: Any, has_account: bool, today: date, proposed: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        up_to(self, "on", today, proposed)
        if not has_account:
            del self.fields["closes_account"]
