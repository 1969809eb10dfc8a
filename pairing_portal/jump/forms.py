"""What may be typed into the box."""

from django import forms

from pairing_portal.lib.text import CleanCharField

LONGEST = 40
AT_LEAST = 2
SECRET_DIGITS = 6


class JumpForm(forms.Form):
    """A name in characters or pinyin, a class, a page of the menu, or a whole number."""

    text = CleanCharField(
        label="全站查找",
        min_length=AT_LEAST,
        max_length=LONGEST,
        error_messages={
            "required": "请先填写要找的姓名、班级、学校或号码。",
            "min_length": "请至少填写两个字或两个字母。",
            "max_length": f"最多填写 {LONGEST} 个字，请缩短。",
        },
    )

    @property
    def is_number(self) -> bool:
        """Whether a secret number was meant, which must not be kept anywhere (safety D1)."""
        return sum(map(str.isdigit, self.cleaned_data["text"])) >= SECRET_DIGITS
