"""The office of one district with another district beside it."""

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.pairings.batches import Town
from tests.pairings.office import Office


@pytest.fixture
def office(client: Client) -> Office:
    school = make_school(name="麻镇小学")
    make_campaign(school.district)
    user = make_user(Role.OFFICE, district=school.district)
    client.force_login(user)
    client.post(reverse("year_select"), {"year": "2018"})
    stranger = make_teacher(make_school(name="异区小学"), name="异区教师")
    make_pairing(make_student(make_class(stranger.school), name="异区学生"), stranger)
    return Office(
        client,
        user,
        make_class(school, number=1),
        make_teacher(school, name="折建国"),
        make_teacher(school, name="单秀英"),
    )


@pytest.fixture
def town(db: None) -> Town:
    """One school with a class, its teacher and a colleague."""
    school = make_school(name="麻镇小学")
    school_class = make_class(school, number=1)
    leading = make_teacher(school, name="折建国")
    make_class_teacher(school_class, leading)
    return Town(
        school=school,
        school_class=school_class,
        leading=leading,
        colleague=make_teacher(school, name="单秀英"),
        office=make_user(Role.OFFICE, district=school.district),
        leader=make_user(Role.LEADER, district=school.district),
    )
