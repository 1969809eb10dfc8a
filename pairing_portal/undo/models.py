"""A change set remembers what one decision wrote, row by row, for as long as it can be taken back."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

from django.db import models

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.fields import EncryptedTextField
from pairing_portal.lib.models import Row, RowQuerySet


class Kind(models.TextChoices):
    """What can be taken back, in the office's words."""

    IMPORTED = "imported", "导入名册"
    YEAR_TURNED = "year_turned", "学年升级"
    HANDED_OVER = "handed_over", "移交结对"
    PAIRED = "paired", "安排结对"
    PAIRING_ENDED = "pairing_ended", "结束结对"
    LISTED = "listed", "列入名册"
    ENTRY_ENDED = "entry_ended", "移出名册"
    MOVED = "moved", "调班、转学"
    LEFT = "left", "办理离校"
    CLASS_TEACHER = "class_teacher", "班主任任免"
    POST = "post", "领导小组任职"


# Days, that of the decision included, on which a kind can be taken back; one where nothing is said.
DAYS_TO_UNDO = {Kind.IMPORTED: 30, Kind.YEAR_TURNED: 30}


class ChangeSetQuerySet(RowQuerySet):
    """Queries over change sets."""

    def visible_to(self, user: User) -> Self:
        """Change sets of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()

    def standing(self) -> Self:
        """Change sets that nobody has taken back."""
        return self.filter(undone_at__isnull=True)

    def in_time(self, today: date) -> Self:
        """Change sets whose days to undo are not over."""
        return self.filter(expires_on__gt=today)

    def about(self, rows: Iterable[Row]) -> Self:
        """Change sets that concern one of the rows."""
        ids = [row.public_id for row in rows]
        return self.filter(pk__in=ChangeSubject.objects.filter(row_id__in=ids).values("change_set"))


class ChangeSet(Row):
    """One decision that wrote to many rows, such as an import; it can be undone as a whole until it expires."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="change_sets", verbose_name="学区"
    )
    kind = models.CharField("事项", max_length=20, choices=Kind)
    title = models.CharField("说明", max_length=120, help_text="不写人名；涉及谁由所涉资料说明。")
    expires_on = models.DateField("可撤销截止日", help_text="从这一天起不能再撤销，原来的内容同时清除。")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="撤销人"
    )

    objects = ChangeSetQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "办理事项"
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="change_set_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_on(self) -> date:
        """The last day on which it can be undone."""
        return self.expires_on - timedelta(days=1)

    def is_in_time(self, today: date) -> bool:
        """Whether its days to undo are not over."""
        return today < self.expires_on


class ChangeSubject(models.Model):
    """A row on whose page the change set is offered to be undone; the row may be gone once it is."""

    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="subjects", verbose_name="办理事项"
    )
    table = models.CharField("资料种类", max_length=60)
    row_id = models.UUIDField("公开编号", db_index=True)

    class Meta:
        verbose_name = "所涉资料"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class TableChange(Row):
    """One step of a change set: rows of one table that were made, or columns of them that were written over."""

    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="steps", verbose_name="办理事项"
    )
    table = models.CharField("资料种类", max_length=60)
    columns = models.JSONField("改动的栏目", default=list, blank=True, help_text="空表示这些行是新增的。")
    row_count = models.PositiveIntegerField("行数")
    # what the columns held before; it may name children, so it lies sealed and is wiped once it serves no more
    content = EncryptedTextField("原来的内容")

    objects = RowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "改动内容"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.table} {self.row_count}"
