"""The pages of the attachments: defaults that need no choosing, a file that is logged, a register of exports."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Role, Teacher, User
from pairing_portal.audit.models import Action, AuditEvent
from reports.models import Edition, Export
from students.models import SchoolClass
from tests.builders import (
    make_campaign,
    make_class,
    make_district,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.reports.sheets import printed

Budget = Callable[..., Any]


@pytest.fixture
def school_class(db: None) -> SchoolClass:
    """A class of a district with this year's campaign, for rights follow the real today."""
    district = make_district(name="麻镇学区")
    make_campaign(district, timezone.localdate().year)
    return make_class(make_school(district), entry_year=timezone.localdate().year - 3)


@pytest.fixture
def office(school_class: SchoolClass) -> User:
    return make_user(Role.OFFICE, district=school_class.school.district)


@pytest.fixture
def clerk(office: User, client: Client) -> Client:
    """The office's browser."""
    client.force_login(office)
    return client


def _list_and_pair(school_class: SchoolClass, teacher: Teacher, count: int) -> None:
    today = timezone.localdate()
    for _ in range(count):
        student = make_student(school_class)
        make_entry(student, year=today.year, listed_on=date(today.year, 1, 1))
        make_pairing(student, teacher, started_on=today - timedelta(days=1))


def _sent(form: Any) -> dict[str, Any]:
    """What the browser sends when nothing is touched but the button."""
    return {field.html_name: field.value() or "" for field in form}


def test_defaults_are_enough_for_a_download(clerk: Client, school_class: SchoolClass) -> None:
    _list_and_pair(school_class, make_teacher(school_class.school), 2)
    cards = clerk.get(reverse("attachment_list")).context["cards"]
    assert [(card.count, card.unit) for card in cards] == [(2, "人"), (0, "人"), (2, "对")]
    for number, card in enumerate(cards, start=1):
        answer = clerk.post(reverse("attachment_export", args=[number]), _sent(card.form))
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(printed(answer.content).rows) == card.count
    assert list(Export.objects.values_list("edition", flat=True)) == [Edition.SCHOOL] * 3


def test_file_has_a_plain_chinese_name(clerk: Client) -> None:
    day = timezone.localdate().isoformat()
    answer = clerk.post(reverse("attachment_export", args=[3]), {"edition": "school", "as_of": day})
    assert f"附件3-结对名单-校内版-{day}.xlsx" in unquote(answer.headers["Content-Disposition"])


def test_full_edition_without_reason_shows_the_page_again(clerk: Client) -> None:
    day = timezone.localdate().isoformat()
    answer = clerk.post(reverse("attachment_export", args=[1]), {"edition": "full", "as_of": day})
    assert "请写明导出事由" in answer.content.decode()
    assert not Export.objects.exists()


def test_reason_stands_in_the_log(clerk: Client, office: User) -> None:
    data = {"edition": "full", "as_of": timezone.localdate().isoformat(), "reason": "报送县教育扶贫办公室"}
    clerk.post(reverse("attachment_export", args=[2]), data)
    event = AuditEvent.objects.get(action=Action.EXPORTED)
    assert (event.actor, event.reason, event.count) == (office, "报送县教育扶贫办公室", 0)


def test_unknown_attachment_is_missing(clerk: Client) -> None:
    assert clerk.post(reverse("attachment_export", args=[9])).status_code == 404


@pytest.mark.parametrize("role", [Role.AID, Role.SCHOOL, Role.LEADER, Role.TEACHER, Role.COUNTY])
def test_only_the_office_takes_attachments_out(school_class: SchoolClass, client: Client, role: Role) -> None:
    client.force_login(make_user(role, district=school_class.school.district))
    assert client.get(reverse("attachment_list")).status_code == 403
    assert client.get(reverse("export_list")).status_code == 403
    assert client.post(reverse("attachment_export", args=[1])).status_code == 403


@pytest.mark.parametrize("count", [3, 30])
def test_page_and_file_cost_the_same_for_any_number(
    clerk: Client, school_class: SchoolClass, count: int, django_assert_max_num_queries: Budget
) -> None:
    _list_and_pair(school_class, make_teacher(school_class.school), count)
    with django_assert_max_num_queries(24):
        clerk.get(reverse("attachment_list"))
    day = timezone.localdate().isoformat()
    with django_assert_max_num_queries(20):
        clerk.post(reverse("attachment_export", args=[3]), {"edition": "school", "as_of": day})


def test_register_of_exports_shows_the_own_district_newest_first(clerk: Client) -> None:
    day = timezone.localdate().isoformat()
    for number in (1, 3):
        clerk.post(reverse("attachment_export", args=[number]), {"edition": "school", "as_of": day})
    stranger = Client()
    stranger.force_login(make_user(Role.OFFICE, district=make_district()))
    stranger.post(reverse("attachment_export", args=[2]), {"edition": "school", "as_of": day})
    rows = clerk.get(reverse("export_list")).context["page"].rows
    assert [row.attachment for row in rows] == [3, 1]
    narrowed = clerk.get(reverse("export_list"), {"attachment": "1", "edition": "school"})
    assert [row.attachment for row in narrowed.context["page"].rows] == [1]


def test_register_of_exports_costs_the_same_for_any_number(
    clerk: Client, django_assert_max_num_queries: Budget
) -> None:
    day = timezone.localdate().isoformat()
    for number in (1, 2, 3, 1, 2, 3):
        clerk.post(reverse("attachment_export", args=[number]), {"edition": "school", "as_of": day})
    with django_assert_max_num_queries(10):
        clerk.get(reverse("export_list"))
