"""The workbooks the made-up offices send: written like theirs, brought in like theirs."""

from collections.abc import Sequence
from datetime import date
from random import Random

from pairing_portal.lib.codes import Sex
from pairing_portal.lib.workbooks.writing import TableDocument, write_table
from reports.demo.people import TOWN, Helper, Home, Pupil

COUNTY_HEADERS = (
    "序号", "学校", "年级", "班级", "学生姓名", "性别", "民族", "身份证号码", "学籍号", "就读方式", "家庭住址",
    "户编号", "户主姓名", "与户主关系", "监护人", "联系电话", "主要致贫原因", "脱贫状态", "脱贫年度", "备注",
)  # fmt: skip
DISTRICT_HEADERS = (
    "序号", "学校", "年级", "班级", "姓名", "性别", "身份证号", "学籍号", "是否寄宿", "家庭住址", "监护人姓名",
    "监护人与学生关系", "联系电话", "家庭人口", "人均年收入（元）", "认定类型", "困难等级", "困难情况说明", "备注",
)  # fmt: skip
TEACHER_HEADERS = (
    "序号",
    "学校",
    "姓名",
    "性别",
    "职务",
    "职称",
    "担任班主任班级",
    "联系电话",
    "领导小组职务",
)
PAIRING_HEADERS = (
    "序号", "帮扶教师", "所在学校", "职务", "联系电话", "帮扶学生姓名", "身份证号", "学校", "年级", "班级", "结对日期",
    "帮扶重点", "备注",
)  # fmt: skip
CAUSES = ("因病", "因残", "因学", "缺劳力", "缺技术", "缺资金")
TYPES = (
    "低保家庭学生",
    "孤儿",
    "残疾学生",
    "残疾人子女",
    "单亲家庭",
    "双亲留守",
    "重大疾病",
    "事实无人抚养儿童",
)
SHARE_NEVER_POOR = 0.12
SITUATIONS = (
    "父亲长期患病，母亲务农，无其他收入",
    "随祖父母生活，父母在外务工",
    "家中两人残疾，劳动力弱",
    "去年房屋受灾，借债修缮",
)
FOCUS = ("学习", "生活", "思想、学习", "心理", "心理、生活")

Row = tuple[str | int, ...]
Pair = tuple[Helper, Pupil, date]  # and since when


def _workbook(title: str, day: date, headers: tuple[str, ...], rows: Sequence[Row]) -> bytes:
    filled = f"填报日期：{day.year}年{day.month}月{day.day}日"
    return write_table(
        TableDocument(
            title=title,
            preamble=("填报单位（盖章）：麻镇学区", "填报人：", filled),
            headers=headers,
            rows=tuple(rows),
            widths=tuple(max(8.0, 2.2 * len(header)) for header in headers),
            totals=f"合计 {len(rows)} 人",
            signature="单位负责人（签字）：        审核人：        填表人：",
        )
    )


def _student_number(pupil: Pupil, on: date) -> str:
    return f"G{pupil.id_number}" if pupil.years_on(on) > 2 else ""


def _sex(person: Pupil | Helper) -> str:
    return Sex(person.sex).label


def county_workbook(pupils: Sequence[Pupil], homes: Sequence[Home], year: int, day: date) -> bytes:
    """附件1 of the year as county and town would send it."""
    rows = [_county_row(number, pupil, homes[pupil.household], day) for number, pupil in enumerate(pupils, 1)]
    return _workbook(f"{year}年县乡建档立卡麻镇学区在校贫困学生信息汇总表", day, COUNTY_HEADERS, rows)


def _county_row(number: int, pupil: Pupil, home: Home, day: date) -> Row:
    random = Random(pupil.id_number)
    school, grade = pupil.place(day)
    status, left_in = _way_out_of_poverty(pupil, day)
    return (
        number, school, grade, f"{pupil.class_number}班", pupil.name, _sex(pupil), "汉族", pupil.id_number,
        _student_number(pupil, day), "住校" if pupil.is_boarder else "走读", f"{TOWN}{home.village}{home.group}组",
        home.number, home.head, "之子" if pupil.sex == Sex.MALE else "之女", home.guardian, home.phone,
        random.choice(CAUSES), status, left_in, "",
    )  # fmt: skip


def _way_out_of_poverty(pupil: Pupil, day: date) -> tuple[str, str]:
    """The household's state in the words in use since 2021, and the year it left poverty; some grow steadier in time."""
    random = Random(f"{pupil.id_number} household")
    steady_at, left_in = random.randint(1, 11), random.randint(2016, 2020)
    if random.random() < SHARE_NEVER_POOR:
        return "边缘易致贫户", ""
    return "脱贫户" if pupil.years_on(day) >= steady_at else "脱贫不稳定户", str(left_in)


def district_workbook(pupils: Sequence[Pupil], homes: Sequence[Home], year: int, day: date) -> bytes:
    """附件2 of the year as the office keeps it."""
    rows = [
        _district_row(number, pupil, homes[pupil.household], day) for number, pupil in enumerate(pupils, 1)
    ]
    return _workbook(f"{year}年麻镇学区认定的在校贫困学生信息汇总表", day, DISTRICT_HEADERS, rows)


def _district_row(number: int, pupil: Pupil, home: Home, day: date) -> Row:
    random = Random(pupil.id_number)
    school, grade = pupil.place(day)
    return (
        number, school, grade, f"{pupil.class_number}班", pupil.name, _sex(pupil), pupil.id_number,
        _student_number(pupil, day), "是" if pupil.is_boarder else "否", f"{TOWN}{home.village}{home.group}组",
        home.guardian, random.choice(("父亲", "母亲", "祖父", "祖母")), home.phone, random.randint(3, 7),
        random.randint(15, 38) * 100, random.choice(TYPES), random.choice(("特别困难", "一般困难")),
        random.choice(SITUATIONS), "",
    )  # fmt: skip


def teacher_workbook(helpers: Sequence[Helper], year: int, day: date) -> bytes:
    """The district's teachers with the classes they lead and their posts in the leading group."""
    rows = [
        (number, one.school, one.name, _sex(one), one.post, one.title, one.leads, one.phone, one.group_post)
        for number, one in enumerate(helpers, 1)
    ]
    return _workbook(f"麻镇学区教师花名册（{year}年）", day, TEACHER_HEADERS, rows)


def pairing_workbook(pairs: Sequence[Pair], year: int, day: date) -> bytes:
    """附件3 of the year: who helps whom since when."""
    rows = [_pairing_row(number, *pair, day) for number, pair in enumerate(pairs, 1)]
    title = f"{year}年麻镇学区开展“三秦教师结对帮扶贫困学生”专项行动结对名单"
    return _workbook(title, day, PAIRING_HEADERS, rows)


def _pairing_row(number: int, helper: Helper, pupil: Pupil, since: date, day: date) -> Row:
    school, grade = pupil.place(day)
    focus = Random(pupil.id_number).choice(FOCUS)
    return (
        number, helper.name, helper.school, helper.post, helper.phone, pupil.name, pupil.id_number, school, grade,
        f"{pupil.class_number}班", since.isoformat(), focus, "",
    )  # fmt: skip
