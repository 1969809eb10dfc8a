"""Pairings proposed for a whole district: a batch is drafted, submitted, confirmed and only then binds anybody."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from pairing_portal.accounts.models import District, School, Teacher, User
from pairing_portal.lib.models import Row, RowQuerySet
from students.models import SchoolClass, Student

MOST_PUPILS = 30


class ProposalBatchQuerySet(RowQuerySet):
    """Queries over batches of proposals."""

    def visible_to(self, user: User) -> Self:
        """Batches of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()

    def of_year(self, year: int) -> Self:
        """Batches for the registers of the year."""
        return self.filter(year=year)

    def with_office(self) -> Self:
        """Batches the office has to go on with: drafts, and what was sent back."""
        return self.filter(state__in=ProposalBatch.EDITABLE)

    def with_group(self) -> Self:
        """Batches that wait for the leading group."""
        return self.filter(state=ProposalBatch.State.SUBMITTED)

    def with_counts(self) -> Self:
        """Add `pupils`, how many the batch is about, and `placed`, how many of them get a teacher."""
        placed = Count("proposals", filter=Q(proposals__teacher__isnull=False))
        return self.annotate(pupils=Count("proposals"), placed=placed)


class ProposalBatch(Row):
    """A proposal of who is to help whom; until it is published it binds nobody."""

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待领导小组确认"
        RETURNED = "returned", "已退回"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已作废"

    class Covers(models.TextChoices):
        """Which pupils are placed."""

        UNPAIRED = "unpaired", "只安排还没有教师的在册学生"
        ALL = "all", "成员没有学生可帮时，也请已有教师的在册学生多一位教师"

    EDITABLE = (State.DRAFT, State.RETURNED)

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="proposal_batches", verbose_name="学区"
    )
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    covers = models.CharField("安排对象", max_length=12, choices=Covers, default=Covers.UNPAIRED)
    cap = models.PositiveSmallIntegerField(
        "每位教师最多帮扶",
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PUPILS)],
        help_text="连同现有的学生一起算。",
    )
    weights = models.JSONField("看重程度", default=dict, blank=True)
    excluded = models.ManyToManyField(
        Teacher,
        blank=True,
        related_name="+",
        verbose_name="这次不安排的教师",
        help_text="如长期病休、外出支教。其他在岗教师都参加安排。",
    )
    seen = models.JSONField("计算时的教师和成员", default=dict, blank=True, editable=False)
    remark = models.CharField("给领导小组的说明", max_length=200, blank=True)
    computed_at = models.DateTimeField("计算时间", null=True, blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提交人"
    )
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    decision = models.CharField("退回说明", max_length=200, blank=True)

    objects = ProposalBatchQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "结对方案"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["district", "state"], name="proposal_batch_by_state")]

    def __str__(self) -> str:
        return f"{self.year} 年结对方案"

    def get_absolute_url(self) -> str:
        """The batch with its rows."""
        return reverse("proposal_detail", args=[self.public_id])

    @property
    def is_editable(self) -> bool:
        """Whether the office may still change it."""
        return self.state in self.EDITABLE

    @property
    def waits_for_group(self) -> bool:
        """Whether the leading group has to decide."""
        return self.state == self.State.SUBMITTED

    def day(self, today: date) -> date:
        """The day its pupils and teachers are looked at: today within its year, else the year's last day."""
        return min(today, date(self.year, 12, 31))


class ProposalQuerySet(RowQuerySet):
    """Queries over the rows of batches."""

    def placed(self) -> Self:
        """Rows that give the pupil a teacher."""
        return self.filter(teacher__isnull=False)

    def unplaced(self) -> Self:
        """Rows that give the pupil nobody."""
        return self.filter(teacher__isnull=True)

    def kept(self) -> Self:
        """Rows a new calculation leaves as they are."""
        return self.filter(Q(is_pinned=True) | Q(source=Proposal.Source.HAND))

    def computed(self) -> Self:
        """Rows a new calculation may change."""
        return self.filter(is_pinned=False, source=Proposal.Source.MACHINE)

    def with_people(self) -> Self:
        """Bring teacher, school, pupil and class along in the same query."""
        return self.select_related("teacher__school", "student", "school_class__school")

    def at_school(self, school: School) -> Self:
        """Rows of pupils who were at the school when the proposal was made."""
        return self.filter(school_class__school=school)

    def of_teacher(self, teacher: Teacher) -> Self:
        """Rows that give the teacher a pupil."""
        return self.filter(teacher=teacher)

    def away_from_school(self) -> Self:
        """Rows whose teacher works at another school than the pupil's."""
        return self.placed().exclude(teacher__school=F("school_class__school"))


class Proposal(Row):
    """One pupil of a batch: the teacher proposed, by whom, and why in words."""

    class Source(models.TextChoices):
        """Who chose the teacher."""

        MACHINE = "machine", "系统"
        HAND = "hand", "手工"

    batch = models.ForeignKey(
        ProposalBatch, on_delete=models.PROTECT, related_name="proposals", verbose_name="结对方案"
    )
    student = models.ForeignKey(
        Student, on_delete=models.PROTECT, related_name="proposals", verbose_name="学生"
    )
    teacher = models.ForeignKey(
        Teacher,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="帮扶教师",
    )
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="计算时的班级",
    )
    source = models.CharField("来源", max_length=8, choices=Source, default=Source.MACHINE)
    is_pinned = models.BooleanField("固定", default=False)
    is_second = models.BooleanField("增加的教师", default=False)
    reasons = models.JSONField("理由代码", default=list, blank=True)
    why = models.CharField("理由", max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "方案中的一对"
        ordering = ["pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["batch", "student"],
                name="proposal_one_per_batch_and_student",
                violation_error_message="该生已在这个方案里。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher or '未安排'} — {self.student}"

    @property
    def is_left_out(self) -> bool:
        """Whether somebody decided that this batch gives the pupil no teacher."""
        return self.teacher_id is None and self.source == self.Source.HAND
