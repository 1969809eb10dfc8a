"""Accounts: who may sign in, in which roles, with what rights."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.functional import cached_property

from pairing_portal.lib.models import Row, RowQuerySet


class Role(models.TextChoices):
    """The groups of the portal; they add up."""

    ADMIN = "admin", "管理员"
    OFFICE = "office", "办公室"
    AID = "aid", "总务"
    SCHOOL = "school", "学校负责人"
    LEADER = "leader", "领导小组"
    TEACHER = "teacher", "教师"
    COUNTY = "county", "县级"


class Right(models.TextChoices):
    """What a role may do; migration `groups_and_rights` hands them out."""

    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
    MANAGE_DISTRICT = "manage_district", "管理学区设置"
    READ_AUDIT = "read_audit", "查看操作记录"
    SEE_DISTRICT = "see_district", "查看全学区"
    SEE_SCHOOL = "see_school", "查看本校"
    KEEP_PEOPLE = "keep_people", "维护学校和教师"
    KEEP_REGISTERS = "keep_registers", "维护学生和名册"
    KEEP_PAIRINGS = "keep_pairings", "维护结对"
    CONFIRM_PAIRINGS = "confirm_pairings", "确认结对方案"
    EXPORT = "export_attachments", "导出附件"
    RECORD_VISITS = "record_visits", "记录家访"
    RECORD_FOR_OTHERS = "record_for_others", "代录纸质记录"
    READ_RESTRICTED = "read_restricted", "查看保密备注"
    READ_SUMMARIES = "read_summaries", "查看上报材料"


class UserQuerySet(RowQuerySet):
    """Queries over accounts."""

    def visible_to(self, user: "User") -> Self:
        """Accounts of the user's own district."""
        return self.filter(district_id=user.district_id) if user.district_id else self.none()

    def active(self) -> Self:
        """Accounts that may sign in."""
        return self.filter(is_active=True)

    def waiting(self) -> Self:
        """Accounts whose owner has not come in with the one-time code yet."""
        return self.active().filter(must_set_password=True)

    def in_role(self, role: str) -> Self:
        """Accounts in the role."""
        return self.filter(groups__name=role)

    def named_like(self, words: str) -> Self:
        """Accounts whose name holds the words, or whose sign-in name begins with them."""
        return self.filter(models.Q(name__contains=words) | models.Q(username__istartswith=words))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # django-stubs wants a static base
    """Looks accounts up by their sign-in name; accounts are made by `accounts.actions`, never by a command."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Find the account of a sign-in name, letter case ignored."""
        return self.get(username__iexact=username or "")


class User(Row, AbstractBaseUser, PermissionsMixin):
    """A person who may sign in."""

    username = models.CharField(
        "登录名",
        max_length=40,
        unique=True,
        error_messages={"unique": "这个登录名已经有人用了。"},
    )
    name = models.CharField("姓名", max_length=30)
    district = models.ForeignKey(
        "accounts.District",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name="学区",
    )
    is_active = models.BooleanField("启用", default=True)
    must_set_password = models.BooleanField("首次登录须设密码", default=True)
    code_expires_at = models.DateTimeField("一次性登录码有效期", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta(Row.Meta):
        verbose_name = "账号"
        ordering = ["username", "pk"]
        permissions = list(Right.choices)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def grants(self) -> tuple[tuple[str, str | None], ...]:
        """The person's groups, each beside every right it grants; read once per request, in one query."""
        return tuple(self.groups.values_list("name", "permissions__codename"))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The person's groups."""
        return frozenset(Role(name) for name, _ in self.grants)

    @cached_property
    def rights(self) -> frozenset[str | None]:
        """What the groups grant; nobody is granted a right in person."""
        return frozenset(right for _, right in self.grants)

    @property
    def role_names(self) -> str:
        """The groups in words, for the page head and the log."""
        return "、".join(role.label for role in Role if role in self.roles)

    @property
    def listed_roles(self) -> str:
        """The groups in words for lists that have fetched them along with the accounts."""
        held = {group.name for group in self.groups.all()}
        return "、".join(role.label for role in Role if role.value in held)

    def may(self, right: Right) -> bool:
        """Whether one of the person's groups grants the right."""
        return self.is_active and right.value in self.rights
