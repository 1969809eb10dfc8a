"""The one page a visit is written on, its correction, and the day a promise was kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms

from pairing_portal.accounts.models import Teacher
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm, offer_rows
from pairing_portal.lib.school_years import class_name
from pairing_portal.lib.text import CleanCharField, CleanTextField
from students.models import Student
from students.models.people import StudentQuerySet
from visits.models import Visit

EARLIEST = date(2000, 1, 1)
NEEDED = ["visited_on", "way", "situation"]
SHARING = "shares_personal"  # no fact of the visit, but asked beside those it is about
# Title of a folded group and its fields; chips are drawn as big buttons.
FOLDS = (
    ("在家情况", ("nobody_home", "whom_met", "companions")),
    ("做了什么、帮了什么", ("acts", "headings", "help_given")),
    ("发现的困难与后续跟进", ("difficulties", "follow_up", "follow_up_on", SHARING)),
    ("定期家访、保密备注", ("is_planned", "restricted_note")),
)
CHIPS = frozenset({"acts", "headings", "difficulties"})
FIELDS = [*NEEDED, *(name for _, names in FOLDS for name in names if name != SHARING)]
FIELD_CLASSES = {
    "visited_on": DateField,
    "follow_up_on": DateField,
    "situation": CleanTextField,
    "help_given": CleanTextField,
    "restricted_note": CleanTextField,
    "whom_met": CleanCharField,
    "companions": CleanCharField,
    "follow_up": CleanCharField,
}
WIDGETS = {
    "situation": forms.Textarea(attrs={"rows": 3}),
    "help_given": forms.Textarea(attrs={"rows": 2}),
    "restricted_note": forms.Textarea(attrs={"rows": 3}),
}
HELP_TEXTS = {"follow_up": "要办的事，如：周三补数学。", "is_planned": "按计划进行的家访请勾选。"}


def _way() -> forms.ChoiceField:
    """The five ways as chips, none chosen beforehand."""
    return forms.ChoiceField(label="方式", choices=Visit.Way.choices, widget=forms.RadioSelect)


@dataclass(frozen=True)
class Fold:
    """A folded group of fields; open when it was refused or already holds something typed."""

    title: str
    fields: tuple[tuple[forms.BoundField, bool], ...]
    is_open: bool
    note: str


def folds(form: forms.ModelForm) -> Iterator[Fold]:
    """The groups of the page, each with its fields and whether a field is drawn as chips."""
    for title, names in FOLDS:
        bound = [form[name] for name in names if name in form.fields]
        filled = [field for field in bound if field.value()]
        is_typed = form.is_bound or form.instance.pk is not None
        yield Fold(
            title=title,
            fields=tuple((field, field.name in CHIPS) for field in bound),
            is_open=any(field.errors for field in bound) or bool(filled and is_typed),
            note="已预填" if filled and not is_typed else "",
        )


def check_visit(form: forms.ModelForm, today: date) -> None:
    """What the fields must say together; each sentence stands at the field that has to change."""
    data = form.cleaned_data
    visited_on = data.get("visited_on")
    if visited_on and visited_on > today:
        form.add_error("visited_on", "日期不能晚于今天。")
    if visited_on and visited_on < EARLIEST:
        form.add_error("visited_on", "日期太早，请核对年份。")
    if data.get("nobody_home"):
        _check_nobody_home(form)
    if data.get("follow_up") and not data.get("follow_up_on"):
        form.add_error("follow_up_on", "写了后续跟进，请选一个跟进日期，到时会提醒。")
    if data.get("follow_up_on"):
        _check_follow_up(form)


def _check_nobody_home(form: forms.ModelForm) -> None:
    data = form.cleaned_data
    if data.get("way") and data["way"] != Visit.Way.HOME:
        form.add_error("nobody_home", "只有上门家访才会“家中无人”，请改方式或取消勾选。")
    if data.get("whom_met"):
        form.add_error("nobody_home", "已填写“见到谁”，请取消“家中无人”，或清空“见到谁”。")


def _check_follow_up(form: forms.ModelForm) -> None:
    data = form.cleaned_data
    if not data.get("follow_up"):
        form.add_error("follow_up", "选了跟进日期，请写明要跟进什么。")
    if data.get("visited_on") and data["follow_up_on"] < data["visited_on"]:
        form.add_error("follow_up_on", "跟进日期不能早于家访日期。")


class SiblingsField(forms.ModelMultipleChoiceField):
    """The other pupils of the house as chips, each with the class of the day."""

    today: date

    def __init__(self) -> None:
        super().__init__(
            label="同户学生也在，一起记录",
            queryset=Student.objects.none(),
            to_field_name="public_id",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="勾选后每人各存一条，内容相同。",
            error_messages={"invalid_choice": "有一名学生不能一起记录，请重新打开本页。"},
        )

    def label_from_instance(self, obj: Any) -> str:
        """Name and class."""
        place = class_name(obj.stage, obj.entry_year, obj.class_number, self.today)
        return f"{obj.name}（{place}）" if place else str(obj.name)


def offer_siblings(form: forms.BaseForm, siblings: StudentQuerySet, today: date) -> None:
    """Ask about the other pupils of the house, where there are any."""
    if not siblings.exists():
        del form.fields["siblings"], form.fields[SHARING]
        return
    offer_rows(form, "siblings", siblings)
    cast(SiblingsField, form.fields["siblings"]).today = today


class VisitForm(SubmissionModelForm):
    """A visit as its teacher writes it; pupil and teacher stand on the instance."""

    way = _way()
    siblings = SiblingsField()
    shares_personal = forms.BooleanField(
        label="“发现的困难”“后续跟进”“保密备注”也写给勾选的同户学生",
        required=False,
        help_text="一般不勾：这三项只记在本页学生名下。",
    )

    class Meta:
        model = Visit
        fields = FIELDS
        field_classes = FIELD_CLASSES
        widgets = WIDGETS
        help_texts = HELP_TEXTS

    def __init__(self, *args: Any, siblings: StudentQuerySet, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["visited_on"].widget.attrs["max"] = today.isoformat()
        offer_siblings(self, siblings, today)

    def clean(self) -> dict[str, Any]:
        """Hold the fields against each other; where nobody was home, prefilled headings are no help given."""
        super().clean()
        check_visit(self, self.today)
        if self.cleaned_data.get("nobody_home") and not self.cleaned_data.get("help_given"):
            self.cleaned_data["headings"] = ()
        return self.cleaned_data


class TeacherChoiceField(forms.ModelChoiceField):
    """Teachers with their school; those paired with the pupil say so."""

    def label_from_instance(self, obj: Any) -> str:
        """The words of one choice."""
        school = obj.school.short_name or obj.school.name
        return f"{obj.name}（{school}{'，结对教师' if obj.is_paired else ''}）"


class PaperVisitForm(VisitForm):
    """The same page for the office, which copies what a teacher wrote on paper."""

    teacher = TeacherChoiceField(
        label="家访教师", queryset=Teacher.objects.none(), to_field_name="public_id", empty_label="请选择教师"
    )

    class Meta(VisitForm.Meta):
        fields = [*FIELDS, "teacher"]

    def __init__(self, *args: Any, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "teacher", teachers)


class VisitCorrectionForm(VersionedModelForm):
    """A correction of any part of the text; whoever may not read the restricted note does not get its field."""

    way = _way()
    reason = CleanCharField(
        label="更正原因", max_length=100, required=False, help_text="可不填，如：日期写错。"
    )

    class Meta(VisitForm.Meta):
        pass

    def __init__(self, *args: Any, today: date, can_read_restricted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["visited_on"].widget.attrs["max"] = today.isoformat()
        if not can_read_restricted:
            del self.fields["restricted_note"]

    @property
    def edited_fields(self) -> list[str]:
        """The reason is no part of the visit."""
        return [name for name in super().edited_fields if name != "reason"]

    def clean(self) -> dict[str, Any]:
        """Hold the fields against each other."""
        super().clean()
        check_visit(self, self.today)
        return self.cleaned_data


class FollowedUpForm(forms.Form):
    """The day a promise was kept."""

    followed_up_on = DateField(label="跟进完成日期")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["followed_up_on"].widget.attrs["max"] = today.isoformat()

    def clean_followed_up_on(self) -> date:
        """Not in the future."""
        day: date = self.cleaned_data["followed_up_on"]
        if day > self.today:
            raise forms.ValidationError("跟进完成的日期不能晚于今天。")
        return day
