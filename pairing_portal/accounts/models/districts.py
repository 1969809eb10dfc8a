"""The school-district office that runs the programme."""

from django.db import models

from pairing_portal.lib.models import Row, RowQuerySet


class District(Row):
    """One school district: every row of the portal belongs to exactly one."""

    name = models.CharField(
        "学区名称", max_length=40, unique=True, help_text="如：麻镇学区。附件标题用这个名称。"
    )
    county = models.CharField("所在县（市、区）", max_length=40, help_text="如：府谷县。")
    town = models.CharField("所在乡镇", max_length=40, blank=True, help_text="如：麻镇。")
    county_office = models.CharField(
        "县级主管办公室", max_length=60, blank=True, help_text="材料报送单位，如：府谷县教育扶贫办公室。"
    )
    phone = models.CharField("办公室电话", max_length=30, blank=True)
    visit_interval_days = models.PositiveSmallIntegerField(
        "家访提醒间隔（天）",
        default=60,
        help_text="学区自定：超过这些天没有家访就提醒。方案没有规定次数。",
    )

    objects = RowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "学区"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def group_name(self) -> str:
        """The body that issues the attachments."""
        return f"{self.name}贫困学生帮扶领导小组"
