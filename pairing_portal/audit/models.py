"""The append-only log: who did what, when, from where, to which row (safety S3)."""

from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

# What a form asks for that is no column of the row.
OTHER_FIELDS = {"roles": "身份", "teacher": "对应教师"}


class Action(models.TextChoices):
    """What can be logged, in the office's words."""

    SIGNED_IN = "signed_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    SIGNED_OUT = "signed_out", "退出"
    SESSION_ENDED = "session_ended", "退出设备"
    UNLOCKED = "unlocked", "解除登录锁定"
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
    UNDONE = "undone", "撤销"
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

    def during(self, first: date | None, last: date | None) -> "AuditEventQuerySet":
        """Events from the first to the last day, both included; None leaves that side open."""
        events = self if first is None else self.filter(at__gte=_midnight(first))
        return events if last is None else events.filter(at__lt=_midnight(last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


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

    @property
    def subject_words(self) -> str:
        """What it was done to, in the office's word where the subject is a kind of row."""
        model = self._subject_model()
        return self.subject if model is None else str(model._meta.verbose_name)

    @property
    def field_words(self) -> str:
        """The names of the fields as the forms print them; never what stood in them."""
        model = self._subject_model()
        return "、".join(_field_label(model, name) for name in self.fields)

    def _subject_model(self) -> type[models.Model] | None:
        app, _, name = self.subject.partition(".")
        return apps.all_models.get(app, {}).get(name)


def _field_label(model: type[models.Model] | None, name: str) -> str:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return OTHER_FIELDS.get(name, name)
    return str(getattr(field, "verbose_name", name)) if field else name
