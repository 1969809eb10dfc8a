"""Who helps whom, and since when (clauses M1 and M2): a dated ledger."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.codesets import CodeSetField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period
from students.models import Student


class Heading(models.TextChoices):
    """What help consists of; the plan's C1 covers thought and mind, C2 living, C3 study."""

    THOUGHT = "thought", "思想"
    MIND = "mind", "心理"
    STUDY = "study", "学习"
    LIVING = "living", "生活"


class PairingQuerySet(RowQuerySet):
    """Queries over pairings; scope comes from `pairings.access.visible_pairings`."""

    def active(self, on: date) -> Self:
        """Pairings in force on the day; the day a pairing ends is no longer part of it."""
        return self.filter(in_force(on))

    def during(self, year: int) -> Self:
        """Pairings that were in force on at least one day of the calendar year."""
        ended_before = Q(ended_on__lte=date(year, 1, 1))
        return self.filter(~ended_before, started_on__lte=date(year, 12, 31))


class Pairing(Row):
    """A teacher helping a pupil for a period; the same two again make a new row."""

    class EndReason(models.TextChoices):
        """Why a pairing ended."""

        HANDED_OVER = "handed_over", "移交其他教师"
        TEACHER_LEFT = "teacher_left", "教师调离或退休"
        STUDENT_LEFT = "student_left", "学生转出"
        GRADUATED = "graduated", "学生毕业"
        NOT_LISTED = "not_listed", "学生不再列入名册"
        MISTAKE = "mistake", "录入有误"
        OTHER = "other", "其他"

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="pairings", verbose_name="学生")
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="pairings", verbose_name="帮扶教师"
    )
    started_on = models.DateField("结对日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=12, choices=EndReason, blank=True)
    handover_note = models.CharField(
        "交接说明", max_length=500, blank=True, help_text="接手教师能看到：做过什么、约定了什么。"
    )
    focus = CodeSetField("帮扶重点", choices=Heading)
    measures = models.CharField("帮扶措施", max_length=200, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "结对"
        ordering = ["-started_on", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["student", "teacher"],
                condition=Q(ended_on__isnull=True),
                name="pairing_one_open_per_student_and_teacher",
                violation_error_message="这位教师已经与该生结对。",
            ),
            models.CheckConstraint(
                condition=ended_together(),
                name="pairing_ends_with_reason",
                violation_error_message="结束日期和结束原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(),
                name="pairing_period_ordered",
                violation_error_message="结束日期不能早于结对日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} — {self.student}"

    def get_absolute_url(self) -> str:
        """The pairing's own page."""
        return reverse("pairing_detail", args=[self.public_id])

    @property
    def focus_words(self) -> str:
        """The headings of help in words, such as 思想、学习."""
        return "、".join(Heading(code).label for code in self.focus)
