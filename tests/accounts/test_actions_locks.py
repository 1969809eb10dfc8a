"""Five failures from one address lock a name there for half an hour, twenty in a day everywhere (safety P1)."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pairing_portal.accounts.actions import change_password, issue_code, signed_in_user
from pairing_portal.accounts.actions.locks import lift_lock, locked_until
from pairing_portal.accounts.models import Role, SignInTry, User
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import PASSWORD, make_district, make_user

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2018-05-10T09:00:00+08:00")
SCHOOL, HOME = "203.0.113.5", "198.51.100.7"


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def fail(
    times: int, username: str = "office", address: str = SCHOOL, at: datetime = NOW, word: str = "不是这个"
) -> str:
    """Try so often with a wrong password; the last refusal."""
    said = ""
    for number in range(times):
        try:
            signed_in_user(
                username=username, password=word, now=at + timedelta(seconds=number), address=address
            )
        except ValidationError as refused:
            said = str(refused.message)
    return said


def come_in(at: datetime, username: str = "office", address: str = SCHOOL) -> User:
    return signed_in_user(username=username, password=PASSWORD, now=at, address=address)


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE, district=make_district(), username="office")


def test_right_password_is_refused_for_half_an_hour_after_five_failures(office: User) -> None:
    assert "登录名或密码不正确" in fail(5)
    with pytest.raises(ValidationError, match=r"30 分钟后（2018年5月10日 09:30）再试，或请学区管理员"):
        come_in(minutes(1))
    with pytest.raises(ValidationError, match="已暂时锁定"):
        come_in(minutes(30))
    assert come_in(minutes(31)) == office


def test_lock_holds_at_one_address_and_for_one_name(office: User) -> None:
    colleague = make_user(Role.OFFICE, district=office.district, username="colleague")
    fail(5)
    assert come_in(minutes(1), address=HOME) == office
    assert come_in(minutes(1), username="colleague") == colleague


def test_sign_in_makes_earlier_failures_good(office: User) -> None:
    fail(4)
    come_in(minutes(1))
    assert "登录名或密码不正确" in fail(4, at=minutes(2))
    assert come_in(minutes(3)) == office


def test_failures_half_an_hour_apart_do_not_add_up(office: User) -> None:
    fail(4)
    fail(1, at=minutes(31))
    assert come_in(minutes(32)) == office


def test_twenty_failures_in_a_day_lock_the_name_everywhere(office: User) -> None:
    for number in range(20):
        fail(1, address=f"203.0.113.{number}", at=minutes(number))
    with pytest.raises(ValidationError, match="已暂时锁定"):
        come_in(minutes(60), address=HOME)
    assert locked_until(username="office", now=minutes(60)) == NOW + timedelta(days=1)
    assert come_in(NOW + timedelta(days=1, minutes=1), address=HOME) == office


def test_sign_ins_of_the_owner_do_not_give_a_guesser_more_tries(office: User) -> None:
    for number in range(5):
        fail(4, at=minutes(number))
        if number < 4:
            come_in(minutes(number + 0.5))
    assert "已暂时锁定" in fail(1, address=HOME, at=minutes(6))


def test_tries_while_locked_are_not_counted(office: User) -> None:
    fail(30)
    assert SignInTry.objects.count() == 5


def test_unknown_name_is_locked_in_the_same_words_and_kept_as_an_index(office: User) -> None:
    known, unknown = fail(6), fail(6, username="Nobody")
    assert known == unknown
    assert "已暂时锁定" in unknown
    assert "nobody" not in str(list(SignInTry.objects.values())).lower()


def test_letter_case_opens_no_second_count(office: User) -> None:
    fail(3)
    fail(2, username="OFFICE")
    assert "已暂时锁定" in fail(1, username="Office", at=minutes(1))


def test_one_time_codes_count_too(office: User) -> None:
    issue_code(user=office, by=None, now=NOW)
    fail(5, word="AAAA-BBBB-CCCC")
    assert "已暂时锁定" in fail(1, at=minutes(1))


def test_wrong_present_password_counts_as_a_failed_sign_in(office: User) -> None:
    for _ in range(5):
        with pytest.raises(ValidationError, match="现在的密码不正确"):
            change_password(user=office, current="不是这个", password="新", now=NOW, address=SCHOOL)
    with pytest.raises(ValidationError, match="已暂时锁定"):
        change_password(user=office, current=PASSWORD, password="新", now=minutes(1), address=SCHOOL)
    with pytest.raises(ValidationError, match="已暂时锁定"):
        come_in(minutes(1))


def test_administrator_lifts_the_lock_and_the_log_says_so(office: User) -> None:
    fail(5)
    assert lift_lock(user=office, by=office)
    assert come_in(minutes(1)) == office
    assert AuditEvent.objects.get(action=Action.UNLOCKED).subject_id == str(office.public_id)
    assert not lift_lock(user=office, by=office)


def test_tries_of_former_days_are_removed(office: User) -> None:
    fail(3)
    fail(1, at=NOW + timedelta(days=1, minutes=1))
    assert SignInTry.objects.count() == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps=st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_no_half_hour_holds_more_than_five_checked_tries_from_one_address(
    office: User, gaps: list[int]
) -> None:
    SignInTry.objects.all().delete()
    moment, checked = NOW, []
    for gap in gaps:
        moment += timedelta(minutes=gap, seconds=1)
        if "已暂时锁定" not in fail(1, at=moment):
            checked.append(moment)
    for first in checked:
        assert len([at for at in checked if first <= at < first + timedelta(minutes=30)]) <= 5
        assert len([at for at in checked if first <= at < first + timedelta(days=1)]) <= 20


def test_many_tries_at_once_are_counted_before_they_are_checked(
    office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each password check starts another try, as if they had all come in together."""
    checked = []

    def check(self: User, password: str) -> bool:
        checked.append(password)
        fail(1, at=timezone.now())
        return False

    monkeypatch.setattr(User, "check_password", check)
    fail(1, at=timezone.now())
    assert len(checked) == 5


def test_only_administrator_lifts_the_own_lock_on_the_machine_itself(
    office: User, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(5)
    call_command("lift_lock", "Office")
    call_command("lift_lock", "office")
    assert capsys.readouterr().out.splitlines() == ["已解除锁定，可以马上登录。", "这个账号没有被锁定。"]
    assert come_in(minutes(1)) == office
    with pytest.raises(CommandError, match="没有这个登录名"):
        call_command("lift_lock", "nobody")
