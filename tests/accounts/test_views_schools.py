"""Schools: entered, corrected, closed, reopened."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import District, Role, School
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import make_class, make_district, make_school, make_student, make_teacher, make_user

pytestmark = pytest.mark.django_db

SUBMISSION = "5f0f6c9e-7a37-4a48-9d0f-0f4b2c9d1a02"


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def office(client: Client, district: District) -> Client:
    client.force_login(make_user(Role.OFFICE, district=district))
    return client


def test_new_school_belongs_to_the_clerks_district(office: Client, district: District) -> None:
    form = {"name": "石山则小学", "short_name": "石山小学", "submission_id": SUBMISSION}
    for _ in range(2):
        assert office.post(reverse("school_new"), form).status_code == 302
    assert School.objects.get().district == district
    assert AuditEvent.objects.filter(action=Action.CREATED).count() == 1


def test_second_school_of_the_name_is_refused_in_words(office: Client, district: District) -> None:
    make_school(district, name="石山则小学")
    make_school(name="另学区同名小学")
    refused = office.post(reverse("school_new"), {"name": "石山则小学", "submission_id": SUBMISSION})
    assert "本学区已有同名学校" in refused.content.decode()
    office.post(reverse("school_new"), {"name": "另学区同名小学", "submission_id": SUBMISSION})
    assert School.objects.filter(district=district).count() == 2


def test_school_list_counts_heads_and_costs_the_same(
    office: Client, district: District, django_assert_max_num_queries: Any
) -> None:
    school = make_school(district)
    make_teacher(school)
    make_teacher(school, ended_on=date(2018, 1, 1), end_reason="retired")
    make_student(make_class(school, entry_year=2018))
    for _ in range(5):
        make_school(district)
    make_school(name="外学区小学")
    with django_assert_max_num_queries(9):
        page = office.get(reverse("school_list"))
    assert "外学区小学" not in page.content.decode()
    counted = next(row for row in page.context["page"].rows if row == school)
    assert (counted.staff, counted.pupils) == (1, 1)


def test_school_with_people_does_not_close(office: Client, district: District) -> None:
    school = make_school(district)
    make_teacher(school)
    make_student(make_class(school))
    address = reverse("school_close", args=[school.public_id])
    refused = office.post(address, {"on": "2018-07-01"})
    assert "还有 1 名在读学生、1 位在职教师" in refused.content.decode()
    assert School.objects.get(pk=school.pk).closed_on is None


def test_empty_school_closes_and_reopens(office: Client, district: District) -> None:
    school = make_school(district)
    office.post(reverse("school_close", args=[school.public_id]), {"on": "2018-07-01"})
    school.refresh_from_db()
    assert school.closed_on == date(2018, 7, 1)
    assert AuditEvent.objects.filter(action=Action.ENDED, subject="accounts.school").exists()
    form = {"name": school.name, "short_name": "", "closed_on": "", "version": str(school.version)}
    office.post(reverse("school_edit", args=[school.public_id]), form)
    school.refresh_from_db()
    assert school.closed_on is None


def test_closing_day_does_not_lie_ahead(office: Client, district: District) -> None:
    school = make_school(district)
    refused = office.post(reverse("school_close", args=[school.public_id]), {"on": "2099-01-01"})
    assert "日期不能晚于今天" in refused.content.decode()


@pytest.mark.parametrize("name", ["school_edit", "school_close"])
def test_school_of_another_district_is_not_there(office: Client, name: str) -> None:
    assert office.get(reverse(name, args=[make_school().public_id])).status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.SCHOOL, Role.TEACHER, Role.COUNTY, Role.AID])
def test_schools_are_kept_by_the_office(client: Client, district: District, role: Role) -> None:
    client.force_login(make_user(role, district=district))
    assert client.get(reverse("school_list")).status_code == 403
    assert client.get(reverse("school_new")).status_code == 403
