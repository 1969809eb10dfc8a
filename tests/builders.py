"""Plain functions that make rows for tests; every argument has a plausible default."""

from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from pairing_portal.accounts.models import District, Role, School, Teacher, User
from pairing_portal.lib.identifiers import make_resident_id
from pairings.models import (
    Campaign,
    HelpPlan,
    LeadershipMember,
    Pairing,
    Phase,
    Proposal,
    ProposalBatch,
    StudyNote,
)
from students.models import ClassTeacher, Enrolment, Household, Register, RegisterEntry, SchoolClass, Student
from visits.models import Visit

TODAY = date(2018, 5, 10)
YEAR = 2018
PASSWORD = "山路十八弯-2018-visit"
_numbers = count(1)


def make_district(**values: Any) -> District:
    """A district office."""
    number = next(_numbers)
    defaults = {"name": f"第{number}学区", "county": "示例县", "county_office": "示例县教育扶贫办公室"}
    return District.objects.create(**defaults | values)


def make_school(district: District | None = None, **values: Any) -> School:
    """A school of the district."""
    return School.objects.create(
        **{"district": district or make_district(), "name": f"第{next(_numbers)}小学"} | values
    )


def make_user(*roles: Role, district: District | None = None, **values: Any) -> User:
    """An account with its password set, in the given roles."""
    number = next(_numbers)
    user = User(
        **{
            "username": f"user{number}",
            "name": f"用户{number}",
            "district": district,
            "must_set_password": False,
        }
        | values
    )
    user.set_password(PASSWORD)
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_teacher(school: School | None = None, **values: Any) -> Teacher:
    """A teacher in service since 2015."""
    school = school or make_school()
    defaults = {
        "name": "王老师",
        "school": school,
        "district": school.district,
        "started_on": date(2015, 9, 1),
    }
    teacher = Teacher(**defaults | values)
    teacher.clean()
    teacher.save()
    return teacher


def make_class(school: School | None = None, **values: Any) -> SchoolClass:
    """A primary class that entered in 2015: grade 3 in spring 2018."""
    defaults = {
        "school": school or make_school(),
        "stage": "primary",
        "entry_year": 2015,
        "number": next(_numbers),
    }
    return SchoolClass.objects.create(**defaults | values)


def make_class_teacher(school_class: SchoolClass, teacher: Teacher, **values: Any) -> ClassTeacher:
    """The teacher leads the class from September 2017."""
    defaults = {"school_class": school_class, "teacher": teacher, "started_on": date(2017, 9, 1)}
    return ClassTeacher.objects.create(**defaults | values)


def make_student(school_class: SchoolClass | None = None, **values: Any) -> Student:
    """A pupil enrolled in the class since September 2017, with a valid made-up ID number."""
    number = next(_numbers)
    school_class = school_class or make_class()
    id_number = make_resident_id("610899", date(2009, 3, 1 + number % 28), number % 1000)
    defaults = {
        "district": school_class.school.district,
        "name": f"学生{number}",
        "sex": "male",
        "birth_date": date(2009, 3, 1 + number % 28),
        "id_number": id_number,
        "student_number": f"G{id_number}",
        "guardian_name": "监护人",
        "guardian_phone": "13900000000",
        "town": "示例镇",
        "village": "示例村",
    }
    student = Student(**defaults | values)
    student.clean()
    student.save()
    Enrolment.objects.create(student=student, school_class=school_class, started_on=date(2017, 9, 1))
    return student


def make_household(district: District, **values: Any) -> Household:
    """A family."""
    return Household.objects.create(**{"district": district, "head_name": "户主"} | values)


def make_entry(student: Student, **values: Any) -> RegisterEntry:
    """The pupil is on the county-filed register of 2018 from 5 March."""
    defaults = {
        "student": student,
        "year": YEAR,
        "register": Register.COUNTY_FILED,
        "listed_on": date(2018, 3, 5),
        "household_status": "未脱贫",
        "relation_to_head": "子",
    }
    return RegisterEntry.objects.create(**defaults | values)


def make_pairing(student: Student, teacher: Teacher, **values: Any) -> Pairing:
    """The teacher helps the pupil from 11 March 2018."""
    defaults = {"student": student, "teacher": teacher, "started_on": date(2018, 3, 11), "focus": ("study",)}
    return Pairing.objects.create(**defaults | values)


def make_proposal_batch(district: District, **values: Any) -> ProposalBatch:
    """A draft of 2018 with at most four pupils a teacher."""
    return ProposalBatch.objects.create(**{"district": district, "year": YEAR, "cap": 4} | values)


def make_proposal(batch: ProposalBatch, student: Student, teacher: Teacher | None, **values: Any) -> Proposal:
    """The pupil in the class of the day, with the teacher the solver chose."""
    enrolment = student.enrolments.filter(ended_on=None).first()
    defaults = {
        "school_class": enrolment.school_class if enrolment else None,
        "reasons": ["school"],
        "why": "同校",
    }
    return Proposal.objects.create(batch=batch, student=student, teacher=teacher, **defaults | values)


def make_member(teacher: Teacher, **values: Any) -> LeadershipMember:
    """The teacher is a named member of the leading group from 5 March 2018."""
    defaults = {"teacher": teacher, "post": LeadershipMember.Post.MEMBER, "started_on": date(2018, 3, 5)}
    return LeadershipMember.objects.create(**defaults | values)


def make_campaign(district: District, year: int = YEAR) -> Campaign:
    """The year's campaign with the plan's four phases."""
    campaign = Campaign.objects.create(district=district, year=year, report_due_on=date(year, 6, 30))
    days = [((3, 5), (3, 10)), ((3, 11), (6, 20)), ((6, 21), (6, 25)), ((6, 26), (12, 31))]
    for number, (first, last) in enumerate(days, start=1):
        Phase.objects.create(
            campaign=campaign, number=number, starts_on=date(year, *first), ends_on=date(year, *last)
        )
    return campaign


def make_visit(student: Student, teacher: Teacher, **values: Any) -> Visit:
    """A home visit on 1 May 2018."""
    defaults = {
        "student": student,
        "teacher": teacher,
        "teacher_name": teacher.name,
        "student_name": student.name,
        "visited_on": date(2018, 5, 1),
        "way": Visit.Way.HOME,
        "situation": "情况正常。",
    }
    return Visit.objects.create(**defaults | values)


def make_plan(pairing: Pairing, **values: Any) -> HelpPlan:
    """The pairing's help plan for 2018."""
    defaults = {"pairing": pairing, "year": YEAR, "need": "晚上没人辅导", "goal": "数学及格"}
    return HelpPlan.objects.create(**defaults | {"measures": "每周三补课"} | values)


def make_note(student: Student, teacher: Teacher, **values: Any) -> StudyNote:
    """The first study note of spring 2018, on 2 May."""
    defaults = {"student": student, "teacher": teacher, "teacher_name": teacher.name, "words": "作业按时交。"}
    note = StudyNote(**defaults | {"noted_on": date(2018, 5, 2)} | values)
    note.put_in(values.get("slot", 1))
    note.save()
    return note
