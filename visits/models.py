"""Home visits and other help, as the teacher logs them (clauses M5, S3, C1 to C3)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.codesets import CodeSetField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.templatetags.portal import date_cn, yes_no
from pairings.models import Heading, Pairing
from students.models import Student
from students.models.people import StudentQuerySet


class VisitQuerySet(RowQuerySet):
    """Queries over visits; scope comes from `visits.access.visible_visits`."""

    def home_visits(self) -> Self:
        """Visits to the home where somebody was met: what counts as 入户家访."""
        return self.filter(way=Visit.Way.HOME, nobody_home=False)

    def until(self, on: date) -> Self:
        """What had happened by the end of the day."""
        return self.filter(visited_on__lte=on)

    def between(self, first: date, last: date) -> Self:
        """Visits of the days from first to last, both included."""
        return self.filter(visited_on__gte=first, visited_on__lte=last)

    def to_follow_up(self) -> Self:
        """Follow-ups promised for any day and not yet done."""
        return self.filter(follow_up_on__isnull=False, followed_up_on__isnull=True)

    def promised(self, on: date) -> Self:
        """Follow-ups promised for the day or earlier and not yet done."""
        return self.filter(follow_up_on__lte=on, followed_up_on__isnull=True)

    def last_of(self, students: StudentQuerySet, on: date) -> Self:
        """Each pupil's latest visit by the end of the day at which somebody was met."""
        met = Visit.objects.until(on).filter(student=OuterRef("pk"), nobody_home=False)
        last = met.order_by("-visited_on", "-pk").values("pk")[:1]
        return self.filter(pk__in=students.order_by().values(last=Subquery(last)))

    def with_difficulty(self) -> Self:
        """Visits at which anything was found to be hard."""
        return self.exclude(difficulties=())

    def with_unread_note(self) -> Self:
        """Visits with a restricted note that nobody of the leading group has marked as read."""
        return self.exclude(restricted_note="").filter(note_read_on__isnull=True)


class Visit(Row):
    """One home visit, call, talk or other help for one pupil."""

    class Way(models.TextChoices):
        """How the teacher met the family or the pupil; only 上门 is a home visit."""

        HOME = "home", "上门"
        PHONE = "phone", "电话"
        VIDEO = "video", "视频"
        SCHOOL_MEETING = "school_meeting", "来校面谈"
        AT_SCHOOL = "at_school", "校内"

    class Act(models.TextChoices):
        """What was done."""

        TALK = "talk", "谈心"
        TUTORING = "tutoring", "辅导"
        GIFT = "gift", "送物"
        POLICY = "policy", "政策宣传"
        THRIFT = "thrift", "勤俭教育"
        CHECK = "check", "摸底核实"

    class Difficulty(models.TextChoices):
        """What was found to be hard (goals G1 to G3)."""

        THOUGHT = "thought", "思想"
        STUDY = "study", "学习"
        LIVING = "living", "生活"
        DROPOUT_RISK = "dropout_risk", "辍学风险"

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="visits", verbose_name="学生")
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="visits", verbose_name="教师")
    teacher_name = models.CharField("教师姓名", max_length=30, editable=False)
    student_name = models.CharField("学生姓名", max_length=30, editable=False)
    pairing = models.ForeignKey(
        Pairing, on_delete=models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="结对"
    )
    visited_on = models.DateField("日期")
    is_planned = models.BooleanField("定期家访", default=False)
    way = models.CharField("方式", max_length=16, choices=Way)
    nobody_home = models.BooleanField("家中无人", default=False)
    acts = CodeSetField("做了什么", choices=Act)
    whom_met = models.CharField("见到谁", max_length=60, blank=True, help_text="如：祖母、父亲。")
    companions = models.CharField("同行人", max_length=60, blank=True)
    situation = models.TextField("情况", max_length=1000, help_text="一句话就行，写事实。")
    headings = CodeSetField("帮扶内容", choices=Heading)
    help_given = models.TextField("帮了什么", max_length=500, blank=True)
    difficulties = CodeSetField("发现的困难", choices=Difficulty)
    follow_up = models.CharField("后续跟进", max_length=200, blank=True)
    follow_up_on = models.DateField("跟进日期", null=True, blank=True)
    followed_up_on = models.DateField("已跟进日期", null=True, blank=True)
    restricted_note = models.TextField(
        "保密备注", max_length=1000, blank=True, help_text="只有您和领导小组能看到内容。"
    )
    note_read_on = models.DateField("保密备注已阅日期", null=True, blank=True, editable=False)
    is_paper_record = models.BooleanField("代录纸质记录", default=False, editable=False)

    objects = VisitQuerySet.as_manager()

    TOLD = (
        "visited_on",
        "way",
        "nobody_home",
        "whom_met",
        "companions",
        "situation",
        "acts",
        "headings",
        "help_given",
        "difficulties",
        "follow_up",
        "follow_up_on",
        "is_planned",
    )
    # What is found of, promised to or confided about one child, not its family.
    PERSONAL = ("difficulties", "follow_up", "follow_up_on", "restricted_note")

    class Meta(Row.Meta):
        verbose_name = "家访记录"
        ordering = ["-visited_on", "-pk"]
        indexes = [
            models.Index(fields=["student", "-visited_on"], name="visit_by_student"),
            models.Index(fields=["teacher", "-visited_on"], name="visit_by_teacher"),
            models.Index(fields=["-visited_on", "-id"], name="visit_newest_first"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False, followed_up_on__isnull=True),
                name="visit_open_promises",
            ),
        ]
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nobody_home=False) | Q(way="home"),
                name="visit_nobody_home_only_at_home",
                violation_error_message="只有上门家访才会“家中无人”。",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True) | Q(follow_up_on__gte=F("visited_on")),
                name="visit_follow_up_not_before_visit",
                violation_error_message="跟进日期不能早于家访日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visited_on:%Y-%m-%d} {self.get_way_display()}"

    def get_absolute_url(self) -> str:
        """The visit's own page."""
        return reverse("visit_detail", args=[self.public_id])

    def for_sibling(self, student: Student, *, is_personal_shared: bool) -> "Visit":
        """An unsaved record of the same visit for another child of the house."""
        names = {*self.TOLD} - {*self.PERSONAL} | ({*self.PERSONAL} if is_personal_shared else set())
        told = {name: getattr(self, name) for name in names}
        return Visit(student=student, teacher=self.teacher, **told)

    @property
    def told(self) -> dict[str, tuple[str, str]]:
        """What the teacher wrote, restricted note aside: field name to label and words, in the order of the page."""
        return {name: (str(_field(name).verbose_name), self._words(name)) for name in self.TOLD}

    @property
    def kept_values(self) -> dict[str, Any]:
        """What the teacher wrote, restricted note aside, as JSON can keep it."""
        return {name: _as_json(getattr(self, name)) for name in self.TOLD}

    @property
    def difficulty_words(self) -> str:
        """The difficulties found in words, such as 学习、生活."""
        return self._words("difficulties")

    def _words(self, name: str) -> str:
        field, value = _field(name), getattr(self, name)
        if isinstance(field, CodeSetField):
            return "、".join(field.labels(value))
        if isinstance(value, bool):
            return yes_no(value) if value else ""
        if isinstance(value, date):
            return date_cn(value)
        return str(dict(field.flatchoices).get(value, value) if value else "")


def _field(name: str) -> models.Field:
    return next(field for field in Visit._meta.concrete_fields if field.name == name)


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class VisitRevision(models.Model):
    """The text of a visit as it stood before a correction; kept for good."""

    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, related_name="revisions", verbose_name="家访记录"
    )
    version = models.PositiveIntegerField("版本")
    values = models.JSONField("原内容")
    restricted_note = models.TextField("原保密备注", blank=True)
    corrected_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name="更正人"
    )
    corrected_at = models.DateTimeField("更正时间")
    reason = models.CharField("更正原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "家访更正"
        ordering = ["-version", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["visit", "version"], name="visit_revision_once")]

    def __str__(self) -> str:
        return f"{self.visit} 第 {self.version} 稿"

    @property
    def former(self) -> Visit:
        """The visit as it stood then, never to be saved."""
        former = {
            name: _field(name).to_python(self.values[name]) for name in Visit.TOLD if name in self.values
        }
        return Visit(**former, restricted_note=self.restricted_note)
