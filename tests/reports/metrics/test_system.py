"""What an administrator looks after is counted in the own district, and the machine is asked, not guessed."""

from datetime import timedelta

from django.utils import timezone

from pairing_portal.accounts.actions.locks import begin_try
from pairing_portal.accounts.models import Role, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from reports.access import Scope
from reports.metrics.system import (
    LITTLE_SPACE,
    Health,
    account_numbers,
    accounts_locked,
    events,
    first_day,
    health,
    log_numbers,
)
from tests.builders import make_district, make_user
from tests.reports.town import Town


def _scope(user: User) -> Scope:
    today = timezone.localdate()
    return Scope(user, today, today.year, today)


def test_accounts_are_counted_by_what_they_wait_for(town: Town) -> None:
    admin = make_user(Role.ADMIN, district=town.district)
    make_user(Role.TEACHER, district=town.district, must_set_password=True)
    make_user(Role.TEACHER, district=town.district, is_active=False, must_set_password=True)
    make_user(Role.TEACHER, district=make_district(), must_set_password=True)
    numbers = {number.code: number.value for number in account_numbers(_scope(admin), timezone.now())}
    assert numbers == {"waiting": 1, "locked": 0, "disabled": 1}


def test_account_is_locked_for_half_an_hour_after_five_failures(town: Town) -> None:
    admin, now = make_user(Role.ADMIN, district=town.district), timezone.now()
    stranger = make_user(district=make_district())
    for username in (town.office.username, stranger.username, "nobody"):
        for _ in range(5):
            begin_try(username=username, address="10.0.0.1", now=now)
    scope = _scope(admin)
    assert [*accounts_locked(scope, now + timedelta(minutes=29))] == [town.office]
    assert not accounts_locked(scope, now + timedelta(minutes=31)).exists()


def test_log_is_counted_for_the_own_district(town: Town) -> None:
    admin, stranger = make_user(Role.ADMIN, district=town.district), make_user(district=make_district())
    for user in (admin, town.office, stranger):
        record(user, Action.DENIED, "account_list")
    record(admin, Action.EXPORTED, "附件3")
    numbers = {number.code: number.value for number in log_numbers(_scope(admin))}
    assert numbers == {"imports": 0, "exports": 1, "denials": 2}


def test_events_of_eight_days_ago_are_not_counted(town: Town) -> None:
    record(town.office, Action.DENIED, "account_list")
    today = timezone.localdate()
    for days, count in ((0, 1), (6, 1), (7, 0)):
        later = Scope(town.office, today + timedelta(days=days), today.year, today)
        assert events(later, Action.DENIED).count() == count
    assert first_day(today) == today - timedelta(days=6)


def test_machine_tells_sizes_and_owns_up_to_what_it_does_not_know(db: None) -> None:
    found = health()
    assert found.database > 0
    assert found.free > 0
    assert dict(found.facts)["最近一次备份"].startswith("不知道")


def test_little_space_is_told() -> None:
    assert Health(database=1, free=LITTLE_SPACE - 1).is_tight
    assert not Health(database=1, free=LITTLE_SPACE).is_tight
