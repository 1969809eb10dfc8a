"""Coming in, and choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import User
from pairing_portal.lib.forms import ask_by_name
from pairing_portal.lib.text import CleanCharField

HOW_TO_CHOOSE = (
    "至少 12 位，越长越好：可以把几个互不相关的词的拼音连起来，不必用特殊符号。"
    "不要用姓名、生日、电话或连续的数字，也不要与其他网站相同。可以粘贴。"
)


class PasswordField(forms.CharField):
    """A password as it was typed: blanks belong to it, pasting is welcome."""

    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=200, widget=widget, **kwargs)


class SignInForm(forms.Form):
    """Name and password, or name and the code from the slip."""

    username = CleanCharField(
        label="登录名",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = PasswordField(
        label="密码或一次性登录码",
        autocomplete="current-password",
        help_text="登录码不分大小写，横线可以不输。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_by_name(self.fields.values())


class NewPasswordForm(forms.Form):
    """A password of one's own, typed twice."""

    password = PasswordField(label="新密码", autocomplete="new-password", help_text=HOW_TO_CHOOSE)
    repeated = PasswordField(
        label="再输入一次新密码",
        autocomplete="new-password",
        error_messages={"required": "请再输入一次新密码。"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        ask_by_name(self.fields.values())

    def clean_password(self) -> str:
        """Hold the password against the rules of the house."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError("新密码不能与原来的相同。")
        return password

    def clean_repeated(self) -> str:
        """Both must agree."""
        repeated: str = self.cleaned_data["repeated"]
        if "password" in self.cleaned_data and repeated != self.cleaned_data["password"]:
            raise ValidationError("两次输入的密码不一样，请重新输入。")
        return repeated


class PasswordChangeForm(NewPasswordForm):
    """The same, for somebody who knows the present password: whoever only sits at an open screen does not."""

    current = PasswordField(label="现在的密码", autocomplete="current-password")
    field_order = ("current", "password", "repeated")
