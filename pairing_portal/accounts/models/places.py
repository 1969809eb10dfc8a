"""The district office, its schools and the people employed there."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pairing_portal.accounts.models.users import User
from pairing_portal.lib.codes import Sex
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.names import NameKeyField, name_indexes, people_called, reading_of
from pairing_portal.lib.periods import ended_together, in_force, ordered_period


class SchoolQuerySet(RowQuerySet):
    """Queries over schools."""

    def visible_to(self, user: User) -> Self:
        """Schools of the user's own district."""
        return self.filter(district_id=user.district_id)

    def open(self, on: date) -> Self:
        """Schools that have not been closed by the day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def called(self, words: str) -> Self:
        """Schools whose full or short name holds the words."""
        return self.filter(Q(name__contains=words) | Q(short_name__contains=words))


class School(Row):
    """A school or kindergarten of the district."""

    district = models.ForeignKey(
        "accounts.District", on_delete=models.PROTECT, related_name="schools", verbose_name="学区"
    )
    name = models.CharField("学校全称", max_length=60)
    short_name = models.CharField("简称", max_length=20, blank=True, help_text="列表里用，可不填。")
    closed_on = models.DateField("停办日期", null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "学校"
        ordering = ["name", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "name"],
                name="school_name_once_per_district",
                violation_error_message="本学区已有同名学校。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeacherQuerySet(RowQuerySet):
    """Queries over teachers."""

    def visible_to(self, user: User) -> Self:
        """Teachers of the user's own district."""
        return self.filter(district_id=user.district_id)

    def employed(self, on: date) -> Self:
        """Teachers in service on the day."""
        return self.filter(in_force(on))

    def named(self, text: str, district_id: int | None) -> Self:
        """Teachers of the district whose name, pinyin or initials begin like the text."""
        return self.filter(people_called(Teacher.objects.filter(district=district_id), text))

    def without_account(self) -> Self:
        """Teachers who cannot sign in yet."""
        return self.filter(user=None)


class Teacher(Row):
    """A person employed at a school of the district, with or without an account."""

    class EndReason(models.TextChoices):
        """Why somebody is no longer in service here."""

        TRANSFERRED = "transferred", "调出学区"
        RETIRED = "retired", "退休"
        RESIGNED = "resigned", "离职"
        OTHER = "other", "其他"

    district = models.ForeignKey(
        "accounts.District", on_delete=models.PROTECT, related_name="teachers", verbose_name="学区"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="teachers", verbose_name="所在学校"
    )
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="teacher", verbose_name="账号"
    )
    name = models.CharField("姓名", max_length=30)
    pinyin = models.CharField(
        "姓名拼音",
        max_length=120,
        blank=True,
        db_index=True,
        help_text="排序和查找用；多音字可改，如 shan xiao。",
    )
    letters = NameKeyField("拼音字母", source="pinyin", rule="letters")
    initials = NameKeyField("拼音首字母", source="pinyin", rule="initials")
    given_name = NameKeyField("名", source="name", rule="given_name")
    sex = models.CharField("性别", max_length=8, choices=Sex, default=Sex.UNKNOWN)
    post = models.CharField("职务", max_length=30, blank=True)
    title = models.CharField("职称", max_length=30, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    started_on = models.DateField("到岗日期")
    ended_on = models.DateField("离岗日期", null=True, blank=True)
    end_reason = models.CharField("离岗原因", max_length=12, choices=EndReason, blank=True)

    objects = TeacherQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "教师"
        ordering = ["pinyin", "pk"]
        indexes = name_indexes("teacher")
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=ended_together(),
                name="teacher_ends_with_reason",
                violation_error_message="离岗日期和离岗原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(),
                name="teacher_period_ordered",
                violation_error_message="离岗日期不能早于到岗日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The teacher's own page."""
        return reverse("teacher_detail", args=[self.public_id])

    def clean(self) -> None:
        """Derive the sort key where nobody has corrected it."""
        if not self.pinyin:
            self.pinyin = reading_of(self.name)
