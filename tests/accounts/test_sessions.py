"""Sessions end after a pause and after a day's work, and only their owner or an administrator ends them sooner."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.actions import change_account, issue_code
from pairing_portal.accounts.models import Role, User, UserSession
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import PASSWORD, make_district, make_user

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "/password/"


class Clock:
    """The time, as the portal reads it."""

    def __init__(self) -> None:
        self.now = START

    def on(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock


@pytest.fixture
def user() -> User:
    return make_user(Role.TEACHER, district=make_district(), username="teacher")


def browser(user: User, agent: str = FIREFOX) -> Client:
    """A browser that the person signed in on by the form."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("sign_in"), {"username": user.username, "password": PASSWORD})
    return client


def is_in(client: Client, page: str = PAGE) -> bool:
    return client.get(page).status_code == 200


def test_session_ends_after_half_an_hour_without_a_click(clock: Clock, user: User) -> None:
    client = browser(user)
    clock.on(minutes=29)
    assert is_in(client)
    clock.on(minutes=29)
    assert is_in(client)
    clock.on(minutes=30, seconds=1)
    assert not is_in(client)


def test_session_ends_after_twelve_hours_whatever_is_done(clock: Clock, user: User) -> None:
    client = browser(user)
    for _ in range(28):
        clock.on(minutes=25)
        assert is_in(client)
    clock.on(minutes=19)
    client.post(reverse("session_extend"))
    clock.on(minutes=2)
    assert not is_in(client)


def test_asking_how_long_is_left_is_no_sign_of_life_but_going_on_is(clock: Clock, user: User) -> None:
    client = browser(user)
    clock.on(minutes=25)
    assert client.get(reverse("session_state")).json() == {"idle": 5 * 60, "total": (11 * 60 + 35) * 60}
    clock.on(minutes=4)
    assert client.get(reverse("session_state")).json()["idle"] == 60
    assert client.post(reverse("session_extend")).json()["idle"] == 30 * 60
    clock.on(minutes=29)
    assert is_in(client)


def test_page_says_how_long_is_left(clock: Clock, user: User) -> None:
    client = browser(user)
    clock.on(seconds=30)
    session = client.get(PAGE).context["session"]
    assert session == {"idle": 30 * 60 - 30, "total": 12 * 60 * 60 - 30, "warning": 5 * 60}


def test_reading_touches_the_session_at_most_once_a_minute(clock: Clock, user: User) -> None:
    client = browser(user)
    clock.on(seconds=59)
    client.get(PAGE)
    assert UserSession.objects.get().seen_at == START
    clock.on(seconds=1)
    client.get(PAGE)
    assert UserSession.objects.get().seen_at == clock.now


def test_database_holds_no_key_that_opens_a_session(user: User) -> None:
    key = browser(user).session.session_key
    row = UserSession.objects.get()
    assert key
    assert key not in str(UserSession.objects.values())
    assert row.public_id.hex not in row.session_key


def test_session_is_listed_with_device_and_address_in_words(user: User) -> None:
    client = browser(user)
    other = browser(user, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit MicroMessenger/8.0.50")
    page = client.get(PAGE).text
    assert "Firefox，Windows 电脑" in page
    assert "微信，苹果手机" in page
    assert "127.0.0.1" in page
    assert "rv:140" not in str(list(UserSession.objects.values("device")))
    assert is_in(other)


def test_own_device_is_signed_out_and_the_log_says_so(user: User) -> None:
    client, lost = browser(user), browser(user, "iPhone MicroMessenger")
    row = UserSession.objects.get(device__startswith="微信")
    client.post(reverse("session_end", args=[row.public_id]))
    assert not is_in(lost)
    assert is_in(client)
    assert AuditEvent.objects.get(action=Action.SESSION_ENDED).subject_id == str(row.public_id)


def test_the_device_in_use_is_not_signed_out_by_the_list(user: User) -> None:
    client = browser(user)
    answer = client.post(reverse("session_end", args=[UserSession.objects.get().public_id]), follow=True)
    assert "请用“退出登录”" in answer.text


def test_all_other_devices_are_signed_out_at_once(user: User) -> None:
    client, others = browser(user), [browser(user), browser(user)]
    client.post(reverse("session_end_others"))
    assert [is_in(other) for other in others] == [False, False]
    assert is_in(client)


def test_administrator_signs_somebody_out_everywhere(user: User) -> None:
    client = browser(user)
    admin = browser(make_user(Role.ADMIN, district=user.district, username="admin"))
    page = admin.get(reverse("account_edit", args=[user.public_id])).text
    assert "Firefox，Windows 电脑" in page
    admin.post(reverse("account_sessions_end", args=[user.public_id]))
    assert not is_in(client)
    assert is_in(admin)


def test_lock_is_shown_and_lifted_on_the_account_page(user: User) -> None:
    for _ in range(5):
        Client().post(reverse("sign_in"), {"username": "teacher", "password": "不是这个"})
    admin = browser(make_user(Role.ADMIN, district=user.district, username="admin"))
    assert "已锁定" in admin.get(reverse("account_edit", args=[user.public_id])).text
    admin.post(reverse("account_unlock", args=[user.public_id]))
    assert is_in(browser(user))


def test_switched_off_account_and_new_code_leave_no_session(user: User) -> None:
    browser(user)
    admin = make_user(Role.ADMIN, district=user.district)
    issue_code(user=user, by=admin, now=START)
    assert not UserSession.objects.filter(user=user).exists()
    browser(admin)
    change_account(user=admin, roles=[Role.ADMIN], is_active=False, by=user)
    assert not UserSession.objects.filter(user=admin).exists()


def test_password_change_ends_the_other_sessions_but_not_this_one(user: User) -> None:
    client, other = browser(user), browser(user)
    new = "沟口第三户院里种着两棵梨树"
    client.post(PAGE, {"current": PASSWORD, "password": new, "repeated": new})
    assert UserSession.objects.filter(user=user).count() == 1
    assert is_in(client)
    assert not is_in(other)


def test_outdated_sessions_are_removed_when_somebody_comes_in(clock: Clock, user: User) -> None:
    browser(user)
    clock.on(hours=13)
    browser(user)
    assert UserSession.objects.count() == 1
