"""Forms about a pupil: entering and correcting."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.lib.codes import GUARDIAN_RELATIONS, NATIONS, Sex
from pairing_portal.lib.forms import DateField, SubmissionModelForm, VersionedModelForm
from pairing_portal.lib.identifiers import (
    ResidentId,
    clean_phone,
    normalise_identifier,
    parse_disability_certificate,
    parse_resident_id,
    parse_student_number,
)
from pairing_portal.lib.names import clean_reading, reading_field, respell
from pairing_portal.lib.text import CleanCharField, CleanNameField
from students.forms.fields import offer_choices
from students.models import Student

FIELDS: tuple[str, ...] = (
    "name",
    "sex",
    "birth_date",
    "override_reason",
    "is_disabled",
    "nation",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "town",
    "village",
    "village_group",
)
SECRET = frozenset({"id_number", "student_number", "disability_certificate"})
UNLIKE_ID = "与身份证号不一致：请改成一致，或在下面填写不一致的原因。"


class StudentFacts(forms.ModelForm):
    """What entering and correcting a pupil have in common; sex and birth date follow from the ID number."""

    name = CleanNameField(label="姓名")
    id_number = CleanCharField(label="身份证号", max_length=30, required=False)
    student_number = CleanCharField(label="学籍号", max_length=30, required=False)
    disability_certificate = CleanCharField(label="残疾人证号", max_length=30, required=False)
    sex = forms.ChoiceField(label="性别", required=False)
    birth_date = DateField(label="出生日期", required=False)
    override_reason = CleanCharField(
        label="与证件号不一致的原因",
        max_length=100,
        required=False,
        help_text="一般不填；确有登记差异时说明。",
    )
    nation = forms.ChoiceField(label="民族", required=False)
    guardian_name = CleanNameField(label="监护人", required=False)
    guardian_relation = forms.ChoiceField(label="监护人是学生的", required=False)
    guardian_phone = CleanCharField(label="联系电话", max_length=30, required=False)
    town = CleanCharField(label="乡镇", max_length=30, required=False)
    village = CleanCharField(label="村（社区）", max_length=30, required=False)
    village_group = CleanCharField(label="组", max_length=30, required=False)

    class Meta:
        model = Student
        fields: tuple[str, ...] = FIELDS

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        offer_choices(self, "sex", [("", "按身份证号"), (Sex.MALE, "男"), (Sex.FEMALE, "女")])
        offer_choices(self, "nation", [("", "未填写"), *NATIONS.choices()])
        offer_choices(self, "guardian_relation", [("", "未填写"), *GUARDIAN_RELATIONS.choices()])
        if self.initial.get("sex") == Sex.UNKNOWN:
            self.initial["sex"] = ""

    def clean_id_number(self) -> str:
        """A valid number, normalised, or nothing."""
        typed = self.cleaned_data["id_number"]
        return parse_resident_id(typed, on=self.today).number if typed else ""

    def clean_student_number(self) -> str:
        """A valid number, normalised, or nothing."""
        typed = normalise_identifier(self.cleaned_data["student_number"])
        return parse_student_number(typed, on=self.today) if typed else ""

    def clean_disability_certificate(self) -> str:
        """A valid number, normalised, or nothing."""
        typed = self.cleaned_data["disability_certificate"]
        return parse_disability_certificate(typed, on=self.today).number if typed else ""

    def clean_guardian_phone(self) -> str:
        """Written as phones are written everywhere in the portal."""
        return clean_phone(self.cleaned_data["guardian_phone"])

    def clean_birth_date(self) -> date | None:
        """Not in the future."""
        born: date | None = self.cleaned_data["birth_date"]
        if born is not None and born > self.today:
            raise ValidationError("出生日期不能晚于今天。")
        return born

    def clean(self) -> None:
        """Derive what the ID number tells; let a difference stand only with its reason."""
        super().clean()
        for name in SECRET.intersection(self.cleaned_data):
            setattr(self.instance, name, self.number_to_keep(name))
        if "id_number" in self.cleaned_data and self.instance.id_number:
            self._agree(parse_resident_id(self.instance.id_number, on=self.today))
        if self.instance.disability_certificate:
            self.cleaned_data["is_disabled"] = True
        self.cleaned_data["sex"] = self.cleaned_data.get("sex") or Sex.UNKNOWN

    def number_to_keep(self, name: str) -> str:
        """The number typed."""
        return str(self.cleaned_data[name])

    def follows_id(self, name: str) -> bool:
        """Whether the fact is to be taken from the ID number: nobody typed one."""
        return not self.cleaned_data.get(name)

    def may_differ(self, name: str) -> bool:
        """Whether the fact may read otherwise than the ID number: somebody gave the reason."""
        return bool(self.cleaned_data.get("override_reason"))

    def _agree(self, resident_id: ResidentId) -> None:
        for name, derived in (("sex", resident_id.sex), ("birth_date", resident_id.birth_date)):
            if name in self.errors:
                continue
            if self.follows_id(name):
                self.cleaned_data[name] = derived
            elif self.cleaned_data[name] != derived and not self.may_differ(name):
                self.add_error(name, UNLIKE_ID)


class StudentNewForm(StudentFacts, SubmissionModelForm):
    """A new pupil; the view asks once more where somebody of the same name is known."""

    household_number = CleanCharField(label="户编号", max_length=20, required=False)
    head_name = CleanNameField(label="户主姓名", required=False)
    is_another_person = forms.BooleanField(label="已核对，不是同一名学生", required=False)

    class Meta(StudentFacts.Meta):
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nation", "汉族")


class StudentEditForm(StudentFacts, VersionedModelForm):
    """Corrections to a pupil; a number left empty stays as it is."""

    pinyin = reading_field()
    removes_id_number = forms.BooleanField(label="删除已登记的身份证号", required=False)
    removes_student_number = forms.BooleanField(label="删除已登记的学籍号", required=False)
    removes_disability_certificate = forms.BooleanField(label="删除已登记的残疾人证号", required=False)
    secret_fields: ClassVar = SECRET

    class Meta(StudentFacts.Meta):
        fields = ("name", "pinyin", *FIELDS[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {name: getattr(self.instance, name) for name in self.secret_fields}
        for name, number in self.kept.items():
            self.fields[name].help_text = "已登记；不改就留空。" if number else "未登记。"
            if not number:
                del self.fields[f"removes_{name}"]

    def clean_pinyin(self) -> str:
        """Letters and blanks; empty derives it anew from the name."""
        return clean_reading(self.cleaned_data["pinyin"], kept=self.instance.pinyin)

    def clean(self) -> None:
        """Let the reading follow a new name."""
        super().clean()
        respell(self)

    def number_to_keep(self, name: str) -> str:
        """The number typed, else the one on file, unless it is to be removed."""
        kept = "" if self.cleaned_data.get(f"removes_{name}") else self.kept[name]
        return str(self.cleaned_data[name] or kept)

    def follows_id(self, name: str) -> bool:
        """A new number takes sex and birth date along where they were left as they stood."""
        goes_along = self._has_new_number and name not in self.changed_data
        return super().follows_id(name) or (goes_along and not self.cleaned_data.get("override_reason"))

    def may_differ(self, name: str) -> bool:
        """A difference that was on file before stands in nobody's way."""
        return super().may_differ(name) or not (self._has_new_number or name in self.changed_data)

    @property
    def _has_new_number(self) -> bool:
        return bool(self.cleaned_data.get("id_number"))
