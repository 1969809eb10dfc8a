"""The leading group (clause O1): posts given by name; class teachers belong to it by leading a class."""

from datetime import date
from typing import Self

from django.db import models

from pairing_portal.accounts.models import Teacher, User
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.periods import ended_together, in_force, ordered_period


class LeadershipMemberQuerySet(RowQuerySet):
    """Queries over posts in the leading group."""

    def visible_to(self, user: User) -> Self:
        """Posts in the user's own district."""
        return self.filter(teacher__district_id=user.district_id)

    def active(self, on: date) -> Self:
        """In force on the day."""
        return self.filter(in_force(on))

    def holding_or_after(self, on: date) -> Self:
        """Posts that are in force on the day or on a later one."""
        return self.filter(models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=on))


class LeadershipMember(Row):
    """A teacher in a post of the leading group for a period; one person can hold several."""

    class Post(models.TextChoices):
        """The posts of the plan, in the order they are printed."""

        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        DIRECTOR = "director", "办公室主任"
        MEMBER = "member", "成员"

    class EndReason(models.TextChoices):
        """Why somebody no longer holds the post."""

        REPLACED = "replaced", "调整分工"
        LEFT = "left", "离岗"
        MISTAKE = "mistake", "录入有误"

    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT, related_name="posts", verbose_name="教师")
    post = models.CharField("组内职务", max_length=12, choices=Post)
    started_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    end_reason = models.CharField("结束原因", max_length=12, choices=EndReason, blank=True)

    objects = LeadershipMemberQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "领导小组任职"
        ordering = ["started_on", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["teacher", "post"],
                condition=models.Q(ended_on__isnull=True),
                name="leadership_one_open_per_teacher_and_post",
                violation_error_message="这位教师已担任这个职务。",
            ),
            models.CheckConstraint(
                condition=ended_together(),
                name="leadership_ends_with_reason",
                violation_error_message="结束日期和结束原因要一起填写。",
            ),
            models.CheckConstraint(
                condition=ordered_period(),
                name="leadership_period_ordered",
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.teacher}"

    def end(self, *, on: date, reason: "LeadershipMember.EndReason") -> None:
        """Close the period with its reason."""
        self.ended_on, self.end_reason = on, reason
        self.version += 1
        self.save(update_fields=["ended_on", "end_reason", "version"])
