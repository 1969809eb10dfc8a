"""Accounts are made, given codes and changed here, each with its event in the log."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from pairing_portal.accounts.actions.sessions import end_sessions
from pairing_portal.accounts.models import District, Role, Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.pinyin import pinyin_key

CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 12
CODE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Slip:
    """What a person gets on paper: shown once, stored nowhere."""

    user: User
    code: str


def normalised_code(text: str) -> str:
    """A code as typed from a slip: letter case, blanks and dashes do not matter."""
    return "".join(character for character in text.upper() if character.isalnum())


def _new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


@transaction.atomic
def issue_code(*, user: User, by: User | None, now: datetime) -> Slip:
    """Replace the password by a one-time code that is good for 14 days; the first sign-in sets a new password."""
    code = _new_code()
    user.set_password(code)
    user.must_set_password = True
    user.code_expires_at = now + timedelta(days=CODE_DAYS)
    user.save(update_fields=["password", "must_set_password", "code_expires_at"])
    record(by, Action.CODE_ISSUED, user)
    end_sessions(user=user, by=by)
    return Slip(user, _grouped(code))


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    roles: Iterable[Role],
    district: District | None,
    by: User | None,
    now: datetime,
    teacher: Teacher | None = None,
    submission_id: UUID | None = None,
) -> Slip:
    """Open an account in the given roles, for a teacher where one is named, and return its slip."""
    user = User(username=username, name=name, district=district, created_by=by, submission_id=submission_id)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    user.groups.set(Group.objects.filter(name__in=list(roles)))
    if teacher is not None:
        _give_teacher(user, teacher)
    record(by, Action.ACCOUNT_CREATED, user, fields=["username", "name", "roles"])
    return issue_code(user=user, by=by, now=now)


def _give_teacher(user: User, teacher: Teacher) -> None:
    current = Teacher.objects.select_for_update().get(pk=teacher.pk)
    if current.user_id not in (None, user.pk) or current.district_id != user.district_id:
        raise ValidationError(f"{current.name} 已经有账号，请刷新后重新选择。")
    current.user = user
    current.version += 1
    current.save(update_fields=["user", "version"])


@transaction.atomic
def create_teacher_accounts(*, teachers: Iterable[Teacher], by: User, now: datetime) -> list[Slip]:
    """Open accounts in the teacher role for teachers who have none; one slip each."""
    taken = {username.lower() for username in User.objects.values_list("username", flat=True)}
    slips = []
    waiting = Teacher.objects.select_for_update().filter(pk__in=[each.pk for each in teachers], user=None)
    for teacher in waiting.select_related("district"):
        username = _free_username(teacher.name, taken)
        taken.add(username)
        slip = create_account(
            username=username,
            name=teacher.name,
            roles=[Role.TEACHER],
            district=teacher.district,
            by=by,
            now=now,
            teacher=teacher,
        )
        slips.append(slip)
    return slips


@transaction.atomic
def reissue_codes(*, users: Iterable[User], by: User, now: datetime) -> list[Slip]:
    """New slips for accounts whose owner has not set a password yet; the old codes end."""
    waiting = User.objects.select_for_update().active().filter(pk__in=[each.pk for each in users])
    return [issue_code(user=user, by=by, now=now) for user in waiting.filter(must_set_password=True)]


def _free_username(name: str, taken: set[str]) -> str:
    """The name in pinyin, numbered from the second person on."""
    letters = filter(str.isalnum, pinyin_key(name.partition("·")[0]))
    stem = "".join(filter(str.isascii, letters))[:30] or "teacher"
    names = [stem, *(f"{stem}{number}" for number in range(2, len(taken) + 3))]
    return next(username for username in names if username not in taken)


@transaction.atomic
def change_account(*, user: User, roles: Iterable[Role], is_active: bool, by: User) -> User:
    """Give the account its roles and switch it on or off; it holds from the person's next request."""
    wanted = set(roles)
    if user == by and (Role.ADMIN not in wanted or not is_active):
        raise ValidationError("不能取消自己的管理员身份或停用自己的账号，请让另一位管理员来改。")
    if not wanted:
        raise ValidationError("请至少选择一个身份；不再使用的账号请停用。")
    current: User = User.objects.select_for_update().get(pk=user.pk)
    current.groups.set(Group.objects.filter(name__in=wanted))
    current.is_active = is_active
    current.save(update_fields=["is_active"])
    record(by, Action.ACCOUNT_CHANGED, current, fields=["roles", "is_active"])
    if not is_active:
        end_sessions(user=current, by=by)
    return current


@transaction.atomic
def link_teacher(*, user: User, teacher: Teacher | None, by: User) -> None:
    """Say which teacher the account belongs to; None: to nobody on the staff list."""
    former = Teacher.objects.filter(user=user)
    others = former.exclude(pk=teacher.pk) if teacher else former
    if others.update(user=None, version=F("version") + 1):
        record(by, Action.ACCOUNT_CHANGED, user, fields=["teacher"])
    if teacher is not None and teacher.user_id != user.pk:
        _give_teacher(user, teacher)
        record(by, Action.ACCOUNT_CHANGED, user, fields=["teacher"])


@transaction.atomic
def set_password(*, user: User, password: str, keep: UUID | None = None) -> None:
    """Store the person's own new password; the one-time code is used up, and all sessions but the kept one end."""
    user.set_password(password)
    user.must_set_password = False
    user.code_expires_at = None
    user.save(update_fields=["password", "must_set_password", "code_expires_at"])
    record(user, Action.PASSWORD_SET, user)
    end_sessions(user=user, by=user, keep=keep)
