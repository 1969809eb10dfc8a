"""The two registers of the plan (clauses T1 and T2), one entry per pupil and year."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from pairing_portal.accounts.models import School
from pairing_portal.lib.codesets import CodeSetField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period, overlapping
from pairing_portal.lib.templatetags.portal import date_cn
from students.models.people import Student


class Register(models.TextChoices):
    """Which list a pupil is on."""

    COUNTY_FILED = "county_filed", "县乡建档立卡"
    DISTRICT_RECOGNISED = "district_recognised", "学区认定"


class RegisterEntryQuerySet(RowQuerySet):
    """Queries over register entries."""

    def listed(self, year: int, on: date) -> Self:
        """Entries of the year that are open on the day."""
        return self.filter(in_force(on, start="listed_on"), year=year)

    def at_school(self, school: School, on: date) -> Self:
        """Entries of pupils in a class of the school on the day."""
        there = in_force(on, start="student__enrolments__started_on", end="student__enrolments__ended_on")
        return self.filter(there, student__enrolments__school_class__school=school)

    def open(self) -> Self:
        """Entries that nobody has ended."""
        return self.filter(ended_on__isnull=True)


class RegisterEntry(Row):
    """A pupil on one register in one year, with that year's facts; the words come from the dated code lists."""

    class EndReason(models.TextChoices):
        """Why the pupil is no longer on the register."""

        NOT_LISTED = "not_listed", "不再列入名单"
        MOVED = "moved", "转入另一名册"
        TRANSFERRED = "transferred", "转出学区"
        GRADUATED = "graduated", "毕业"
        RECOVERED = "recovered", "困难消除"
        DIED = "died", "死亡"
        MISTAKE = "mistake", "录入有误"

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="entries", verbose_name="学生"
    )
    year = models.PositiveSmallIntegerField("年度")
    register = models.CharField("名册", max_length=20, choices=Register)
    listed_on = models.DateField("列入日期")
    ended_on = models.DateField("移出日期", null=True, blank=True)
    end_reason = models.CharField("移出原因", max_length=12, choices=EndReason, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)
    # facts of the county-filed register
    relation_to_head = models.CharField("与户主关系", max_length=12, blank=True)
    household_attribute = models.CharField("贫困户属性", max_length=12, blank=True)
    poverty_cause = models.CharField("主要致贫原因", max_length=12, blank=True)
    household_status = models.CharField("脱贫状态", max_length=12, blank=True)
    household_exit_year = models.PositiveSmallIntegerField("脱贫年度", null=True, blank=True)
    # facts of the district-recognised register
    main_type = models.CharField("认定类型", max_length=20, blank=True)
    further_types = CodeSetField("其他类型")
    grade = models.CharField("困难等级", max_length=12, blank=True)
    situation = models.CharField("困难情况说明", max_length=200, blank=True)
    family_size = models.PositiveSmallIntegerField(
        "家庭人口", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    income_per_head = models.DecimalField(
        "人均年收入（元）",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    evidence = models.CharField("佐证材料", max_length=100, blank=True)
    recognised_on = models.DateField("认定日期", null=True, blank=True)
    received = models.TextField("名单上的写法", blank=True, editable=False)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "名册登记"
        ordering = ["-year", "-listed_on", "-pk"]
        indexes = [
            models.Index(fields=["year", "register", "student"], name="entry_by_year"),
            models.Index(
                fields=["student", "year", "listed_on", "ended_on", "register"], name="entry_by_student"
            ),
        ]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["student", "year"],
                condition=Q(ended_on__isnull=True),
                name="entry_one_open_per_student_and_year",
                violation_error_message="该生本年度已在一个名册上，不能重复列入。",
            ),
            models.CheckConstraint(
                condition=ended_together(),
                name="entry_ends_with_reason",
                violation_error_message="移出日期和移出原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(start="listed_on"),
                name="entry_period_ordered",
                violation_error_message="移出日期不能早于列入日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.year} {self.get_register_display()}"

    def clean(self) -> None:
        """Refuse days on which the pupil is on another register of the year already."""
        if self.student_id is None or self.listed_on is None:
            return
        shared = overlapping(self.listed_on, self.ended_on, start_field="listed_on")
        others = RegisterEntry.objects.filter(shared, student=self.student_id, year=self.year)
        if other := others.exclude(pk=self.pk).exclude(ended_on=None).first():
            raise ValidationError(
                f"该生到 {date_cn(other.ended_on)}为止在“{other.get_register_display()}”名册上，日期不能重叠。"
            )
