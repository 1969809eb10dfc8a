"""Who may come in, and what the log keeps of those who may not."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from pairing_portal.accounts.actions.accounts import normalised_code, set_password
from pairing_portal.accounts.actions.locks import begin_try, forgive_tries
from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action, Outcome

WRONG = "登录名或密码不正确，请核对后再试。忘记密码请找管理员重新发放一次性登录码。"
EXPIRED = "一次性登录码已过有效期，请找管理员重新发放。"


def signed_in_user(*, username: str, password: str, now: datetime, address: str = "") -> User:
    """The account behind a name with its password, or with the one-time code from its slip.

    ValidationError tells neither whether the name exists nor which of the two was wrong; a refused try is
    logged under the account it was aimed at, and an unknown name is not written down at all.
    """
    known = User.objects.filter(username__iexact=username).first()
    counted = begin_try(username=username, address=address, now=now)
    secret = normalised_code(password) if known is not None and known.must_set_password else password
    found = authenticate(username=username, password=secret)
    if not isinstance(found, User):
        raise _refusal(known, WRONG)
    if found.must_set_password and (found.code_expires_at is None or found.code_expires_at <= now):
        raise _refusal(found, EXPIRED)
    forgive_tries(username=username, counted=counted)
    record(found, Action.SIGNED_IN, found)
    return found


def change_password(
    *, user: User, current: str, password: str, now: datetime, address: str = "", keep: UUID | None = None
) -> None:
    """Replace the password for somebody who knows the present one; a wrong one counts as a try to sign in."""
    counted = begin_try(username=user.username, address=address, now=now)
    if not user.check_password(current):
        raise _refusal(user, "现在的密码不正确。")
    forgive_tries(username=user.username, counted=counted)
    set_password(user=user, password=password, keep=keep)


def _refusal(user: User | None, sentence: str) -> ValidationError:
    record(user, Action.SIGN_IN_FAILED, user or "", outcome=Outcome.FAILED)
    return ValidationError(sentence, code="sign_in_failed")
