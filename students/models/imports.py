"""Every workbook that was brought in, what it changed and who confirmed it."""

from django.db import models
from django.urls import reverse

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.fields import EncryptedTextField
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.undo.models import ChangeSet


class RosterImportQuerySet(RowQuerySet):
    """Queries over imports."""

    def visible_to(self, user: User) -> "RosterImportQuerySet":
        """Imports of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()


class RosterImport(Row):
    """A workbook on its way in: read, compared, confirmed as a whole or set aside; what was confirmed can be undone."""

    class Kind(models.TextChoices):
        """What the workbook lists."""

        COUNTY_FILED = "county_filed", "附件1 县乡建档立卡名册"
        DISTRICT_RECOGNISED = "district_recognised", "附件2 学区认定名册"
        TEACHERS = "teachers", "教师花名册"
        PAIRINGS = "pairings", "附件3 结对名单"

    class State(models.TextChoices):
        """How far it has come."""

        PREVIEWED = "previewed", "待确认"
        CONFIRMED = "confirmed", "已导入"
        DISCARDED = "discarded", "已放弃"
        UNDONE = "undone", "已撤销"

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="imports", verbose_name="学区"
    )
    kind = models.CharField("名册类型", max_length=20, choices=Kind)
    state = models.CharField("状态", max_length=12, choices=State, default=State.PREVIEWED)
    year = models.PositiveSmallIntegerField("年度")
    listed_on = models.DateField("名单日期", help_text="名单反映的是哪一天的情况。")
    file_name = models.CharField("文件名", max_length=120)
    file_hash = models.CharField("文件校验值（SHA-256）", max_length=64)
    # what was read, shown and typed anew; all hold ID numbers, so they lie sealed and are wiped once settled
    reading = EncryptedTextField("读到的内容")
    preview = EncryptedTextField("比对结果")
    mended = EncryptedTextField("改过的单元格")
    school_choices = models.JSONField("学校对应", default=dict, blank=True)
    counts = models.JSONField("行数", default=dict, blank=True)
    settled_at = models.DateTimeField("确认时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    change_set = models.OneToOneField(
        ChangeSet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="写入的内容",
    )

    objects = RosterImportQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "名册导入"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The page that shows what the file changes or changed."""
        return reverse("import_detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state == self.State.PREVIEWED

    @property
    def is_written(self) -> bool:
        """Whether what it lists stands in the portal."""
        return self.state == self.State.CONFIRMED

    @property
    def waits_for_columns(self) -> bool:
        """Whether nothing can be read until somebody says which column is which."""
        return self.is_open and "waits_for_columns" in self.counts
