"""麻镇 with two schools: 苗沐阳 is handed from 折建国 to 单秀英 and changes school on 1 May 2018."""

from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District, Role, User
from pairing_portal.lib.identifiers import make_resident_id
from pairings.models import Pairing
from students.models import Enrolment, Register, SchoolClass, Student
from tests.builders import (
    make_class,
    make_class_teacher,
    make_district,
    make_entry,
    make_household,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

BEFORE, AFTER = date(2018, 4, 30), date(2018, 5, 1)


@dataclass(frozen=True)
class Town:
    """The office, one pupil on each register, and a pupil of another district whom nobody here may see."""

    office: User
    district: District
    filed: Student
    recognised: Student


def make_town() -> Town:
    """Both registers, three teachers, one of them a class teacher with two pupils."""
    district = make_district(name="麻镇学区", phone="0912-8700000")
    near = make_class(make_school(district, name="中心小学"), number=1)
    far = make_class(make_school(district, name="九年制学校"), entry_year=2013, number=2)
    filed, recognised = _make_filed(near, far), _make_recognised(far)
    _pair(filed, recognised, near, far)
    make_entry(make_student(name="异区学生"))
    return Town(make_user(Role.OFFICE, district=district, name="张主任"), district, filed, recognised)


HOME = {"town": "麻镇", "village": "沙梁村", "village_group": "3组"}
HEAD = {"number": "6110000001", "head_name": "苗有福"}


def _make_filed(near: SchoolClass, far: SchoolClass) -> Student:
    head_id_number = make_resident_id("610899", date(1980, 1, 1), 123)
    filed = make_student(
        near,
        name="苗沐阳",
        id_number="610899201003159018",
        student_number="G610899201003159018",
        is_disabled=True,
        disability_certificate="61089920100315901843",
        guardian_name="苗建国",
        guardian_phone="13812345678",
        household=make_household(near.school.district, head_id_number=head_id_number, **HEAD),
        **HOME,
    )
    make_entry(
        filed,
        poverty_cause="因病",
        household_attribute="低保户",
        household_status="已脱贫",
        household_exit_year=2016,
    )
    first = Enrolment.objects.filter(student=filed)
    first.update(ended_on=AFTER, end_reason=Enrolment.EndReason.TRANSFERRED)
    Enrolment.objects.create(student=filed, school_class=far, started_on=AFTER, is_boarder=True)
    return filed


def _make_recognised(far: SchoolClass) -> Student:
    recognised = make_student(
        far,
        name="=1+1",
        sex="female",
        id_number="",
        student_number="",
        guardian_name="王秀英",
        guardian_relation="祖母",
        guardian_phone="0912-8712345",
        town="麻镇",
        village="王家墕村",
    )
    facts = {
        "main_type": "单亲家庭",
        "further_types": ("孤儿",),
        "grade": "特别困难",
        "situation": "父亲长期患病",
    }
    numbers = {"family_size": 4, "income_per_head": "2300.50", "recognised_on": date(2018, 3, 5)}
    words = {"evidence": "低保证", "remark": "复核过", "relation_to_head": "", "household_status": ""}
    make_entry(recognised, register=Register.DISTRICT_RECOGNISED, **facts, **numbers, **words)
    return recognised


def _pair(filed: Student, recognised: Student, near: SchoolClass, far: SchoolClass) -> None:
    giver = make_teacher(near.school, name="折建国", post="教务主任", phone="13900001111")
    taker = make_teacher(near.school, name="单秀英", post="教师", phone="13900002222")
    leader = make_teacher(far.school, name="杜文", phone="13900003333")
    make_class_teacher(far, leader)
    ended = {"ended_on": AFTER, "end_reason": Pairing.EndReason.HANDED_OVER}
    make_pairing(filed, giver, focus=("thought", "study"), measures="每周补课一次", **ended)
    make_pairing(filed, taker, started_on=AFTER)
    make_pairing(recognised, leader, focus=("living",))
    make_pairing(filed, leader, started_on=date(2018, 3, 12), focus=("mind",))
