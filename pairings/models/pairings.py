"""Who helps whom, and since when (clauses M1 and M2): a dated ledger."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.urls import reverse

from pairing_portal.accounts.models import School, Teacher
from pairing_portal.lib.codesets import CodeSetField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period
from students.models import Enrolment, RegisterEntry, Student


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
        return self.filter(_not_over_before(year), started_on__lte=date(year, 12, 31))

    def begun(self, on: date) -> Self:
        """Pairings in force on the day, and those that ended earlier in its calendar year."""
        return self.filter(_not_over_before(on.year), started_on__lte=on)

    def between(self, student: Student, teacher: Teacher) -> Self:
        """Every pairing of these two, open and ended."""
        return self.filter(student=student, teacher=teacher)

    def holding_or_after(self, on: date) -> Self:
        """Pairings that are in force on the day or on a later one; one that ended as it began never was."""
        ends_later = Q(ended_on__gt=on) & Q(ended_on__gt=F("started_on"))
        return self.filter(Q(ended_on__isnull=True) | ends_later)

    def ended_between(self, first: date, last: date) -> Self:
        """Pairings that lasted at least a day and ended in the period, both days included."""
        return self.filter(ended_on__gte=first, ended_on__lte=last, ended_on__gt=F("started_on"))

    def of_teacher(self, teacher: Teacher) -> Self:
        """The teacher's pairings."""
        return self.filter(teacher=teacher)

    def of_student(self, student: Student) -> Self:
        """The pupil's pairings."""
        return self.filter(student=student)

    def named(self, words: str, district_id: int | None) -> Self:
        """Pairings whose teacher or pupil answers to the words; no words narrow nothing."""
        if not words:
            return self
        students = Student.objects.filter(district=district_id).named(words, district_id)
        teachers = Teacher.objects.filter(district=district_id).named(words, district_id)
        return self.filter(Q(student__in=students.order_by()) | Q(teacher__in=teachers.order_by()))

    def for_heading(self, heading: str) -> Self:
        """Pairings whose focus holds the heading."""
        return self.filter(focus__has=heading)

    def at_school(self, school: School, on: date) -> Self:
        """Pairings of pupils who are at the school on the day."""
        pupils = Enrolment.objects.active(on).filter(school_class__school=school)
        return self.filter(Exists(pupils.filter(student=OuterRef("student"))))

    def on_register(self, register: str, year: int, on: date) -> Self:
        """Pairings of pupils on the year's register that day; "" gives those of pupils on neither."""
        listed = RegisterEntry.objects.listed(year, on).filter(student=OuterRef("student"))
        return self.filter(Exists(listed.filter(register=register)) if register else ~Exists(listed))

    def totals(self) -> dict[str, int]:
        """How many pairings, and how many teachers and pupils stand in them, each person once."""
        return self.order_by().aggregate(
            pairings=Count("pk"),
            teachers=Count("teacher", distinct=True),
            students=Count("student", distinct=True),
        )

    def with_people(self) -> Self:
        """Bring teacher, school and pupil along in the same query."""
        return self.select_related("teacher__school", "student")

    def with_place(self, on: date) -> Self:
        """Add the pupil's school, stage, entry year and class number of the day as plain columns."""
        of_the_day = in_force(
            on, start="student__enrolments__started_on", end="student__enrolments__ended_on"
        )
        return self.annotate(
            place=FilteredRelation("student__enrolments", condition=of_the_day),
            school_name=F("place__school_class__school__name"),
            stage=F("place__school_class__stage"),
            entry_year=F("place__school_class__entry_year"),
            class_number=F("place__school_class__number"),
        )

    def with_register(self, year: int, on: date) -> Self:
        """Add `register`, which of the year's registers the pupil is on that day, if any."""
        entries = RegisterEntry.objects.listed(year, on).filter(student=OuterRef("student"))
        return self.annotate(register=Subquery(entries.values("register")[:1]))


def _not_over_before(year: int) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gt=date(year, 1, 1))


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

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="pairings", verbose_name="学生"
    )
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

    def is_active(self, on: date) -> bool:
        """Whether the pairing is in force on the day; the day it ends is no longer part of it."""
        return self.started_on <= on and (self.ended_on is None or self.ended_on > on)

    def end(self, *, on: date, reason: "Pairing.EndReason", note: str) -> None:
        """Close the period, with the reason and what the next teacher should know."""
        self.ended_on, self.end_reason, self.handover_note = on, reason, note
        self.version += 1
        self.save(update_fields=["ended_on", "end_reason", "handover_note", "version"])

    @property
    def focus_words(self) -> str:
        """The headings of help in words, such as 思想、学习."""
        return "、".join(Heading(code).label for code in self.focus)
