"""附件3 of the sample district says exactly the 70 pairs of its list."""

from datetime import date

import pytest

from pairing_portal.accounts.models import School, Teacher, User
from reports.models import Edition
from students.models import Enrolment, Register
from tests.builders import make_pairing, make_teacher
from tests.reports.sheets import issued
from tests.students.rosters import COUNTY_2018, DISTRICT_2018, TRUTH, bring_in, make_office, workbook

PAIRED_ON = date(2018, 3, 10)
PAIRS = TRUTH["附件3-结对名单-2018.xlsx"]["pairs"]


@pytest.fixture
def office(db: None) -> User:
    """Both registers brought in, and the pairs of the list made."""
    user = make_office()[1]
    bring_in(workbook(COUNTY_2018), user)
    bring_in(workbook(DISTRICT_2018), user, register=Register.DISTRICT_RECOGNISED)
    places = Enrolment.objects.select_related("student", "school_class__school")
    pupils = {(place.student.name, place.school_class.school.name): place.student for place in places}
    teachers = _teachers()
    for pair in PAIRS:
        student = pupils[pair["student"], pair["student_school"]]
        make_pairing(student, teachers[pair["teacher"], pair["teacher_school"]], started_on=PAIRED_ON)
    return user


def _teachers() -> dict[tuple[str, str], Teacher]:
    schools = {school.name: school for school in School.objects.all()}
    names = {(pair["teacher"], pair["teacher_school"]) for pair in PAIRS}
    return {(name, school): make_teacher(schools[school], name=name) for name, school in names}


@pytest.mark.parametrize("edition", [Edition.FULL, Edition.SCHOOL])
def test_pairs_are_those_of_the_list(office: User, edition: Edition) -> None:
    sheet = issued(office, 3, edition, PAIRED_ON)
    told = [(row["帮扶教师"], row["所在学校"], row["帮扶学生姓名"], row["学校"]) for row in sheet.rows]
    truth = [
        (pair["teacher"], pair["teacher_school"], pair["student"], pair["student_school"]) for pair in PAIRS
    ]
    assert sorted(told) == sorted(truth)
    teachers, pupils = {pair[:2] for pair in truth}, {pair[2:] for pair in truth}
    assert sheet.foot[0] == f"合计：教师 {len(teachers)} 人，学生 {len(pupils)} 人，结对 70 对"


def test_no_pair_stands_on_the_list_the_day_before(office: User) -> None:
    assert issued(office, 3, Edition.FULL, date(2018, 3, 9)).rows == []


def test_pupils_of_a_teacher_stand_together(office: User) -> None:
    rows = issued(office, 3, Edition.FULL, PAIRED_ON).rows
    teachers = [(row["所在学校"], row["帮扶教师"]) for row in rows]
    runs = [name for place, name in enumerate(teachers) if place == 0 or teachers[place - 1] != name]
    assert len(runs) == len(set(teachers))
    assert [school for school, _ in runs] == sorted(school for school, _ in runs)
