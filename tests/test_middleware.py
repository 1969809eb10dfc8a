"""Which day and year a request gets, and where it is said to come from."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import AuditEvent
from pairings.models import Pairing
from tests.builders import (
    make_campaign,
    make_class,
    make_district,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.django_db


def at(monkeypatch: pytest.MonkeyPatch, *moment: int) -> None:
    """Set the clock, in UTC: Shanghai is eight hours ahead."""
    instant = datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]  # year to minute
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


def asked(client: Client, name: str = "home") -> Any:
    """The request as the page got it."""
    return client.get(reverse(name)).wsgi_request


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 6, 28, 16, 30), "还有 1 天"),  # 29 June, 00:30
        ((2026, 6, 29, 16, 30), "今天截止"),  # 30 June, 00:30
        ((2026, 6, 30, 15, 59), "今天截止"),  # 30 June, 23:59
        ((2026, 6, 30, 16, 30), "已过 1 天"),  # 1 July, 00:30
    ],
)
def test_a_deadline_lasts_to_the_end_of_its_day_in_shanghai(
    client: Client, monkeypatch: pytest.MonkeyPatch, moment: tuple[int, ...], words: str
) -> None:
    district = make_district()
    make_campaign(district, 2026)
    at(monkeypatch, *moment)
    client.force_login(make_user(Role.OFFICE, district=district))

    assert words in client.get(reverse("campaign_detail", args=[2026])).text


def test_the_year_turns_at_midnight_in_shanghai(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    district = make_district()
    make_campaign(district, 2026)
    at(monkeypatch, 2026, 12, 31, 15, 59)
    user = make_user(Role.OFFICE, district=district)
    client.force_login(user)

    last = asked(client)
    at(monkeypatch, 2026, 12, 31, 16, 30)
    client.force_login(user)  # half an hour is a pause that ends the session
    first = asked(client)

    assert (last.today, last.year, last.day) == (date(2026, 12, 31), 2026, date(2026, 12, 31))
    assert (first.today, first.year, first.day) == (date(2027, 1, 1), 2027, date(2027, 1, 1))


def test_a_year_looked_back_at_answers_for_its_last_day(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    district = make_district()
    make_campaign(district, 2026)
    at(monkeypatch, 2026, 12, 31, 16, 30)
    client.force_login(make_user(Role.OFFICE, district=district))

    client.post(reverse("year_select"), {"year": "2026"})

    assert (asked(client).today, asked(client).day) == (date(2027, 1, 1), date(2026, 12, 31))


def test_a_right_ends_at_midnight_in_shanghai_whatever_year_is_looked_at(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = make_school()
    make_campaign(school.district, 2026)
    user = make_user(Role.TEACHER, district=school.district)
    student = make_student(make_class(school))
    make_pairing(
        student,
        make_teacher(school, user=user),
        ended_on=date(2027, 1, 1),
        end_reason=Pairing.EndReason.OTHER,
    )
    at(monkeypatch, 2026, 12, 31, 15, 59)
    client.force_login(user)

    assert client.get(student.get_absolute_url()).status_code == 200
    client.post(reverse("year_select"), {"year": "2026"})
    at(monkeypatch, 2026, 12, 31, 16, 25)
    assert client.get(student.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("header", "sent", "seen"),
    [
        (None, "203.0.113.9", "127.0.0.1"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "", "127.0.0.1"),
        (("HTTP_X_FORWARDED_PROTO", "https"), "x" * 999, "x" * 45),
    ],
)
def test_the_log_names_the_address_that_our_own_proxy_saw(
    client: Client, settings: LazySettings, header: tuple[str, str] | None, sent: str, seen: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = header
    client.force_login(make_user(Role.OFFICE, district=make_district()))

    client.get(reverse("student_list"), headers={"x-forwarded-for": sent})

    assert AuditEvent.objects.get().address == seen
