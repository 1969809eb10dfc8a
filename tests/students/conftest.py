"""People of one district who look at pupils, and a stranger's district beside it."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from pairing_portal.accounts.models import District, Role, School, Teacher, User
from students.models import SchoolClass
from tests.builders import make_campaign, make_class, make_district, make_school, make_teacher, make_user


@dataclass(frozen=True)
class World:
    """A district this year: one school, a class of grade three, an office clerk and a teacher with an account."""

    district: District
    school: School
    school_class: SchoolClass
    office: User
    teacher: Teacher
    elsewhere: SchoolClass

    @property
    def teacher_user(self) -> User:
        """The teacher's account."""
        assert self.teacher.user is not None
        return self.teacher.user


@pytest.fixture
def world(db: None) -> World:
    """Two districts; the second one only to be kept out."""
    today = timezone.localdate()
    district = make_district()
    school = make_school(district, name="第一小学")
    make_campaign(district, today.year)
    return World(
        district=district,
        school=school,
        school_class=make_class(school, entry_year=today.year - 3, number=1),
        office=make_user(Role.OFFICE, district=district),
        teacher=make_teacher(school, user=make_user(Role.TEACHER, district=district)),
        elsewhere=make_class(),
    )


@pytest.fixture
def office(world: World, client: Client) -> Client:
    """The office clerk's browser."""
    client.force_login(world.office)
    return client


@pytest.fixture
def teacher(world: World) -> Client:
    """The teacher's browser."""
    client = Client()
    client.force_login(world.teacher_user)
    return client
