"""Sign-in names and codes as they are made."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairing_portal.accounts.actions import create_teacher_accounts, issue_code, normalised_code
from pairing_portal.accounts.actions.accounts import CODE_ALPHABET, link_teacher
from pairing_portal.accounts.models import Role
from tests.builders import make_district, make_school, make_teacher, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "username"),
    [("单秀英", "shanxiuying"), ("阿卜杜拉提甫·买买提", "abodulatifu"), ("刘𬭎", "liu"), ("·", "teacher")],
)
def test_sign_in_name_can_be_typed_on_any_keyboard(name: str, username: str) -> None:
    district = make_district()
    teacher = make_teacher(make_school(district), name=name)
    admin = make_user(Role.ADMIN, district=district)
    (slip,) = create_teacher_accounts(teachers=[teacher], by=admin, now=timezone.now())
    assert slip.user.username.isascii()
    assert slip.user.username.startswith(username[:3])


def test_sign_in_names_in_other_letter_case_count_as_taken() -> None:
    district = make_district()
    teacher = make_teacher(make_school(district), name="单秀英")
    make_user(Role.OFFICE, district=district, username="ShanXiuying")
    admin = make_user(Role.ADMIN, district=district)
    (slip,) = create_teacher_accounts(teachers=[teacher], by=admin, now=timezone.now())
    assert slip.user.username == "shanxiuying2"


def test_code_has_no_letters_that_look_alike_and_lasts_14_days() -> None:
    user, now = make_user(Role.TEACHER), timezone.now()
    slip = issue_code(user=user, by=None, now=now)
    assert set(normalised_code(slip.code)) <= set(CODE_ALPHABET)
    assert not set("01ILO") & set(CODE_ALPHABET)
    assert user.code_expires_at == now + timedelta(days=14)
    assert user.must_set_password


def test_teacher_who_loses_the_account_stands_at_a_new_version() -> None:
    teacher = make_teacher(make_school(make_district()))
    user = make_user(Role.TEACHER, district=teacher.district)
    admin = make_user(Role.ADMIN, district=teacher.district)
    link_teacher(user=user, teacher=teacher, by=admin)
    link_teacher(user=user, teacher=None, by=admin)
    teacher.refresh_from_db()
    assert (teacher.user, teacher.version) == (None, 3)
