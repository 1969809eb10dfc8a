"""The append-only log: who did what, when, from where, to which row (safety S3)."""

from django.conf import settings
from django.db import models


class Action(models.TextChoices):
    """What can be logged, in the office's words."""

    SIGNED_IN = "signed_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    SIGNED_OUT = "signed_out", "退出"
    PASSWORD_SET = "password_set", "设置密码"
    CODE_ISSUED = "code_issued", "发放一次性登录码"
    ACCOUNT_CREATED = "account_created", "新建账号"
    ACCOUNT_CHANGED = "account_changed", "修改账号"
    CREATED = "created", "新增"
    CHANGED = "changed", "修改"
    ENDED = "ended", "结束"
    MOVED = "moved", "调动"
    HANDED_OVER = "handed_over", "移交结对"
    IMPORT_PREVIEWED = "import_previewed", "上传名册"
    IMPORT_CONFIRMED = "import_confirmed", "确认导入"
    IMPORT_DISCARDED = "import_discarded", "放弃导入"
    READ = "read", "查看"
    REVEALED = "revealed", "查看证件号码"
    EXPORTED = "exported", "导出"
    DENIED = "denied", "拒绝访问"


class Outcome(models.TextChoices):
    """How it ended."""

    DONE = "done", "完成"
    DENIED = "denied", "拒绝"
    FAILED = "failed", "失败"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Queries over the log."""

    def of_district(self, district_id: int | None) -> "AuditEventQuerySet":
        """Events of one district's people."""
        return self.filter(district_id=district_id) if district_id else self.none()


class AuditEvent(models.Model):
    """One thing somebody did or was refused; never changed, never deleted (triggers hold it)."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    district_id = models.BigIntegerField("学区", null=True, db_index=True)
    roles = models.CharField("身份", max_length=80, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    action = models.CharField("操作", max_length=24, choices=Action)
    subject = models.CharField("对象", max_length=40, blank=True)
    subject_id = models.CharField("对象编号", max_length=40, blank=True)
    fields = models.JSONField("字段", default=list, blank=True)
    count = models.PositiveIntegerField("行数", null=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome, default=Outcome.DONE)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["district_id", "-at", "-id"], name="audit_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.subject} {self.subject_id}".strip()
