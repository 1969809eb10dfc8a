"""Days, repeated sending, and edits that meet another edit."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.lib.forms import DateField, EditConflict, SubmissionForm, VersionedModelForm
from tests.builders import make_school, make_teacher


class TeacherForm(VersionedModelForm):
    """Part of a teacher."""

    class Meta:
        model = Teacher
        fields: ClassVar = ["name", "phone", "school", "end_reason"]


class SecretPhoneForm(TeacherForm):
    """The same, with a field that no conflict may spell out."""

    secret_fields = frozenset({"phone"})


def _sent(teacher: Teacher, **changes: Any) -> dict[str, Any]:
    values = {"name": teacher.name, "phone": teacher.phone, "school": teacher.school_id, "end_reason": ""}
    return {"version": teacher.version} | values | changes


@pytest.mark.parametrize("text", ["2018-03-05", "2018/3/5", "2018.03.05", "2018年3月5日"])
def test_date_field_reads_the_usual_spellings(text: str) -> None:
    assert DateField().clean(text) == date(2018, 3, 5)


def test_date_field_refuses_impossible_day() -> None:
    with pytest.raises(ValidationError, match="真实的日期"):
        DateField().clean("2018-02-30")


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_date_field_refuses_days_at_the_ends_of_the_calendar(text: str) -> None:
    with pytest.raises(ValidationError, match="1900 年至 2100 年"):
        DateField().clean(text)


def test_field_left_empty_asks_for_itself_unless_it_has_a_sentence_of_its_own() -> None:
    class VisitForm(SubmissionForm):
        """A date, a choice, and one with its own words."""

        visited_on = DateField(label="日期")
        way = forms.ChoiceField(label="方式", choices=[("home", "上门")])
        reason = forms.CharField(label="原因", error_messages={"required": "请写明原因。"})

    errors = VisitForm({}).errors
    asked = [errors[name][0] for name in ("visited_on", "way", "reason")]
    assert asked == ["请填写日期。", "请选择方式。", "请写明原因。"]


def test_submission_id_is_stable_within_a_page_and_new_on_the_next() -> None:
    one, other = SubmissionForm(), SubmissionForm()
    assert one["submission_id"].value() == one["submission_id"].value() != other["submission_id"].value()


def test_submission_without_id_says_what_to_do_and_offers_one() -> None:
    form = SubmissionForm({})
    assert "重新打开" in form.errors["submission_id"][0]
    assert UUID(str(form["submission_id"].value()))


@pytest.mark.django_db
def test_edit_writes_only_what_was_edited() -> None:
    teacher = make_teacher(phone="0912-8700000")
    Teacher.objects.filter(pk=teacher.pk).update(title="一级教师")
    form = TeacherForm(_sent(teacher, phone="0912-8711111"), instance=teacher)
    assert form.is_valid(), form.errors
    assert form.save_versioned()
    stored = Teacher.objects.get()
    assert (stored.phone, stored.title, stored.version) == ("0912-8711111", "一级教师", 2)


@pytest.mark.django_db
def test_edit_of_nothing_writes_nothing() -> None:
    teacher = make_teacher()
    form = TeacherForm(_sent(teacher), instance=teacher)
    assert form.is_valid()
    assert not form.save_versioned()
    assert Teacher.objects.get().version == 1


@pytest.mark.django_db
def test_conflict_shows_both_texts_and_keeps_what_was_typed() -> None:
    teacher = make_teacher(phone="1")
    other = make_school(teacher.district)
    mine = _sent(teacher, phone="2", school=other.pk)
    Teacher.objects.filter(pk=teacher.pk).update(phone="3", version=2)
    form = TeacherForm(mine, instance=Teacher.objects.get())
    assert form.is_valid()
    with pytest.raises(EditConflict) as caught:
        form.save_versioned()
    shown = {field.label: (field.mine, field.theirs) for field in caught.value.fields}
    assert shown == {"联系电话": ("2", "3"), "所在学校": (other.name, teacher.school.name)}
    assert Teacher.objects.get().phone == "3"
    assert (form["phone"].value(), form["version"].value()) == ("2", "2")


@pytest.mark.django_db
def test_saving_again_after_a_conflict_is_a_decision() -> None:
    teacher = make_teacher(phone="1")
    Teacher.objects.filter(pk=teacher.pk).update(phone="3", version=2)
    form = TeacherForm(_sent(teacher, phone="2"), instance=Teacher.objects.get())
    assert form.is_valid()
    with pytest.raises(EditConflict):
        form.save_versioned()
    again = TeacherForm(form.data, instance=Teacher.objects.get())
    assert again.is_valid()
    assert again.save_versioned()
    assert (Teacher.objects.get().phone, Teacher.objects.get().version) == ("2", 3)


@pytest.mark.django_db
def test_conflict_never_spells_out_a_secret() -> None:
    teacher = make_teacher(phone="1")
    Teacher.objects.filter(pk=teacher.pk).update(phone="333", version=2)
    form = SecretPhoneForm(_sent(teacher, phone="222"), instance=Teacher.objects.get())
    assert form.is_valid()
    with pytest.raises(EditConflict) as caught:
        form.save_versioned()
    assert not {"222", "333"} & {text for field in caught.value.fields for text in (field.mine, field.theirs)}


@pytest.mark.django_db
def test_rule_about_a_field_not_shown_is_a_sentence() -> None:
    teacher = make_teacher()
    form = TeacherForm(_sent(teacher, end_reason="retired"), instance=teacher)
    assert not form.is_valid()
    assert form.non_field_errors() == ["离岗日期和离岗原因要一起填写。"]


@pytest.mark.django_db
def test_unique_name_is_refused_in_the_office_s_words() -> None:
    school = make_school()
    other = make_school(school.district)
    form = forms.modelform_factory(School, form=VersionedModelForm, fields=["name"])(
        {"name": school.name, "version": 1}, instance=other
    )
    assert "本学区已有同名学校。" in form.non_field_errors()
