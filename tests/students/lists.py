"""One pupil of a list, written in one of the ways offices write, and the values a careful reader makes of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from pairing_portal.lib.identifiers import make_resident_id
from pairing_portal.lib.school_years import GRADES_IN_STAGE, Stage, grade_name
from pairing_portal.lib.text import Address

SCHOOLS = ("第一小学", "第二小学", "中心幼儿园")
NAMES = ("折小雨", "单秀", "任小𬭎", "阿依·努尔", "王建国")
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
NOTHING = (None, "", "  ", "/", "无", "—", "\u200b", "-")
RELATIONS = {"父亲": ("父亲", "父", "之父", "爸爸", "父女关系"), "祖母": ("祖母", "奶奶", "之祖母")}
TYPES = {"特困救助供养学生": ("特困", "五保"), "孤儿": ("孤儿",), "低保家庭学生": ("低保", "低保家庭")}
RECOGNITION = {"特别困难": ("特困", "特别困难"), "一般困难": ("一般", "一般困难")}
BOARDING = {True: ("住校", "是", "√", True), False: ("走读", "否", "×", False)}
FURTHER = {("单亲家庭", "重大疾病"): ("单亲、重病", "单亲 重病", "单亲；大病"), ("残疾学生",): ("残疾学生",)}
# Keys that may be left blank, and that no other cell then tells.
OPTIONAL = (
    *(
        "is_boarder",
        "address",
        "guardian_relation",
        "income_per_head",
        "family_size",
        "further_types",
        "remark",
    ),
    *("recognised_on", "situation", "evidence", "birth_date"),
)
grades = st.sampled_from(
    [(stage, grade) for stage in Stage for grade in range(1, GRADES_IN_STAGE[stage] + 1)]
)


@dataclass(frozen=True)
class Pupil:
    """What the cells of a row say, and its values; a column that is missing has a blank cell."""

    cells: dict[str, Any]
    values: dict[str, Any]


@st.composite
def pupils(draw: st.DrawFn, number: int, *, from_1904: bool) -> Pupil:
    """One pupil with everything a list of recognised pupils tells, or less."""
    values: dict[str, Any] = {
        "school": draw(st.sampled_from(SCHOOLS)),
        "class_grade": draw(grades),
        "class_number": draw(st.integers(1, 12)),
        "name": draw(st.sampled_from(NAMES)),
        "birth_date": date(2009, 3, 15),
        "is_boarder": draw(st.booleans()),
        "address": Address("麻镇", "王家墕村", f"{draw(st.integers(1, 9))}组"),
        "guardian_name": "王建国",
        "guardian_relation": draw(st.sampled_from(list(RELATIONS))),
        "guardian_phone": draw(st.sampled_from(["13900000000", "0912-8700000"])),
        "family_size": draw(st.integers(1, 9)),
        "income_per_head": Decimal(draw(st.integers(0, 9999))),
        "main_type": draw(st.sampled_from(list(TYPES))),
        "further_types": draw(st.sampled_from(list(FURTHER))),
        "grade": draw(st.sampled_from(list(RECOGNITION))),
        "recognised_on": draw(st.dates(date(2015, 1, 1), date(2018, 3, 1))),
        "remark": "享受补助",
    }
    values["id_number"] = make_resident_id("610899", values["birth_date"], number)
    return with_gaps(draw, values, from_1904)


def with_gaps(draw: st.DrawFn, values: dict[str, Any], from_1904: bool) -> Pupil:
    """The pupil written down, with some of the cells left blank."""
    cells = values | written(draw, values, from_1904) | together(draw, values)
    for key in draw(st.sets(st.sampled_from([key for key in OPTIONAL if key in values]))):
        del values[key]
        cells[key] = draw(st.sampled_from(NOTHING))
    return Pupil(cells, values)


def written(draw: st.DrawFn, values: dict[str, Any], from_1904: bool) -> dict[str, Any]:
    """The cells of those values that offices write in several ways."""
    phone, income, number = (values[key] for key in ("guardian_phone", "income_per_head", "class_number"))
    return {
        "class_grade": draw(st.sampled_from(grade_words(*values["class_grade"]))),
        "class_number": draw(st.sampled_from([number, float(number), f"{number}班", f"（{number}）班"])),
        "name": draw(st.sampled_from(name_cells(values["name"]))),
        "id_number": draw(st.sampled_from(id_cells(values["id_number"]))),
        "birth_date": draw(day_cells(values["birth_date"], from_1904)),
        "recognised_on": draw(day_cells(values["recognised_on"], from_1904)),
        "is_boarder": draw(st.sampled_from(BOARDING[values["is_boarder"]])),
        "address": "麻镇王家墕村" + values["address"].group,
        "guardian_relation": draw(st.sampled_from(RELATIONS[values["guardian_relation"]])),
        "guardian_phone": int(phone) if phone.isdigit() and draw(st.booleans()) else phone,
        "family_size": draw(st.sampled_from([values["family_size"], f"{values['family_size']}口人"])),
        "income_per_head": draw(st.sampled_from([income, f"{income}元", f"￥{income:,}", f"{income}元/年"])),
        "main_type": draw(st.sampled_from(TYPES[values["main_type"]])),
        "further_types": draw(st.sampled_from(FURTHER[values["further_types"]])),
        "grade": draw(st.sampled_from(RECOGNITION[values["grade"]])),
    }


def name_cells(name: str) -> list[str]:
    """The ways of writing a name."""
    first, rest = name[:1], name[1:]
    return [
        name,
        f" {name} ",
        f"'{name}",
        f"{name}（转入）",
        f"{first}\u200b{rest}",
        f"{first}　{rest}",
    ]


def id_cells(number: str) -> list[str]:
    """The ways of writing an ID number."""
    return [
        number,
        number.lower(),
        f"'{number}",
        number.translate(FULL_WIDTH),
        f"{number[:6]} {number[6:]}",
    ]


def grade_words(stage: Stage, grade: int) -> list[str]:
    """The ways of writing a grade."""
    name = grade_name(stage, grade)
    if stage == Stage.PRESCHOOL:
        return [name, f"幼儿园{name}"]
    if stage == Stage.MIDDLE:
        number = GRADES_IN_STAGE[Stage.PRIMARY] + grade
        return [name, f"{number}年级", str(number), f"初{'一二三'[grade - 1]}", f"{name}（初{grade}）"]
    return [name, f"{grade}年级", str(grade), name[0], f"小学{name}"]


def day_cells(day: date, from_1904: bool) -> st.SearchStrategy[Any]:
    """The ways of keeping a day: a date, text, or the number behind a date in the calendar of the workbook."""
    serial = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))) // timedelta(days=1)
    text = (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )
    return st.sampled_from([day, *text, serial, str(serial)])


def together(draw: st.DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """Two facts in one cell: grade and class, or the guardian with the phone; the other cell is blank."""
    cells: dict[str, Any] = {}
    stage, grade = values["class_grade"]
    if draw(st.booleans()):
        shape = draw(st.sampled_from(["{}（{}）班", "{}{}班"]))
        words = shape.format(grade_name(stage, grade), values["class_number"])
        cells |= {"class_grade": words, "class_number": None}
    if draw(st.booleans()):
        shape = draw(st.sampled_from(["{} {}", "{}{}", "{}（{}）", "{}，电话：{}"]))
        cells |= {
            "guardian_name": shape.format(values["guardian_name"], values["guardian_phone"]),
            "guardian_phone": None,
        }
    return cells
