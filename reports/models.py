"""Every file that left the portal: who took what, when, why (safety D4)."""

from typing import Self

from django.db import models

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.models import Row, RowQuerySet


class Edition(models.TextChoices):
    """The three editions of an attachment."""

    FULL = "full", "上报版"
    SCHOOL = "school", "校内版"
    NOTICE = "notice", "公示版"


class ExportQuerySet(RowQuerySet):
    """Queries over exports."""

    def visible_to(self, user: User) -> Self:
        """Exports of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()


class Export(Row):
    """One attachment that was downloaded, with its number, hash and reason."""

    class Attachment(models.IntegerChoices):
        """The plan's three attachments."""

        COUNTY_FILED = 1, "附件1 建档立卡在校贫困学生信息汇总表"
        DISTRICT_RECOGNISED = 2, "附件2 学区认定的在校贫困学生信息汇总表"
        PAIRINGS = 3, "附件3 结对名单"

    class OfficeFile(models.IntegerChoices):
        """Workbooks the office takes out to bring them back."""

        RETURNED = 11, "退回的行"
        PREFILLED = 12, "预填名册"

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="exports", verbose_name="学区"
    )
    number = models.CharField("导出编号", max_length=20, unique=True)
    attachment = models.PositiveSmallIntegerField("附件", choices=[*Attachment.choices, *OfficeFile.choices])
    edition = models.CharField("版本", max_length=8, choices=Edition)
    year = models.PositiveSmallIntegerField("年度")
    as_of = models.DateField("截至日期")
    notice_ends_on = models.DateField("公示结束日期", null=True, blank=True)
    with_optional = models.BooleanField("附可选列", default=False)
    reason = models.CharField("事由", max_length=200, blank=True)
    row_count = models.PositiveIntegerField("行数")
    file_hash = models.CharField("文件校验值（SHA-256）", max_length=64)

    objects = ExportQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "导出记录"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def short_name(self) -> str:
        """附件1, or what the office took out."""
        is_attachment = self.attachment in self.Attachment
        return f"附件{self.attachment}" if is_attachment else self.OfficeFile(self.attachment).label

    @property
    def edition_words(self) -> str:
        """The edition of an attachment; other files are for the office alone."""
        return self.get_edition_display() if self.attachment in self.Attachment else "办公室用"
