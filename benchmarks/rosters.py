"""Made-up pupils by the thousand, each the same in every run; ID numbers carry the county code kept for tests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from pairing_portal.lib.identifiers import make_resident_id
from pairing_portal.lib.school_years import Stage, grade_name, school_year

COUNTY = "610899"
IMPORT_SCHOOLS = 5
GRADES = 6
CLASS_SIZE = 40
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑折单曾解"
GIVEN = "子轩雨桐浩然欣怡梓涵宇航思琪博文佳慧俊杰诗晴明哲若曦志强晓燕建国秀兰"
VILLAGES = ("王家墕村", "李家沟村", "石岩子村", "庙梁村", "前坪村", "后坪村")
CAUSES = ("因病", "因残", "因学", "缺劳动力", "缺技术", "缺资金")
HEADERS = {
    "school": "学校",
    "class_grade": "年级",
    "class_number": "班级",
    "name": "学生姓名",
    "sex": "性别",
    "birth_date": "出生日期",
    "nation": "民族",
    "id_number": "身份证号",
    "student_number": "学籍号",
    "boarding": "就读方式",
    "address": "家庭住址",
    "guardian_name": "监护人",
    "guardian_relation": "监护人与学生关系",
    "guardian_phone": "联系电话",
    "household_number": "户编号",
    "head_name": "户主姓名",
    "relation_to_head": "与户主关系",
    "household_attribute": "贫困户属性",
    "poverty_cause": "主要致贫原因",
    "household_status": "脱贫状态",
}


@dataclass(frozen=True, slots=True)
class MadeUpPupil:
    """One pupil of the bench; `grade` counts from 1 within primary school."""

    number: int
    school: str
    grade: int
    class_number: int
    name: str
    birth_date: date
    id_number: str = field(repr=False)
    guardian: str
    village: str
    cause: str
    is_boarder: bool

    @property
    def row(self) -> tuple[str | int, ...]:
        """The pupil as a roster of the county's office writes it, in the order of `HEADERS`."""
        is_boy = int(self.id_number[16]) % 2 == 1
        return (
            self.school,
            grade_name(Stage.PRIMARY, self.grade),
            self.class_number,
            self.name,
            "男" if is_boy else "女",
            self.birth_date.isoformat(),
            "汉族",
            self.id_number,
            f"G{self.id_number}",
            "住校" if self.is_boarder else "走读",
            f"示例镇{self.village}{self.number % 9 + 1}组",
            self.guardian,
            "父亲",
            f"139{self.number:08d}",
            f"{6_100_000_000 + self.number}",
            self.guardian,
            "子" if is_boy else "女",
            "一般贫困户",
            self.cause,
            "未脱贫",
        )


def school_names(count: int) -> list[str]:
    """Names of the bench's schools."""
    return [f"示例第{number}小学" for number in range(1, count + 1)]


def made_up_pupils(count: int, schools: int, on: date) -> Iterator[MadeUpPupil]:
    """Pupils of primary age on the day, spread evenly over schools, grades and classes of forty."""
    random = Random(count)
    names = school_names(schools)
    classes = max(1, count // (schools * GRADES * CLASS_SIZE))
    for number in range(count):
        grade = number // schools % GRADES + 1
        born = date(school_year(on) - grade - 6, 9, 1) + timedelta(days=number % 365)
        surname = random.choice(SURNAMES)
        yield MadeUpPupil(
            number=number,
            school=names[number % schools],
            grade=grade,
            class_number=number // (schools * GRADES) % classes + 1,
            name=surname + "".join(random.choices(GIVEN, k=2)),
            birth_date=born,
            id_number=make_resident_id(COUNTY, born, number // 365 % 1000),
            guardian=surname + random.choice(GIVEN),
            village=random.choice(VILLAGES),
            cause=random.choice(CAUSES),
            is_boarder=number % 3 == 0,
        )
