"""Coming in with a password or a slip, and going out again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.actions import issue_code
from pairing_portal.accounts.models import Role, User
from pairing_portal.audit.models import Action, AuditEvent, Outcome
from tests.builders import PASSWORD, make_campaign, make_district, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "沟口第三户院里种着两棵梨树"
SIGN_IN = "/sign-in/"


def test_password_opens_the_desk_and_is_logged(client: Client) -> None:
    user = make_user(Role.OFFICE, district=make_district(), username="office")
    response = client.post(SIGN_IN, {"username": "Office", "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert AuditEvent.objects.get(action=Action.SIGNED_IN).actor == user


def test_wrong_password_and_unknown_name_read_the_same(client: Client) -> None:
    make_user(Role.OFFICE, district=make_district(), username="office")
    wrong = client.post(SIGN_IN, {"username": "office", "password": "不是这个"}).content.decode()
    unknown = client.post(SIGN_IN, {"username": "nobody", "password": "不是这个"}).content.decode()
    assert "登录名或密码不正确" in wrong
    assert _error(wrong) == _error(unknown)


def _error(page: str) -> str:
    return page[page.index("error-summary") : page.index("id_username")].partition("</div>")[0]


def test_failed_try_is_logged_without_an_unknown_name(client: Client) -> None:
    user = make_user(Role.OFFICE, district=make_district(), username="office")
    client.post(SIGN_IN, {"username": "office", "password": "不是这个"})
    client.post(SIGN_IN, {"username": "zhangsan-secret", "password": "不是这个"})
    events = AuditEvent.objects.filter(action=Action.SIGN_IN_FAILED, outcome=Outcome.FAILED).order_by("pk")
    assert [event.actor for event in events] == [user, None]
    assert [event.subject_id for event in events] == [str(user.public_id), ""]
    assert "zhangsan" not in str(list(events.values()))


def test_switched_off_account_stays_out(client: Client) -> None:
    make_user(Role.OFFICE, district=make_district(), username="office", is_active=False)
    response = client.post(SIGN_IN, {"username": "office", "password": PASSWORD})
    assert "登录名或密码不正确" in response.content.decode()


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "blanks"])
def test_code_works_however_it_is_typed(client: Client, typed: str) -> None:
    user = make_user(Role.TEACHER, district=make_district(), username="teacher")
    code = issue_code(user=user, by=None, now=timezone.now()).code
    spellings = {"lower": code.lower().replace("-", ""), "blanks": code.replace("-", " ")}
    response = client.post(
        SIGN_IN, {"username": "teacher", "password": spellings.get(typed, typed.format(code))}
    )
    assert response.status_code == 302


def test_expired_code_is_refused_with_a_sentence(client: Client) -> None:
    user = make_user(Role.TEACHER, district=make_district(), username="teacher")
    code = issue_code(user=user, by=None, now=timezone.now() - timedelta(days=14, seconds=1)).code
    response = client.post(SIGN_IN, {"username": "teacher", "password": code})
    assert "一次性登录码已过有效期" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_next_leads_only_to_pages_of_the_portal(client: Client) -> None:
    make_user(Role.OFFICE, district=make_district(), username="office")
    sign_in = {"username": "office", "password": PASSWORD}
    away = client.post(SIGN_IN, sign_in | {"next": "https://example.com/"})
    assert away["Location"] == reverse("home")
    client.post(reverse("sign_out"))
    inside = client.post(SIGN_IN, sign_in | {"next": "/teachers/"})
    assert inside["Location"] == "/teachers/"


@pytest.mark.parametrize(
    "wanted", ["nowhere", "account_list", "teachers/", "\\\\example.com", "javascript:alert(1)"]
)
def test_next_that_is_no_path_leads_to_the_desk(client: Client, wanted: str) -> None:
    client.force_login(make_user(Role.OFFICE, district=make_district()))

    assert client.get(SIGN_IN, {"next": wanted})["Location"] == reverse("home")


def test_first_sign_in_sets_a_password_before_anything_else(client: Client) -> None:
    user = make_user(Role.OFFICE, district=make_district(), username="office")
    code = issue_code(user=user, by=None, now=timezone.now()).code
    client.post(SIGN_IN, {"username": "office", "password": code})
    held_back = client.get(reverse("teacher_list"))
    assert held_back["Location"] == reverse("first_password")
    client.post(reverse("first_password"), {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD})
    assert client.get(reverse("teacher_list")).status_code == 200
    assert User.objects.get().check_password(NEW_PASSWORD)
    assert not User.objects.get().check_password(code.replace("-", ""))
    assert AuditEvent.objects.filter(action=Action.PASSWORD_SET, actor=user).exists()


@pytest.mark.parametrize(
    ("password", "repeated", "sentence"),
    [
        ("短", "短", "至少要 12 位"),
        ("123456789012", "123456789012", "密码太容易被猜到"),
        (NEW_PASSWORD, "沟口第三户院里种着两棵枣树", "两次输入的密码不一样"),
    ],
)
def test_weak_or_mistyped_first_password_is_refused(
    client: Client, password: str, repeated: str, sentence: str
) -> None:
    user = make_user(Role.TEACHER, district=make_district(), must_set_password=True)
    client.force_login(user)
    response = client.post(reverse("first_password"), {"password": password, "repeated": repeated})
    assert sentence in response.content.decode()
    assert User.objects.get().must_set_password


def test_password_change_asks_for_the_present_one(client: Client) -> None:
    client.force_login(make_user(Role.TEACHER, district=make_district()))
    new = {"password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    refused = client.post(reverse("password_change"), new | {"current": "不是这个"})
    assert "现在的密码不正确" in refused.content.decode()
    client.post(reverse("password_change"), new | {"current": PASSWORD})
    assert User.objects.get().check_password(NEW_PASSWORD)
    assert client.get(reverse("password_change")).status_code == 200


def test_password_change_signs_other_devices_out(client: Client) -> None:
    user = make_user(Role.TEACHER, district=make_district())
    other = Client()
    client.force_login(user)
    other.force_login(user)
    client.post(
        reverse("password_change"), {"current": PASSWORD, "password": NEW_PASSWORD, "repeated": NEW_PASSWORD}
    )
    assert client.get(reverse("password_change")).status_code == 200
    assert other.get(reverse("password_change"))["Location"].startswith(SIGN_IN)


def test_sign_out_is_a_post_and_ends_the_session(client: Client) -> None:
    client.force_login(make_user(Role.TEACHER, district=make_district()))
    assert client.get(reverse("sign_out")).status_code == 405
    client.post(reverse("sign_out"))
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.filter(action=Action.SIGNED_OUT).exists()


def test_health_says_ok_to_anybody(client: Client) -> None:
    assert client.get(reverse("health")).content == b"ok"


def test_year_is_chosen_among_the_campaigns(client: Client) -> None:
    district = make_district()
    make_campaign(district, 2018)
    make_campaign(district, 2019)
    client.force_login(make_user(Role.OFFICE, district=district))
    chosen = client.post(reverse("year_select"), {"year": "2018", "next": "/teachers/"})
    assert chosen["Location"] == "/teachers/"
    assert client.get(reverse("teacher_list")).context["selected_year"] == 2018
    client.post(reverse("year_select"), {"year": "1999", "next": "//example.com/"})
    assert client.get(reverse("teacher_list")).context["selected_year"] == 2018


def test_new_year_without_a_campaign_shows_itself_and_offers_the_years_before(client: Client) -> None:
    district = make_district()
    make_campaign(district, 2018)
    client.force_login(make_user(Role.TEACHER, district=district))
    page = client.get(reverse("home")).context
    today = timezone.localdate()
    assert (page["selected_year"], page["day"]) == (today.year, today)
    assert list(page["years"]) == [today.year, 2018]


def test_rights_follow_the_present_on_the_next_request(client: Client) -> None:
    user = make_user(Role.OFFICE, district=make_district())
    client.force_login(user)
    assert client.get(reverse("teacher_new")).status_code == 200
    user.groups.clear()
    assert client.get(reverse("teacher_new")).status_code == 403
    assert AuditEvent.objects.get(action=Action.DENIED).subject == "teacher_new"
    user.is_active = False
    user.save()
    assert client.get(reverse("teacher_new"))["Location"].startswith(SIGN_IN)
