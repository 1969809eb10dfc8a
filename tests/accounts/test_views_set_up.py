"""The first run: an administrator alone, then a district."""

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import District, Role
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import make_district, make_school, make_user

pytestmark = pytest.mark.django_db

DISTRICT = {
    "name": "清水川学区",
    "county": "示例县",
    "town": "清水乡",
    "county_office": "示例县教育扶贫办公室",
}
SUBMISSION = "5f0f6c9e-7a37-4a48-9d0f-0f4b2c9d1a01"


@pytest.mark.parametrize(
    "name", ["school_list", "teacher_list", "account_list", "audit_list", "district_edit"]
)
def test_first_administrator_is_led_to_the_set_up(client: Client, name: str) -> None:
    client.force_login(make_user(Role.ADMIN))
    assert client.get(reverse(name))["Location"] == reverse("setup")


def test_first_step_makes_the_district_and_places_the_administrator_in_it(client: Client) -> None:
    admin = make_user(Role.ADMIN)
    client.force_login(admin)
    assert "建立学区" in client.get(reverse("setup")).content.decode()
    client.post(reverse("setup"), DISTRICT | {"submission_id": SUBMISSION})
    admin.refresh_from_db()
    assert admin.district == District.objects.get(name="清水川学区")
    page = client.get(reverse("setup")).content.decode()
    assert "下一步：学校" in page
    assert AuditEvent.objects.get(action=Action.CREATED).district_id == admin.district_id


def test_sending_the_first_step_twice_makes_one_district(client: Client) -> None:
    client.force_login(make_user(Role.ADMIN))
    for _ in range(2):
        client.post(reverse("setup"), DISTRICT | {"submission_id": SUBMISSION})
    assert District.objects.count() == 1


def test_district_without_a_name_is_asked_for_again(client: Client) -> None:
    client.force_login(make_user(Role.ADMIN))
    response = client.post(reverse("setup"), {"name": " ", "county": "示例县", "submission_id": SUBMISSION})
    assert "请先改正下面的问题" in response.content.decode()
    assert not District.objects.exists()


def test_set_up_shows_what_is_done(client: Client) -> None:
    district = make_district()
    make_school(district)
    make_school()
    client.force_login(make_user(Role.ADMIN, district=district))
    page = client.get(reverse("setup")).content.decode()
    assert "已有 1 所" in page
    assert "下一步：年度活动与四个阶段" in page


def test_district_settings_are_edited_and_logged(client: Client) -> None:
    district = make_district()
    client.force_login(make_user(Role.ADMIN, district=district))
    form = DISTRICT | {"visit_interval_days": "45", "version": "1"}
    assert client.post(reverse("district_edit"), form).status_code == 302
    district.refresh_from_db()
    assert (district.name, district.visit_interval_days) == ("清水川学区", 45)
    assert "visit_interval_days" in AuditEvent.objects.get(action=Action.CHANGED).fields


def test_district_edited_from_an_old_page_shows_both_texts(client: Client) -> None:
    district = make_district()
    client.force_login(make_user(Role.ADMIN, district=district))
    form = DISTRICT | {"visit_interval_days": "45", "version": "1"}
    client.post(reverse("district_edit"), form)
    stale = client.post(reverse("district_edit"), form | {"phone": "0912-1234567", "version": "1"})
    assert "这条记录刚被他人修改" in stale.content.decode()
    district.refresh_from_db()
    assert district.phone == ""


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.TEACHER, Role.COUNTY])
def test_set_up_is_for_administrators(client: Client, role: Role) -> None:
    client.force_login(make_user(role, district=make_district()))
    assert client.get(reverse("setup")).status_code == 403
    assert client.get(reverse("district_edit")).status_code == 403
