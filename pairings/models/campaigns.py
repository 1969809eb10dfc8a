"""The programme of one year and its four phases (clauses P1 to P4)."""

from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.models import Row, RowQuerySet


class CampaignQuerySet(RowQuerySet):
    """Queries over campaigns."""

    def visible_to(self, user: User) -> Self:
        """Campaigns of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()


class Campaign(Row):
    """The special action of one year in one district."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="campaigns", verbose_name="学区"
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("活动名称", max_length=60, default="“三秦教师结对帮扶贫困学生”专项行动")
    report_due_on = models.DateField("材料报送截止日")

    objects = CampaignQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "年度活动"
        ordering = ["-year", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "year"],
                name="campaign_once_per_year",
                violation_error_message="这个年度的活动已经建立。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年{self.title}"

    def get_absolute_url(self) -> str:
        """The campaign's page with its phases."""
        return reverse("campaign_detail", args=[self.year])

    def phase_on(self, on: date) -> "Phase | None":
        """The phase the day falls in; the plan's phases do not overlap."""
        return next((phase for phase in self.phases.all() if phase.covers(on)), None)


class Phase(Row):
    """One of the four dated phases of a campaign; both days belong to it."""

    class Number(models.IntegerChoices):
        """The plan's four phases."""

        MOBILISE = 1, "动员部署"
        CARRY_OUT = 2, "全面实施"
        TAKE_STOCK = 3, "小结梳理"
        KEEP_GOING = 4, "持续推进"

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="phases", verbose_name="年度活动"
    )
    number = models.PositiveSmallIntegerField("阶段", choices=Number)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")

    objects = RowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "阶段"
        ordering = ["number", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "number"], name="phase_once_per_campaign"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="phase_period_ordered",
                violation_error_message="阶段的结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_number_display()

    @property
    def content(self) -> str:
        """What the plan asks for in this phase, in one line."""
        return PHASE_CONTENT[self.Number(self.number)]

    def covers(self, on: date) -> bool:
        """Whether the day lies in the phase; first and last day included."""
        return self.starts_on <= on <= self.ends_on


PHASE_CONTENT = {
    Phase.Number.MOBILISE: "修订方案，分解任务，逐级部署，广泛动员。",
    Phase.Number.CARRY_OUT: "全体教师与学生家庭双向互动，开展家访和帮扶。",
    Phase.Number.TAKE_STOCK: "对照方案自查：做法、成效和不足，整理书面材料。",
    Phase.Number.KEEP_GOING: "针对发现的问题制定整改措施，持续推进，形成常态。",
}
