"""What a teacher means to do for a pupil in a year: need, goal, measures."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from pairing_portal.lib.models import Row, RowQuerySet
from pairings.models.pairings import Pairing


class HelpPlanQuerySet(RowQuerySet):
    """Queries over help plans; scope comes from `pairings.access.visible_plans`."""

    def of_year(self, year: int) -> Self:
        """Plans for the calendar year."""
        return self.filter(year=year)

    def before(self, pairing: Pairing, year: int) -> Self:
        """What was planned for the pupil up to the year, the pairing's own plans first, each latest first."""
        own = Case(When(pairing=pairing, then=Value(0)), default=Value(1))
        earlier = self.filter(pairing__student=pairing.student_id, year__lte=year)
        return earlier.exclude(pairing=pairing, year=year).order_by(own, "-year", "-pk")


class HelpPlan(Row):
    """The plan of one pairing for one year; nobody has to write one."""

    PARTS = ("need", "goal", "measures")

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="plans", verbose_name="结对")
    year = models.PositiveSmallIntegerField("年度")
    need = models.TextField("困难与需求", max_length=500, blank=True)
    goal = models.TextField("目标", max_length=300, blank=True)
    measures = models.CharField(
        "帮扶措施", max_length=200, blank=True, help_text="会印在附件3的“帮扶措施”一栏，请写得简短。"
    )

    objects = HelpPlanQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "帮扶计划"
        ordering = ["-year", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing", "year"],
                name="help_plan_once_per_year",
                violation_error_message="这一对本年度已有帮扶计划，请打开后修改。",
            ),
            models.CheckConstraint(
                condition=~Q(need="", goal="", measures=""),
                name="help_plan_says_something",
                violation_error_message="困难与需求、目标、帮扶措施，请至少填写一项。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年度 {self.pairing}"

    def get_absolute_url(self) -> str:
        """The plan stands on the page of its pairing."""
        return reverse("pairing_detail", args=[self.pairing.public_id])

    @property
    def told(self) -> list[tuple[str, str]]:
        """The parts that were written: label and words."""
        fields = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [(fields[name], words) for name in self.PARTS if (words := getattr(self, name))]


def planned_years(pairing: Pairing, today: date) -> range:
    """The years a plan can be for: those in which the pairing was in force, this one included."""
    last = min(pairing.ended_on or today, today).year
    return range(pairing.started_on.year, max(last, pairing.started_on.year) + 1)
