"""Forms that came in after the session had ended, kept for whoever wrote them."""

import json
import re
from datetime import datetime, timedelta
from typing import Self
from uuid import uuid4

from django.db import models
from django.http import QueryDict

from pairing_portal.accounts.models.users import User
from pairing_portal.lib.fields import EncryptedTextField

KEPT_HOURS = 24
# Filled in by the page, not by the person.
TECHNICAL = frozenset({"submission_id", "version", "next", "tab", "query"})
# What a choice sends, a word of ours or a public id: it says nothing to anybody.
CODE = re.compile(r"[a-z][a-z_-]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    """Queries over kept forms."""

    def of(self, user: User, now: datetime) -> Self:
        """What the person can still get back."""
        return self.filter(user=user, kept_at__gt=now - timedelta(hours=KEPT_HOURS))

    def outdated(self, now: datetime) -> Self:
        """What nobody came back for in time."""
        return self.filter(kept_at__lte=now - timedelta(hours=KEPT_HOURS))


class KeptForm(models.Model):
    """What somebody sent when no longer signed in: sealed, theirs alone, gone after a day."""

    public_id = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_forms", verbose_name="填写人")
    address = models.CharField("提交地址", max_length=300)
    page = models.CharField("所在页面", max_length=300)
    content = EncryptedTextField("内容", max_length=100_000)
    has_files = models.BooleanField("带有文件", default=False)
    kept_at = models.DateTimeField("保留时间")

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = "保留的表单"
        ordering = ["-kept_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "address"], name="one_kept_form_per_address"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def data(self) -> QueryDict:
        """The fields as they were sent."""
        fields = QueryDict(mutable=True)
        for name, values in json.loads(self.content or "{}").items():
            fields.setlist(name, values)
        return fields

    @property
    def is_on_its_page(self) -> bool:
        """Whether the form stood on the page it was sent to, which can show it again."""
        return self.page == self.address

    @property
    def typed(self) -> list[str]:
        """The words, numbers and days that the person filled in, in the order of the fields."""
        return [
            value
            for name, values in self.data.lists()
            if name not in TECHNICAL
            for value in values
            if value.strip() and not CODE.fullmatch(value)
        ]
