"""Settings of a proposal, a teacher chosen by hand, a batch sent back, and what its rows are narrowed by."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet, TeacherQuerySet
from pairing_portal.lib.forms import FieldConflict, SubmissionForm, VersionedModelForm, offer_rows
from pairing_portal.lib.text import CleanCharField
from pairings.forms.choices import TeacherField
from pairings.forms.filters import SchoolField
from pairings.models import Proposal, ProposalBatch
from pairings.models.proposals import MOST_PUPILS, ProposalQuerySet

PREFERENCES = {
    "former": "沿用去年教师",
    "class_teacher": "本班班主任",
    "school": "本校教师",
    "siblings": "兄弟姐妹同一教师",
    "village": "同村学生同一教师",
    "even": "各教师人数均衡",
}
CARES = [(0, "不考虑"), (1, "一般"), (3, "优先")]
USUAL = 1


class TeachersField(forms.ModelMultipleChoiceField):
    """Teachers ticked in a list."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": "这次不安排的教师",
            "queryset": Teacher.objects.none(),
            "to_field_name": "public_id",
            "required": False,
            "widget": forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            "error_messages": {
                "invalid_choice": "有教师不能选择，请从名单中重新勾选。",
                "invalid_pk_value": "有教师不能选择，请从名单中重新勾选。",
            },
        }
        super().__init__(**(defaults | kwargs))

    def label_from_instance(self, teacher: Any) -> str:
        """Name and school."""
        return f"{teacher.name}（{teacher.school}）"


def _preference(name: str, label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=CARES, coerce=int, empty_value=str(USUAL), required=False, initial=USUAL
    )


def _add_preferences(form: forms.BaseForm, weights: Mapping[str, int]) -> None:
    for name, label in PREFERENCES.items():
        form.fields[f"care_{name}"] = _preference(name, label)
        form.initial[f"care_{name}"] = weights.get(name, USUAL)


def _weights(data: Mapping[str, Any]) -> dict[str, int]:
    """How much the office cares for each preference, as chosen."""
    return {name: int(data.get(f"care_{name}", USUAL)) for name in PREFERENCES}


def _preference_fields(form: forms.BaseForm) -> Iterator[forms.BoundField]:
    return (form[f"care_{name}"] for name in PREFERENCES)


class ProposalNewForm(SubmissionForm):
    """A new proposal; everything has a usual value, so that one click is enough."""

    covers = forms.ChoiceField(label="安排对象", choices=ProposalBatch.Covers.choices, required=False)
    cap = forms.IntegerField(
        label="每位教师最多帮扶（人）",
        min_value=1,
        max_value=MOST_PUPILS,
        required=False,
        help_text="连同现有的学生一起算。",
    )
    excluded = TeachersField()
    remark = CleanCharField(label="给领导小组的说明", max_length=200, required=False)

    def __init__(self, *args: Any, teachers: TeacherQuerySet, cap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual_cap = cap
        self.initial.setdefault("cap", cap)
        self.initial.setdefault("covers", ProposalBatch.Covers.UNPAIRED)
        offer_rows(self, "excluded", teachers)
        _add_preferences(self, {})

    @property
    def preferences(self) -> Iterator[forms.BoundField]:
        """The fields of the preferences, for the page."""
        return _preference_fields(self)

    @property
    def chosen(self) -> dict[str, Any]:
        """The settings as columns of a batch, usual values where nothing was chosen."""
        data = self.cleaned_data
        return {
            "covers": data["covers"] or ProposalBatch.Covers.UNPAIRED,
            "cap": data["cap"] or self.usual_cap,
            "remark": data["remark"],
            "weights": _weights(data),
        }


class ProposalSettingsForm(VersionedModelForm):
    """The settings of a batch that is still the office's."""

    class Meta:
        model = ProposalBatch
        fields: ClassVar = ["covers", "cap", "excluded", "remark"]
        field_classes: ClassVar = {"remark": CleanCharField, "excluded": TeachersField}
        widgets: ClassVar = {"excluded": forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})}

    def __init__(self, *args: Any, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "excluded", teachers)
        self.fields["excluded"].to_field_name = "public_id"  # type: ignore[attr-defined]  # a TeachersField, by Meta
        self.initial["excluded"] = list(self.instance.excluded.all())
        _add_preferences(self, self.instance.weights)

    def clean(self) -> dict[str, Any] | None:
        """Put the preferences together as the batch keeps them."""
        cleaned = super().clean()
        self.instance.weights = _weights(self.cleaned_data)
        return cleaned

    @property
    def preferences(self) -> Iterator[forms.BoundField]:
        """The fields of the preferences, for the page."""
        return _preference_fields(self)

    def _field_conflict(self, name: str, theirs: object) -> FieldConflict:
        """A preference stands in the batch's weights."""
        if name.startswith("care_"):
            batch = ProposalBatch.objects.get(pk=self.instance.pk)
            theirs = batch.weights.get(name.removeprefix("care_"), USUAL)
        return super()._field_conflict(name, theirs)


class ProposedTeacherField(TeacherField):
    """One teacher, with the load on record and in the batch."""

    def label_from_instance(self, teacher: Any) -> str:
        """Name, school, pupils helped already and pupils proposed."""
        return f"{teacher.name}（{teacher.school}，已帮扶 {teacher.pupils} 人，方案 {teacher.proposed} 人）"


class ProposalPlaceForm(VersionedModelForm):
    """The teacher a pupil of the batch is to have."""

    class Meta:
        model = Proposal
        fields: ClassVar = ["teacher"]
        field_classes: ClassVar = {"teacher": ProposedTeacherField}

    def __init__(self, *args: Any, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["teacher"]
        field.required, field.to_field_name, field.empty_label = True, "public_id", "请选择教师"
        field.error_messages["required"] = "请选择教师。"
        offer_rows(self, "teacher", teachers)
        self.initial["teacher"] = self.instance.teacher


class ProposalReturnForm(forms.Form):
    """What the leading group wants otherwise."""

    decision = CleanCharField(
        label="退回说明",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="办公室能看到，如：请把三年级的学生交给班主任。",
        error_messages={"required": "请写明要怎样修改。"},
    )


class ProposalFilter(forms.Form):
    """Which rows of a batch; a bad value narrows nothing."""

    SHOW: ClassVar = {
        "": "全部",
        "kept": "固定和手工指定的",
        "unplaced": "没有教师的",
        "away": "教师不在本校的",
    }
    school = SchoolField()
    teacher = forms.ModelChoiceField(
        label="帮扶教师",
        queryset=Teacher.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部教师",
    )
    show = forms.ChoiceField(label="只看", required=False, choices=list(SHOW.items()))

    def __init__(self, *args: Any, schools: SchoolQuerySet, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", schools)
        offer_rows(self, "teacher", teachers)
        self.full_clean()

    def apply(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """The rows that meet every condition set."""
        data = self.cleaned_data
        school: School | None = data.get("school")
        teacher: Teacher | None = data.get("teacher")
        rows = rows.at_school(school) if school else rows
        rows = rows.of_teacher(teacher) if teacher else rows
        return self._shown(rows, data.get("show", ""))

    def _shown(self, rows: ProposalQuerySet, show: str) -> ProposalQuerySet:
        if show == "kept":
            return rows.kept()
        if show == "unplaced":
            return rows.unplaced()
        return rows.away_from_school() if show == "away" else rows
