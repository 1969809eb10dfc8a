"""How a pupil's studies go, in a sentence at a time: up to three notes a term."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.school_years import Season, Term, term_of
from students.models import Student


class StudyNoteQuerySet(RowQuerySet):
    """Queries over study notes; scope comes from `pairings.access.visible_notes`."""

    def until(self, on: date) -> Self:
        """What had been noted by the end of the day."""
        return self.filter(noted_on__lte=on)

    def of_term(self, student: Student, term: Term) -> Self:
        """The pupil's notes of the term."""
        return self.filter(student=student, term_year=term.year, season=term.season)


class StudyNote(Row):
    """One sentence of a teacher about a pupil's studies; nobody has to write any."""

    A_TERM = 3

    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="study_notes", verbose_name="学生"
    )
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="study_notes", verbose_name="记录教师"
    )
    teacher_name = models.CharField("教师姓名", max_length=30, editable=False)
    noted_on = models.DateField("日期")
    term_year = models.PositiveSmallIntegerField("学期年份", editable=False)
    season = models.CharField("学期", max_length=8, choices=Season, editable=False)
    slot = models.PositiveSmallIntegerField("本学期第几条", editable=False)
    subject = models.CharField(
        "学科或关注点", max_length=20, blank=True, help_text="可不填，如：数学、作业习惯。"
    )
    words = models.CharField("学习情况", max_length=200, help_text="一句话就行。")

    objects = StudyNoteQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "学习情况记录"
        ordering = ["-noted_on", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["student", "term_year", "season", "slot"],
                name="study_note_once_per_slot",
                violation_error_message="刚有人为该生写了一条，请再保存一次。",
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=3),
                name="study_note_three_a_term",
                violation_error_message="每名学生每学期最多三条学习情况记录。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} 第 {self.slot} 条"

    def get_absolute_url(self) -> str:
        """The note stands on the pupil's page."""
        return reverse("student_detail", args=[self.student.public_id])

    @property
    def term(self) -> Term:
        """The term the note belongs to."""
        return Term(self.term_year, Season(self.season))

    def put_in(self, slot: int) -> None:
        """Take a place among the notes of the term the note's day lies in."""
        term = term_of(self.noted_on)
        self.term_year, self.season, self.slot = term.year, term.season, slot
