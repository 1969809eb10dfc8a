"""Classes and who leads them."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.urls import reverse

from pairing_portal.accounts.models import School, Teacher, User
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period
from pairing_portal.lib.school_years import (
    GRADES_IN_STAGE,
    Stage,
    class_name,
    grade_name,
    grade_number,
    school_year,
    stage_left_on,
)


class SchoolClassQuerySet(RowQuerySet):
    """Queries over classes."""

    def visible_to(self, user: User) -> Self:
        """Classes of the user's own district."""
        return self.filter(school__district_id=user.district_id)

    def running(self, on: date) -> Self:
        """Classes whose pupils have begun and not yet passed the last grade on the day."""
        running = models.Q()
        for stage, grades in GRADES_IN_STAGE.items():
            latest = school_year(on)
            running |= models.Q(stage=stage, entry_year__gt=latest - grades, entry_year__lte=latest)
        return self.filter(running)

    def past(self, on: date) -> Self:
        """Classes that have passed their last grade by the day."""
        past = models.Q()
        for stage, grades in GRADES_IN_STAGE.items():
            past |= models.Q(stage=stage, entry_year__lte=school_year(on) - grades)
        return self.filter(past)

    def taking_pupils(self, on: date) -> Self:
        """Running classes of schools that have not closed by the day."""
        is_open = models.Q(school__closed_on__isnull=True) | models.Q(school__closed_on__gt=on)
        return self.running(on).filter(is_open)

    def by_grade(self) -> Self:
        """School by school, from the lowest grade to the highest; `stage_rank` orders the stages."""
        ranks = [models.When(stage=stage, then=models.Value(rank)) for rank, stage in enumerate(Stage)]
        ranked = self.annotate(stage_rank=models.Case(*ranks, output_field=models.IntegerField()))
        return ranked.order_by("school__name", "stage_rank", "-entry_year", "number", "pk")


class SchoolClass(Row):
    """A class of one school: its grade follows from its entry year and the day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes", verbose_name="学校")
    stage = models.CharField("学段", max_length=12, choices=Stage)
    entry_year = models.PositiveSmallIntegerField(
        "入学年份", help_text="该班读第一个年级那年的 9 月，如 2017。"
    )
    number = models.PositiveSmallIntegerField("班号", help_text="如 2 表示 2 班。")

    objects = SchoolClassQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "班级"
        ordering = ["school__name", "stage", "-entry_year", "number", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "stage", "entry_year", "number"],
                name="class_once_per_school",
                violation_error_message="这所学校已有这个班。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.entry_year} 级 {self.number} 班"

    @property
    def in_full(self) -> str:
        """With the school: every school has a first class."""
        return f"{self.school} {self}"

    def get_absolute_url(self) -> str:
        """The class's own page."""
        return reverse("class_detail", args=[self.public_id])

    def grade(self, on: date) -> str:
        """The grade in words on the day, such as 三年级; past the last one 已毕业."""
        return grade_name(self.stage, grade_number(self.entry_year, on))

    def name(self, on: date) -> str:
        """Grade and number on the day, such as 三年级2班, or 已毕业（2015级2班）."""
        return class_name(self.stage, self.entry_year, self.number, on)

    @property
    def left_on(self) -> date:
        """The day its pupils have passed the last grade and belong to the next stage."""
        return stage_left_on(self.stage, self.entry_year)

    @property
    def last_name(self) -> str:
        """What it is called in its last year, such as 六年级2班."""
        return self.name(self.left_on - timedelta(days=1))


class ClassTeacherQuerySet(RowQuerySet):
    """Queries over who leads which class."""

    def active(self, on: date) -> Self:
        """In force on the day."""
        return self.filter(in_force(on))


class ClassTeacher(Row):
    """A teacher leading a class (班主任) for a period; it makes one a member of the leading group (clause O1)."""

    class EndReason(models.TextChoices):
        """Why somebody no longer leads the class."""

        REPLACED = "replaced", "换班主任"
        LEFT = "left", "离岗"
        GRADUATED = "graduated", "班级毕业"
        MISTAKE = "mistake", "录入有误"

    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="class_teachers", verbose_name="班级"
    )
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="led_classes", verbose_name="班主任"
    )
    started_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=12, choices=EndReason, blank=True)

    objects = ClassTeacherQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "班主任任职"
        ordering = ["-started_on", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["school_class"],
                condition=models.Q(ended_on__isnull=True),
                name="class_teacher_one_open_per_class",
                violation_error_message="这个班已有班主任，请先结束原任。",
            ),
            models.CheckConstraint(
                condition=ended_together(),
                name="class_teacher_ends_with_reason",
                violation_error_message="结束日期和结束原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(),
                name="class_teacher_period_ordered",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} · {self.school_class}"

    @property
    def in_full(self) -> str:
        """With the school of the class."""
        return f"{self.teacher} · {self.school_class.in_full}"

    def holds(self, on: date) -> bool:
        """Whether the teacher leads the class on the day."""
        return self.started_on <= on and (self.ended_on is None or self.ended_on > on)
