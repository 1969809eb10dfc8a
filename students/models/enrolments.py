"""Where a pupil goes to school, day by day."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from pairing_portal.accounts.models import School
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period, overlapping
from pairing_portal.lib.templatetags.portal import date_cn
from students.models.classes import SchoolClass
from students.models.people import Student


class EnrolmentQuerySet(RowQuerySet):
    """Queries over enrolments."""

    def active(self, on: date) -> Self:
        """In force on the day."""
        return self.filter(in_force(on))

    def open(self) -> Self:
        """Enrolments nobody has ended."""
        return self.filter(ended_on__isnull=True)

    def at_school(self, school: School) -> Self:
        """In a class of the school."""
        return self.filter(school_class__school=school)


class Enrolment(Row):
    """A pupil in a class for a period; moving, boarding or leaving ends one row and may open the next."""

    class StartReason(models.TextChoices):
        """Why the pupil came to the class."""

        REGISTERED = "registered", "在册登记"
        PROMOTED = "promoted", "升学"
        TRANSFERRED = "transferred", "转入"
        REPEATED = "repeated", "留级"
        REARRANGED = "rearranged", "调班或变更就读方式"
        RESUMED = "resumed", "复学"

    class EndReason(models.TextChoices):
        """Why the pupil left the class."""

        PROMOTED = "promoted", "升学"
        TRANSFERRED = "transferred", "转出"
        REPEATED = "repeated", "留级"
        REARRANGED = "rearranged", "调班或变更就读方式"
        SUSPENDED = "suspended", "休学"
        DROPPED_OUT = "dropped_out", "辍学"
        GRADUATED = "graduated", "毕业"
        MISTAKE = "mistake", "录入有误"

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="enrolments", verbose_name="学生"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="enrolments", verbose_name="班级"
    )
    is_boarder = models.BooleanField("住校", default=False)
    started_on = models.DateField("开始日期")
    start_reason = models.CharField(
        "入班原因", max_length=12, choices=StartReason, default=StartReason.REGISTERED
    )
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("离班原因", max_length=12, choices=EndReason, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "就读"
        ordering = ["-started_on", "-pk"]
        # Both hold all that a list asks of an enrolment: it reads the index and leaves the rows alone.
        indexes = [
            models.Index(
                fields=["student", "started_on", "ended_on", "school_class", "is_boarder"],
                name="enrolment_by_student",
            ),
            models.Index(
                fields=["school_class", "started_on", "ended_on", "student"], name="enrolment_by_class"
            ),
        ]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(ended_on__isnull=True),
                name="enrolment_one_open_per_student",
                violation_error_message="该生已有在读班级，请用“调班、转学”。",
            ),
            models.CheckConstraint(
                condition=ended_together(),
                name="enrolment_ends_with_reason",
                violation_error_message="结束日期和离班原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(),
                name="enrolment_period_ordered",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} · {self.school_class}"

    @property
    def in_full(self) -> str:
        """With the school of the class."""
        return f"{self.student} · {self.school_class.in_full}"

    def clean(self) -> None:
        """Refuse days on which the pupil is in another class already."""
        if self.student_id is None or self.started_on is None:
            return
        others = Enrolment.objects.filter(
            overlapping(self.started_on, self.ended_on), student=self.student_id
        )
        if other := others.exclude(pk=self.pk).exclude(ended_on=None).first():
            raise ValidationError(f"该生到 {date_cn(other.ended_on)}为止已有在读班级，日期不能重叠。")
