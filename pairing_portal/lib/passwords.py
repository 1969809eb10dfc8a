"""How passwords are kept and which ones are refused (safety P1)."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

LEAST_SCORE = 3
# zxcvbn's time grows fast with the length, and the first 72 characters decide.
LONGEST_SCORED = 72


class PortalArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: OWASP's least cost, a small machine's most."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class LengthValidator(MinimumLengthValidator):
    """Django's check, whose refusal has no Chinese translation."""

    def get_error_message(self) -> str:
        """What to do about a short one."""
        return f"密码太短：至少要 {self.min_length} 位。"


class ZxcvbnValidator:
    """Refuse a password that a guesser would try early, whatever characters it mixes."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError below score 3 of 4; the person's own names count as guessable."""
        known = [str(getattr(user, field, "")) for field in ("username", "name")] if user else []
        if zxcvbn(password[:LONGEST_SCORED], user_inputs=known)["score"] < LEAST_SCORE:
            raise ValidationError(self.get_help_text(), code="password_too_guessable")

    def get_help_text(self) -> str:
        """The advice under the field."""
        return (
            "密码太容易被猜到：请把几个互不相关的词（可用拼音）连在一起，不要用姓名、生日、电话或连续的数字。"
        )
