"""Who is signed in, on which device, since when; and passwords that did not fit."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from pairing_portal.accounts.models.users import User
from pairing_portal.lib.crypto import blind_index

if TYPE_CHECKING:  # the stubs' fields are generic, Django's own are not
    _TextColumn = models.CharField[str, str]
else:
    _TextColumn = models.CharField


class KeyDigest(str):
    """The digest of a session key, as the database holds it."""

    __slots__ = ()


class KeyDigestField(_TextColumn):
    """A session key, stored and searched as its keyed digest: the database opens nobody's session."""

    description = "digest of a session key"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": 64})

    def from_db_value(self, value: str | None, *_args: object) -> KeyDigest | None:
        """Mark what is a digest already."""
        return None if value is None else KeyDigest(value)

    def get_prep_value(self, value: Any) -> str | None:
        """The digest of a key; a digest stays as it is."""
        if value is None or isinstance(value, KeyDigest):
            return value
        return blind_index("session key", str(value))


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    """Queries over sessions."""

    def open_of(self, user: User, now: datetime) -> Self:
        """The person's sessions that still let in, the last seen first."""
        return self.filter(user=user, expire_date__gt=now)


class UserSession(AbstractBaseSession):
    """A browser's session: whose, on what device, and until when it lets in (safety P2)."""

    session_key = KeyDigestField("会话", primary_key=True)
    public_id = models.UUIDField("公开编号", unique=True, editable=False)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name="账号"
    )
    device = models.CharField("设备", max_length=40, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    signed_in_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)

    objects = UserSessionQuerySet.as_manager()  # type: ignore[assignment, misc]  # Django's only adds a save of its own

    class Meta:
        verbose_name = "登录的设备"
        ordering = ["-seen_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.device or "未知设备"


class SignInTryQuerySet(models.QuerySet["SignInTry"]):
    """Queries over tries."""

    def since(self, moment: datetime) -> Self:
        """Tries later than the moment."""
        return self.filter(at__gt=moment)

    def counted_from(self, address: str) -> Self:
        """Tries from the address that no sign-in has made good since."""
        return self.filter(address=address, is_forgiven=False)


class SignInTry(models.Model):
    """A try to sign in that failed or is being checked: under the keyed index of the name, whether known or not."""

    name_index = models.CharField("登录名索引", max_length=64)
    address = models.CharField("来源地址", max_length=45, blank=True)
    at = models.DateTimeField("时间", db_index=True)
    is_forgiven = models.BooleanField("其后已登录", default=False)

    objects = SignInTryQuerySet.as_manager()

    class Meta:
        verbose_name = "登录尝试"
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["name_index", "-at"], name="tries_of_a_name")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
