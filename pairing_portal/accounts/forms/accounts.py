"""Accounts: found, opened, changed, given out in bulk."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pairing_portal.accounts.models import Role, Teacher, User
from pairing_portal.accounts.models.users import UserQuerySet
from pairing_portal.lib.forms import FieldConflict, SubmissionForm, VersionedModelForm, offer_rows
from pairing_portal.lib.text import CleanCharField

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
MOST_AT_ONCE = 60


class TeacherChoice(forms.ModelChoiceField):
    """The teacher an account belongs to, with the school beside the name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Teacher.objects.none(),
            to_field_name="public_id",
            label="对应教师",
            required=False,
            empty_label="不对应教师（如学区办公室工作人员）",
            help_text="学校负责人和教师必须对应到人，系统据此确定本校和结对的学生。",
            **kwargs,
        )

    def label_from_instance(self, obj: Teacher) -> str:
        """Name and school: namesakes can be told apart."""
        return f"{obj.name}（{obj.school}）"


class RolesField(forms.MultipleChoiceField):
    """The groups of the portal, as chips."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="身份",
            choices=Role.choices,
            widget=forms.CheckboxSelectMultiple,
            help_text="可多选，权限相加。",
            error_messages={"required": "请至少选择一个身份。"},
            **kwargs,
        )


class AccountFilter(forms.Form):
    """Which accounts the list shows; without a choice those that may sign in."""

    STATES: ClassVar = [
        ("", "启用"),
        ("waiting", "尚未登录过"),
        ("locked", "登录被锁定"),
        ("closed", "已停用"),
        ("all", "全部"),
    ]
    role = forms.ChoiceField(label="身份", required=False, choices=[("", "全部身份"), *Role.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=STATES)

    def apply(
        self, users: UserQuerySet, words: str, *, locked: Callable[[UserQuerySet], UserQuerySet]
    ) -> UserQuerySet:
        """Narrow by role, state, and the words of a name; `locked` finds those that may not try just now."""
        self.full_clean()
        if role := self.cleaned_data.get("role"):
            users = users.in_role(role)
        if words:
            users = users.named_like(words)
        state = self.cleaned_data.get("state", "")
        return locked(users) if state == "locked" else _in_state(users, state)


def _in_state(users: UserQuerySet, state: str) -> UserQuerySet:
    if state == "closed":
        return users.filter(is_active=False)
    if state == "waiting":
        return users.waiting()
    return users if state == "all" else users.active()


class AccountForm(SubmissionForm):
    """A new account for one person."""

    name = CleanCharField(label="姓名", max_length=30)
    username = CleanCharField(
        label="登录名",
        max_length=40,
        help_text="3 到 40 个小写字母或数字，如姓名全拼。",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    roles = RolesField()
    teacher = TeacherChoice()

    def __init__(self, *args: Any, teachers: QuerySet[Teacher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "teacher", teachers)

    def clean_username(self) -> str:
        """Lower case, and nothing that cannot be typed on every keyboard."""
        username = str(self.cleaned_data["username"]).lower()
        if not USERNAME.fullmatch(username):
            raise ValidationError("登录名由 3 到 40 个字母、数字组成，中间可以有点、横线和下划线。")
        return username

    def clean(self) -> None:
        """A school head without a school would see nothing."""
        super().clean()
        refuse_without_teacher(self)


class AccountEditForm(VersionedModelForm):
    """Name, roles, teacher, and whether the account may sign in."""

    roles = RolesField()
    teacher = TeacherChoice()

    class Meta:
        model = User
        fields: ClassVar = ["name", "is_active"]
        field_classes: ClassVar = {"name": CleanCharField}
        help_texts: ClassVar = {"is_active": "停用后立即不能登录，已有记录保留。"}

    field_order = ("name", "roles", "teacher", "is_active")

    def __init__(self, *args: Any, teachers: QuerySet[Teacher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "teacher", teachers)
        self.initial["roles"] = [role.value for role in Role if role in self.instance.roles]
        self.initial["teacher"] = teachers.filter(user=self.instance).first()

    def _field_conflict(self, name: str, theirs: object) -> FieldConflict:
        """Roles and teacher stand in rows of their own."""
        if name == "roles":
            roles = User.objects.get(pk=self.instance.pk).roles
            theirs = [role.value for role in Role if role in roles]
        if name == "teacher":
            theirs = Teacher.objects.filter(user=self.instance.pk).first()
        return super()._field_conflict(name, theirs)

    def clean(self) -> None:
        """A school head without a school would see nothing."""
        super().clean()
        refuse_without_teacher(self)


def refuse_without_teacher(form: forms.Form | forms.ModelForm) -> None:
    """Whose rights follow from a place or a pairing must be somebody on the staff list."""
    roles = {Role.SCHOOL, Role.TEACHER} & set(form.cleaned_data.get("roles", ()))
    if roles and "teacher" not in form.errors and form.cleaned_data.get("teacher") is None:
        form.add_error("teacher", "学校负责人和教师要选择对应教师；名单里没有的，请先新增教师。")


class BulkAccountForm(forms.Form):
    """Who gets a slip: teachers without an account, and accounts nobody has come in with yet."""

    teachers = forms.ModelMultipleChoiceField(
        label="没有账号的教师", queryset=Teacher.objects.none(), to_field_name="public_id", required=False
    )
    users = forms.ModelMultipleChoiceField(
        label="尚未登录过的账号", queryset=User.objects.none(), to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, teachers: QuerySet[Teacher], users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "teachers", teachers)
        offer_rows(self, "users", users)
        self.offered_teachers, self.offered_users = teachers, users

    def clean(self) -> None:
        """Somebody, but not more than a printer and a patient clerk can take at once."""
        super().clean()
        chosen = len(self.cleaned_data.get("teachers", ())) + len(self.cleaned_data.get("users", ()))
        if not chosen and not self.errors:
            raise ValidationError("请先勾选要发放登录码的人。")
        if chosen > MOST_AT_ONCE:
            raise ValidationError(f"一次最多 {MOST_AT_ONCE} 人，这次选了 {chosen} 人，请分批发放。")
