"""The log as the administrator reads it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import District, Role
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from tests.builders import make_district, make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def admin(client: Client, district: District) -> Client:
    client.force_login(make_user(Role.ADMIN, district=district, username="admin"))
    return client


def events(client: Client, query: str = "") -> list[Any]:
    return list(client.get(reverse("audit_list") + query).context["page"].rows)


def test_log_is_of_the_own_district_and_names_fields_in_words(admin: Client, district: District) -> None:
    clerk = make_user(Role.OFFICE, district=district, name="办事员")
    record(clerk, Action.CHANGED, make_school(district), fields=["short_name", "name"])
    record(make_user(Role.OFFICE, district=make_district()), Action.CHANGED, make_school())
    found = events(admin)
    assert [(event.actor, event.subject_words, event.field_words) for event in found] == [
        (clerk, "学校", "学校全称、简称")
    ]


def test_log_filters_by_action_person_and_day(admin: Client, district: District) -> None:
    one, two = (make_user(Role.OFFICE, district=district) for _ in range(2))
    record(one, Action.SIGNED_IN)
    record(two, Action.SIGNED_OUT)
    today = timezone.localdate().isoformat()
    assert [event.actor for event in events(admin, "?action=signed_out")] == [two]
    assert [event.actor for event in events(admin, f"?person={one.public_id}")] == [one]
    assert len(events(admin, f"?first={today}&last={today}")) == 2
    assert events(admin, "?last=2018-01-01") == []
    assert len(events(admin, "?action=x&person=x&first=x&last=x")) == 2


@pytest.mark.parametrize(
    "query", ["?first=0001-01-01", "?last=9999-12-31", "?first=1900-01-01&last=2100-12-31"]
)
def test_log_answers_for_days_at_the_ends_of_the_calendar(
    admin: Client, district: District, query: str
) -> None:
    record(make_user(Role.OFFICE, district=district), Action.SIGNED_IN)
    assert len(events(admin, query)) == 1


def test_log_pages_newest_first(
    admin: Client, district: District, django_assert_max_num_queries: Any
) -> None:
    clerk = make_user(Role.OFFICE, district=district)
    for number in range(60):
        record(clerk, Action.SIGNED_IN, "row", subject_id=str(number))
    with django_assert_max_num_queries(10):
        first = admin.get(reverse("audit_list"))
    page = first.context["page"]
    assert page.rows[0].subject_id == "59"
    rest = events(admin, page.next)
    assert [event.subject_id for event in rest] == [str(number) for number in range(9, -1, -1)]
