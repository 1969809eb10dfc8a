"""Turning the year: which pupil goes where when classes have passed their last grade, and the next campaign."""

from typing import Any

from django.db import models
from django.urls import reverse

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.fields import EncryptedTextField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.undo.models import ChangeSet


class Way(models.TextChoices):
    """What becomes of a pupil when the year turns; whoever is promoted goes to a class."""

    PROMOTED = "promoted", "升学"
    REPEATED = "repeated", "留级"
    GRADUATED = "graduated", "毕业离校"
    TRANSFERRED = "transferred", "转出学区"
    GONE = "gone", "没有报到、去向不明"
    LATER = "later", "以后再定"


class YearTurnQuerySet(RowQuerySet):
    """Queries over turns of the year."""

    def visible_to(self, user: User) -> "YearTurnQuerySet":
        """Turns of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()

    def open(self) -> "YearTurnQuerySet":
        """Turns that wait for a decision."""
        return self.filter(state=YearTurn.State.PREPARED)


class YearTurn(Row):
    """One turn of the year: prepared, looked at, confirmed as a whole or set aside; it can be taken back."""

    class State(models.TextChoices):
        """How far it has come."""

        PREPARED = "prepared", "待确认"
        CONFIRMED = "confirmed", "已办理"
        DISCARDED = "discarded", "已放弃"
        UNDONE = "undone", "已撤销"

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="year_turns", verbose_name="学区"
    )
    school_year = models.PositiveSmallIntegerField("学年", help_text="从这一年 9 月 1 日开始的学年。")
    campaign_year = models.PositiveSmallIntegerField("新建活动的年度", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.PREPARED)
    # what was decided and what was shown; both name children, so they lie sealed and are wiped once settled
    choices = EncryptedTextField("去向")
    preview = EncryptedTextField("核对结果")
    counts = models.JSONField("人数", default=dict, blank=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办结人"
    )
    change_set = models.OneToOneField(
        ChangeSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="写入的内容",
    )

    objects = YearTurnQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "学年升级"
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district"],
                condition=models.Q(state="prepared"),
                name="year_turn_one_prepared_per_district",
                violation_error_message="已有一份没有办完的学年升级，请先办完或放弃。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_year}—{self.school_year + 1} 学年升级"

    def get_absolute_url(self) -> str:
        """The page that shows what it changes or changed."""
        return reverse("year_turn_detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state == self.State.PREPARED

    @property
    def moved(self) -> int:
        """How many pupils were settled, those left for later aside."""
        counts: dict[str, Any] = self.counts
        return sum(number for way, number in counts.get("ways", {}).items() if way != Way.LATER)
