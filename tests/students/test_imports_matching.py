"""Whom a row means."""

import pytest

from pairing_portal.accounts.models import User
from students.models import RegisterEntry, Student
from tests.students.rosters import (
    BOY,
    GIRL,
    OTHER,
    SCHOOL,
    bring_in,
    listed,
    made_up,
    make_office,
    make_pupil,
    preview_of,
    receive,
    row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def test_pupil_without_numbers_is_found_by_name_birth_and_guardian(clerk: User) -> None:
    header = ["学校", "年级", "班级", "姓名", "出生日期", "监护人"]
    cells = [SCHOOL, "一年级", "1班", "折小雨", "2010-03-15", "王建国"]
    bring_in(made_up(header, cells), clerk)
    assert bring_in(made_up(header, cells), clerk).counts["unchanged"] == 1


def test_uncertain_namesake_is_shown_and_never_guessed(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    roster = receive(made_up(["学校", "年级", "班级", "姓名"], [SCHOOL, "一年级", "1班", "折小雨"]), clerk)
    problem = preview_of(roster).rows[0].problems[0]
    assert problem.code == "match_uncertain"
    assert "麻镇中心小学一年级1班，监护人王建国" in problem.message


def test_numbers_of_two_pupils_in_one_row_are_refused(clerk: User) -> None:
    header = ["学校", "年级", "班级", "姓名", "身份证号", "学籍号"]
    first = [SCHOOL, "一年级", "1班", "折小雨", BOY, f"G{BOY}"]
    second = [SCHOOL, "一年级", "1班", "单秀", GIRL, f"G{GIRL}"]
    bring_in(made_up(header, first, second), clerk)
    roster = receive(made_up(header, [SCHOOL, "一年级", "1班", "折小雨", BOY, f"G{GIRL}"]), clerk)
    assert [each.code for each in preview_of(roster).rows[0].problems if each.level == "error"] == [
        "numbers_disagree"
    ]


def test_namesakes_with_different_numbers_are_two_pupils(clerk: User) -> None:
    roster = bring_in(listed(row(), row("折小雨", OTHER, 监护人="李秀")), clerk)
    assert (roster.counts["new"], Student.objects.count()) == (2, 2)


def test_same_pupil_in_another_district_is_another_row(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    _, elsewhere = make_office()
    roster = bring_in(listed(row()), elsewhere)
    assert (roster.counts["new"], Student.objects.filter(district=elsewhere.district).count()) == (1, 1)


def test_pupil_entered_by_hand_is_new_to_the_register_only(clerk: User) -> None:
    pupil = make_pupil(clerk)
    bring_in(listed(row()), clerk)
    assert (Student.objects.count(), RegisterEntry.objects.get().student) == (1, pupil)
