"""What a person chooses before an attachment is downloaded."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet, TeacherQuerySet
from pairing_portal.lib.forms import DateField, offer_rows
from pairing_portal.lib.templatetags.portal import date_cn
from pairing_portal.lib.text import CleanCharField
from pairings.models import Pairing
from reports.models import Edition, Export, ExportQuerySet
from students.models import Register
from students.models.people import StudentQuerySet

NOTICE_DAYS = 7
LEAST_REASON = 4


class ExportForm(forms.Form):
    """Edition, day, and what the edition asks for; `day` is the latest day that can be asked for."""

    edition = forms.ChoiceField(
        label="版本", choices=Edition.choices, initial=Edition.SCHOOL, widget=forms.RadioSelect
    )
    as_of = DateField(label="截至日期", help_text="学校、年级、名册和结对都按这一天的情况列出。")
    reason = CleanCharField(
        label="导出事由",
        max_length=200,
        required=False,
        help_text="上报版必填，会记入操作记录。例如：报送县教育扶贫办公室。",
    )
    notice_ends_on = DateField(label="公示结束日期", required=False, help_text="印在公示名单上，到期请撤除。")
    with_optional = forms.BooleanField(label="附上可选列", required=False)

    def __init__(
        self, *args: Any, year: int, day: date, today: date, optional_titles: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_optional"].help_text = f"{optional_titles}。栏目多，打印的字会小一些。"
        self.year, self.day, self.today = year, day, today
        self.fields["as_of"].initial = day
        self.fields["notice_ends_on"].initial = today + timedelta(days=NOTICE_DAYS)

    def clean_as_of(self) -> date:
        """A day of the year that the page shows, none that has not come yet."""
        as_of: date = self.cleaned_data["as_of"]
        if not date(self.year, 1, 1) <= as_of <= self.day:
            raise forms.ValidationError(f"请选择 {self.year}年1月1日至{date_cn(self.day)}之间的日期。")
        return as_of

    def clean(self) -> dict[str, Any]:
        """Ask for what the edition needs, and forget what it does not."""
        data = super().clean() or {}
        edition = data.get("edition")
        if edition == Edition.FULL and len(data.get("reason") or "") < LEAST_REASON:
            self.add_error("reason", "请写明导出事由，至少 4 个字。")
        if edition == Edition.NOTICE:
            self._check_term(data.get("notice_ends_on"))
            data["with_optional"] = False
        else:
            self._errors = {name: found for name, found in self.errors.items() if name != "notice_ends_on"}
            data["notice_ends_on"] = None
        return data

    def _check_term(self, ends_on: date | None) -> None:
        if ends_on is None and "notice_ends_on" not in self.errors:
            self.add_error("notice_ends_on", "请填写公示结束日期。")
        if ends_on is not None and ends_on < self.today:
            self.add_error("notice_ends_on", "公示结束日期不能早于今天。")


class SilenceFilter(forms.Form):
    """Whose pupils to show."""

    teacher = forms.ModelChoiceField(
        label="帮扶教师",
        queryset=Teacher.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部教师",
    )

    def __init__(self, *args: Any, teachers: TeacherQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "teacher", teachers)
        self.full_clean()

    def apply(self, students: StudentQuerySet, on: date) -> StudentQuerySet:
        """Pupils the teacher helps on the day; without a teacher, all of them."""
        teacher = self.cleaned_data.get("teacher")
        if teacher is None:
            return students
        return students.filter(
            Exists(Pairing.objects.active(on).of_teacher(teacher).filter(student=OuterRef("pk")))
        )


class ExportFilter(forms.Form):
    """Which exports to show."""

    attachment = forms.TypedChoiceField(
        label="文件",
        required=False,
        choices=[("", "全部文件"), *Export.Attachment.choices, *Export.OfficeFile.choices],
        coerce=int,
        empty_value=None,
    )
    edition = forms.ChoiceField(label="版本", required=False, choices=[("", "全部版本"), *Edition.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full_clean()

    def apply(self, exports: ExportQuerySet) -> ExportQuerySet:
        """Narrow the register to what was asked for."""
        for name in ("attachment", "edition"):
            if asked := self.cleaned_data.get(name):
                exports = exports.filter(**{name: asked})
        return exports


class DownloadForm(forms.Form):
    """Why the office takes a workbook out; it is kept in the register of exports."""

    reason = CleanCharField(
        label="下载事由",
        max_length=200,
        min_length=LEAST_REASON,
        help_text="会记入导出记录。例如：请学校改正后重报。",
        error_messages={
            "required": "请写明下载事由，至少 4 个字。",
            "min_length": "请写明下载事由，至少 4 个字。",
        },
    )


class PrefilledForm(DownloadForm):
    """Which register, of which school if not of all."""

    register = forms.ChoiceField(label="名册", choices=Register.choices)
    school = forms.ModelChoiceField(
        label="学校",
        queryset=School.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="全部学校",
    )
    field_order = ("register", "school", "reason")

    def __init__(self, *args: Any, schools: SchoolQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", schools)
