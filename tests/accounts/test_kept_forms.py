"""What was typed before the session ended comes back to whoever typed it, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.kept_forms import MARK, mark_of
from pairing_portal.accounts.models import KeptForm, Role, School, User, UserSession
from tests.builders import PASSWORD, make_district, make_school, make_user

pytestmark = pytest.mark.django_db

NEW, BACK = reverse("school_new"), {"referer": "http://testserver/schools/new/"}
TYPED = {"name": "沟口教学点", "short_name": "沟口"}


@pytest.fixture
def office() -> User:
    return make_user(Role.OFFICE, district=make_district(), username="office")


def signed_in(client: Client, user: User) -> Any:
    """Sign in by the form and go where it leads."""
    return client.post(
        reverse("sign_in"), {"username": user.username, "password": PASSWORD, "next": NEW}, follow=True
    )


def filled_in(client: Client, user: User, **more: str) -> dict[str, str]:
    """The form as the page showed it to the person, filled in."""
    client.force_login(user)
    form = client.get(NEW).context["form"]
    return {**TYPED, "submission_id": str(form["submission_id"].value()), MARK: mark_of(user), **more}


def sent_too_late(client: Client, user: User, address: str = NEW, **more: str) -> Any:
    """Fill the form in, lose the session, and send it."""
    fields = filled_in(client, user, **more)
    UserSession.objects.all().delete()
    return client.post(address, fields, headers=BACK)


def test_form_sent_after_the_session_ended_comes_back_filled_in_and_is_stored_once(
    client: Client, office: User
) -> None:
    answer = sent_too_late(client, office)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('sign_in')}?next={NEW}")
    assert "没有丢失" in client.get(answer["Location"]).text

    page = signed_in(client, office)
    assert page.request["PATH_INFO"] == NEW
    assert "您刚才填写的内容还在" in page.text
    form = page.context["form"]
    assert (form["name"].value(), form["short_name"].value()) == ("沟口教学点", "沟口")
    assert not School.objects.exists()

    again = {**TYPED, "submission_id": str(form["submission_id"].value())}
    client.post(NEW, again)
    client.post(NEW, again)
    assert School.objects.count() == 1
    assert not KeptForm.objects.exists()
    assert "您刚才填写的内容还在" not in client.get(NEW).text


def test_what_is_kept_is_sealed_and_named_in_no_address_or_cookie(client: Client, office: User) -> None:
    answer = sent_too_late(client, office)
    kept = KeptForm.objects.get()
    assert "沟口" not in str(list(KeptForm.objects.values()))
    assert kept.data["name"] == "沟口教学点"
    assert MARK not in kept.data
    assert "%E6" not in answer["Location"]
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def test_somebody_else_signing_in_there_gets_nothing(client: Client, office: User) -> None:
    colleague = make_user(Role.OFFICE, district=office.district, username="colleague")
    sent_too_late(client, office)
    page = signed_in(client, colleague)
    assert page.request["PATH_INFO"] == NEW
    assert "沟口" not in page.text
    assert "沟口" not in client.get(reverse("kept_form_list")).text
    assert KeptForm.objects.get().user == office


@pytest.mark.parametrize("mark", ["", "1", "1:1abc:forged", "折:家:坪"])
def test_form_without_our_mark_is_not_kept(client: Client, office: User, mark: str) -> None:
    sent_too_late(client, office, **{MARK: mark})
    assert not KeptForm.objects.exists()


def test_mark_of_yesterday_and_of_a_closed_account_keeps_nothing(
    client: Client, office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = filled_in(client, office)
    UserSession.objects.all().delete()
    User.objects.update(is_active=False)
    client.post(NEW, fields)
    User.objects.update(is_active=True)
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 25 * 3600)
    client.post(NEW, fields)
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("name", ["sign_in", "password_change", "first_password", "sign_out"])
def test_passwords_are_never_kept(client: Client, office: User, name: str) -> None:
    fields = {MARK: mark_of(office), "password": "很长的密码很长的密码", "current": PASSWORD}
    client.post(reverse(name), fields)
    assert not KeptForm.objects.exists()


def test_fields_called_like_secrets_are_left_out_of_any_form(client: Client, office: User) -> None:
    sent_too_late(client, office, password="很长的密码", current=PASSWORD, code="ABCD")
    assert set(KeptForm.objects.get().data) == {*TYPED, "submission_id"}


def test_file_has_to_be_chosen_again_and_the_page_says_so(client: Client, office: User) -> None:
    new = reverse("import_new")
    client.force_login(office)
    client.get(new)
    UserSession.objects.all().delete()
    file = SimpleUploadedFile("名单.xlsx", b"x")
    fields = {MARK: mark_of(office), "file": file, "note": "2018"}
    client.post(new, fields, headers={"referer": f"http://testserver{new}"})
    assert "文件需要重新选择" in signed_in(client, office).text


def test_answer_to_an_address_without_a_page_waits_to_be_sent_on(client: Client, office: User) -> None:
    address = reverse("student_list_search")
    sent_too_late(client, office, address, name="张三丰")
    page = signed_in(client, office)
    assert page.request["PATH_INFO"] == reverse("kept_form_list")
    assert f'action="{address}"' in page.text
    assert "张三丰" in page.text


def test_press_of_a_button_leads_back_to_its_page_instead_of_an_error(client: Client, office: User) -> None:
    school = make_school(office.district)
    page = reverse("school_edit", args=[school.public_id])
    UserSession.objects.all().delete()
    client.post(
        reverse("import_discard", args=[school.public_id]),
        {MARK: mark_of(office)},
        headers={"referer": f"http://testserver{page}"},
    )
    assert signed_in(client, office).request["PATH_INFO"] == page
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("told", ["https://example.com/x/", "http://testserver:99/x/", "javascript:1", ""])
def test_page_elsewhere_is_not_led_to(client: Client, office: User, told: str) -> None:
    fields = filled_in(client, office)
    UserSession.objects.all().delete()
    client.post(NEW, fields, headers={"referer": told})
    assert KeptForm.objects.get().page == NEW


def test_what_is_not_wanted_any_more_is_dropped(client: Client, office: User) -> None:
    sent_too_late(client, office)
    signed_in(client, office)
    client.post(reverse("kept_form_discard", args=[KeptForm.objects.get().public_id]))
    assert "沟口" not in client.get(NEW).text
    assert not KeptForm.objects.exists()


def test_kept_forms_are_gone_after_a_day(client: Client, office: User) -> None:
    sent_too_late(client, office)
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert "沟口" not in signed_in(client, office).text
    sent_too_late(client, office, reverse("teacher_new"))
    assert KeptForm.objects.count() == 1


def test_nobody_fills_the_table(client: Client, office: User) -> None:
    fields = filled_in(client, office)
    UserSession.objects.all().delete()
    for number in range(25):
        client.post(f"{NEW}?n={number}", fields)
    client.post(f"{NEW}?huge", {**fields, "name": "长" * 200_000})
    client.post(f"{NEW}?{'n' * 400}", fields)
    assert KeptForm.objects.count() == 20


def test_form_older_than_the_sign_in_is_kept_and_shown_again(office: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    fields = filled_in(browser, office)
    refused = browser.post(NEW, fields, headers=BACK)
    assert refused.status_code == 403
    assert "您填写的内容没有丢失" in refused.text
    assert f'href="{NEW}"' in refused.text
    assert browser.get(NEW).context["form"]["name"].value() == "沟口教学点"


def test_form_of_a_colleague_on_this_computer_is_kept_for_the_colleague(office: User) -> None:
    colleague = make_user(Role.OFFICE, district=office.district, username="colleague")
    browser = Client(enforce_csrf_checks=True)
    fields = filled_in(browser, colleague)
    browser.force_login(office)
    refused = browser.post(NEW, fields, headers=BACK)
    assert "另一个账号" in refused.text
    assert "沟口" not in refused.text
    assert KeptForm.objects.get().user == colleague


def test_forged_form_is_refused_and_not_kept(office: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(office)
    refused = browser.post(NEW, TYPED, headers={"referer": "https://example.com/"})
    assert refused.status_code == 403
    assert "没有保存" in refused.text
    assert not KeptForm.objects.exists()
