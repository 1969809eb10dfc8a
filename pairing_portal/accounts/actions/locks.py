"""How often a password may be wrong before nobody may try any more (safety P1).

A try is counted before it is checked, so that many at once are not free; the right password takes its own try
back. Five failures from one address lock the name there for half an hour, twenty in a day lock it everywhere; an
address alone is never locked, since a school shares one. Names that nobody has are counted and locked alike.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.models import SignInTry, User
from pairing_portal.accounts.models.sessions import SignInTryQuerySet
from pairing_portal.accounts.models.users import UserQuerySet
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.crypto import blind_index
from pairing_portal.lib.templatetags.portal import moment_cn

MOST_FROM_ONE_ADDRESS = 5
LOCK = timedelta(minutes=30)
MOST_IN_A_DAY = 20
DAY = timedelta(days=1)
Try = tuple[str, bool, datetime]  # address, whether a sign-in has made it good since, moment


def _tries(username: str) -> SignInTryQuerySet:
    return SignInTry.objects.filter(name_index=_index(username))


def _index(username: str) -> str:
    return blind_index("sign-in name", username.lower())


@transaction.atomic
def begin_try(*, username: str, address: str, now: datetime) -> SignInTry:
    """Count a try about to be checked. ValidationError says how long the name is locked and whom to ask."""
    list(User.objects.select_for_update().filter(username__iexact=username))  # one try after the other
    until = locked_until(username=username, address=address, now=now)
    if until is not None:
        minutes = -(-(until - now) // timedelta(minutes=1))
        raise ValidationError(
            f"登录失败次数过多，已暂时锁定。请在 {minutes} 分钟后（{moment_cn(until)}）再试，"
            "或请学区管理员在“账号”里解除锁定。",
            code="locked",
        )
    SignInTry.objects.filter(at__lte=now - DAY).delete()
    return SignInTry.objects.create(name_index=_index(username), address=address, at=now)


def locked_until(*, username: str, now: datetime, address: str | None = None) -> datetime | None:
    """When the name may be tried again, from the address or, without one, from where it is locked longest."""
    tries = _tries(username).since(now - DAY).values_list("address", "is_forgiven", "at")
    return _until(list(tries), address, now)


def locked_accounts(users: UserQuerySet, now: datetime) -> UserQuerySet:
    """Those of the accounts whose name is locked, somewhere or everywhere."""
    tries: dict[str, list[Try]] = defaultdict(list)
    counted_today = SignInTry.objects.since(now - DAY)
    for each in counted_today.values_list("name_index", "address", "is_forgiven", "at"):
        tries[each[0]].append(each[1:])
    locked = {index for index, counted in tries.items() if _until(counted, None, now) is not None}
    names = users.values_list("pk", "username") if locked else ()
    found: UserQuerySet = users.filter(pk__in=[pk for pk, username in names if _index(username) in locked])
    return found


def _until(tries: Sequence[Try], address: str | None, now: datetime) -> datetime | None:
    """When the last lock ends that follows from the tries of one name, the newest first; None if there is none."""
    addresses = {one for one, _, _ in tries} if address is None else {address}
    ends = [
        _end([at for one, is_forgiven, at in tries if one == each and not is_forgiven], now)
        for each in addresses
    ]
    if len(tries) >= MOST_IN_A_DAY:
        ends.append(tries[MOST_IN_A_DAY - 1][2] + DAY)
    return max((end for end in ends if end is not None), default=None)


def _end(failures: list[datetime], now: datetime) -> datetime | None:
    """The end of the half-hour after five failures in a half-hour, the newest first."""
    if len(failures) < MOST_FROM_ONE_ADDRESS:
        return None
    newest, oldest = failures[0], failures[MOST_FROM_ONE_ADDRESS - 1]
    return newest + LOCK if newest - oldest <= LOCK and newest + LOCK > now else None


@transaction.atomic
def forgive_tries(*, username: str, counted: SignInTry) -> None:
    """The password fitted: this was no failure, and those before from the same address are made good.

    They still count for the day: who guesses from the same school must not profit from the owner's sign-ins.
    """
    _tries(username).counted_from(counted.address).update(is_forgiven=True)
    counted.delete()


@transaction.atomic
def lift_lock(*, user: User, by: User | None) -> bool:
    """Let the person try again at once; False when nothing had been counted."""
    deleted, _ = _tries(user.username).delete()
    if not deleted:
        return False
    record(by, Action.UNLOCKED, user)
    return True
