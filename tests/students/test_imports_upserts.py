"""Many rows in one statement: as many queries for two rows as for forty, and nothing written that was not meant."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from pairing_portal.accounts.models import Role, User
from students.imports.upserts import insert, overwrite
from students.models import Household, Student
from tests.builders import make_class, make_district, make_student, make_user

pytestmark = pytest.mark.django_db
NUMBER = "610899201003159018"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office."""
    return make_user(Role.OFFICE, district=make_district())


def pupils(clerk: User, count: int) -> list[Student]:
    """Pupils of the clerk's district that are not stored yet, each in a household of their own."""
    assert clerk.district is not None
    homes = [Household(district=clerk.district, head_name="折守业") for _ in range(count)]
    return [
        Student(district=clerk.district, name=f"折{number}", household=home)
        for number, home in enumerate(homes)
    ]


@pytest.mark.parametrize("count", [2, 40])
def test_insert_takes_three_queries_and_gives_every_row_its_own_key(
    clerk: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = pupils(clerk, count)
    with django_assert_num_queries(6):
        insert([student.household for student in new if student.household], clerk)
        insert(new, clerk)
    stored = Student.objects.in_bulk([student.pk for student in new])
    assert [stored[student.pk].public_id for student in new] == [student.public_id for student in new]
    assert [stored[student.pk].household_id for student in new] == [student.household_id for student in new]
    assert {student.created_by_id for student in stored.values()} == {clerk.pk}


def test_insert_seals_secret_numbers_and_leaves_them_findable(clerk: User) -> None:
    student = pupils(clerk, 1)[0]
    student.household, student.id_number = None, NUMBER
    insert([student], clerk)
    assert Student.objects.with_id_number(NUMBER).get().id_number == NUMBER


def test_insert_takes_a_quote_or_a_percent_sign_as_text(clerk: User) -> None:
    student = pupils(clerk, 1)[0]
    student.household, student.name = None, "%s'); DROP--\""
    insert([student], clerk)
    assert Student.objects.get(pk=student.pk).name == student.name


def test_insert_lets_the_database_have_the_last_word(clerk: User) -> None:
    first, second = pupils(clerk, 2)
    for student in (first, second):
        student.household, student.id_number = None, NUMBER
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([first, second], clerk)
    assert not Student.objects.exists()


@pytest.mark.parametrize("count", [2, 40])
def test_overwrite_takes_one_query_and_leaves_other_columns_alone(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school_class = make_class()
    changed = [make_student(school_class, name=f"折{number}") for number in range(count)]
    Student.objects.update(village="王家墕村")  # by somebody else, meanwhile
    for student in changed:
        student.guardian_phone = "13800000001"
    with django_assert_num_queries(1):
        overwrite([*changed, changed[0]], ["guardian_phone"])
    stored = list(Student.objects.all())
    assert {(each.guardian_phone, each.village, each.version) for each in stored} == {
        ("13800000001", "王家墕村", 2)
    }
    assert len(stored) == count
