"""Who may come in, and what the log keeps of those who may not."""

from datetime import datetime

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from pairing_portal.accounts.actions.accounts import normalised_code
from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action, Outcome

WRONG = "登录名或密码不正确，请核对后再试。忘记密码请找管理员重新发放一次性登录码。"
EXPIRED = "一次性登录码已过有效期，请找管理员重新发放。"


def signed_in_user(*, username: str, password: str, now: datetime) -> User:
    """The account behind a name with its password, or with the one-time code from its slip.

    ValidationError tells neither whether the name exists nor which of the two was wrong; a refused try is
    logged under the account it was aimed at, and an unknown name is not written down at all.
    """
    known = User.objects.filter(username__iexact=username).first()
    secret = normalised_code(password) if known is not None and known.must_set_password else password
    found = authenticate(username=username, password=secret)
    if not isinstance(found, User):
        raise _refusal(known, WRONG)
    if found.must_set_password and (found.code_expires_at is None or found.code_expires_at <= now):
        raise _refusal(found, EXPIRED)
    record(found, Action.SIGNED_IN, found)
    return found


def _refusal(user: User | None, sentence: str) -> ValidationError:
    record(user, Action.SIGN_IN_FAILED, user or "", outcome=Outcome.FAILED)
    return ValidationError(sentence, code="sign_in_failed")
