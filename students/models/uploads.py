"""How far an upload has come, for whoever waits for it."""

from django.db import models

from pairing_portal.lib.models import Row, RowQuerySet


class UploadStage(Row):
    """What is being done with a list just sent, by the number of its form; the row goes once there is an answer."""

    class Stage(models.TextChoices):
        """What is being done."""

        READING = "reading", "正在读取文件…"
        COMPARING = "comparing", "正在与已登记的资料比对…"

    stage = models.CharField("进度", max_length=12, choices=Stage)

    objects = RowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "上传进度"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.get_stage_display()
