"""Every cell of the three attachments, in each edition, on the days around a hand-over."""

from datetime import date, datetime
from typing import Any

from reports.models import Edition
from tests.reports.sheets import issued
from tests.reports.town import AFTER, BEFORE, Town

FULL, SCHOOL, NOTICE = Edition.FULL, Edition.SCHOOL, Edition.NOTICE

Row = dict[str, Any]

FILED_BEFORE = {
    "序号": 1,
    "学校": "中心小学",
    "年级": "三年级",
    "班级": "1班",
    "学生姓名": "苗沐阳",
    "性别": "男",
    "民族": "汉族",
    "身份证号": "610899201003159018",
    "学籍号": "G610899201003159018",
    "就读方式": "走读",
    "家庭住址": "麻镇沙梁村3组",
    "户编号": "6110000001",
    "户主姓名": "苗有福",
    "与户主关系": "子",
    "监护人": "苗建国",
    "联系电话": "13812345678",
    "贫困户属性": "低保户",
    "主要致贫原因": "因病",
    "脱贫状态": "已脱贫",
    "脱贫年度": 2016,
    "备注": None,
}
MOVED = {"学校": "九年制学校", "年级": "五年级", "班级": "2班", "就读方式": "住校"}
MASKED = {"联系电话": "138****5678"}
FULL_ONLY = [
    "身份证号",
    "学籍号",
    "户编号",
    "户主姓名",
    "与户主关系",
    "贫困户属性",
    "主要致贫原因",
    "脱贫状态",
    "脱贫年度",
    "备注",
]


def _without(row: Row, titles: list[str]) -> Row:
    return {title: value for title, value in row.items() if title not in titles}


def test_attachment_1_full_on_both_days(town: Town) -> None:
    assert issued(town.office, 1, FULL, BEFORE).rows == [FILED_BEFORE]
    assert issued(town.office, 1, FULL, AFTER).rows == [FILED_BEFORE | MOVED]


def test_attachment_1_school_edition_on_both_days(town: Town) -> None:
    shown = _without(FILED_BEFORE, FULL_ONLY) | MASKED
    assert issued(town.office, 1, SCHOOL, BEFORE).rows == [shown]
    assert issued(town.office, 1, SCHOOL, AFTER).rows == [shown | MOVED]


def test_attachment_1_notice_on_both_days(town: Town) -> None:
    told = {"学校": "中心小学", "年级": "三年级", "班级": "1班", "学生姓名": "苗沐阳"}
    assert issued(town.office, 1, NOTICE, BEFORE).rows == [told]
    assert issued(town.office, 1, NOTICE, AFTER).rows == [told | _without(MOVED, ["就读方式"])]


RECOGNISED = {
    "序号": 1,
    "学校": "九年制学校",
    "年级": "五年级",
    "班级": "2班",
    "学生姓名": "=1+1",
    "性别": "女",
    "民族": "汉族",
    "身份证号": None,
    "学籍号": None,
    "就读方式": "走读",
    "家庭住址": "麻镇王家墕村",
    "监护人姓名": "王秀英",
    "监护人与学生关系": "祖母",
    "联系电话": "0912-8712345",
    "家庭人口": 4,
    "人均年收入（元）": 2300.5,
    "认定类型": "单亲家庭",
    "其他类型": "孤儿",
    "困难等级": "特别困难",
    "困难情况说明": "父亲长期患病",
    "佐证材料": "低保证",
    "认定日期": datetime(2018, 3, 5),  # noqa: DTZ001 (a spreadsheet's day has no zone)
    "备注": "复核过",
}
RECOGNISED_FULL_ONLY = [
    *("身份证号", "学籍号", "家庭人口", "人均年收入（元）", "认定类型", "其他类型"),
    *("困难等级", "困难情况说明", "佐证材料", "认定日期", "备注"),
]


def test_attachment_2_in_each_edition(town: Town) -> None:
    shown = _without(RECOGNISED, RECOGNISED_FULL_ONLY) | {"联系电话": "0912-****345"}
    told = {"学校": "九年制学校", "年级": "五年级", "班级": "2班", "学生姓名": "=1+1"}
    assert issued(town.office, 2, FULL, AFTER).rows == [RECOGNISED]
    assert issued(town.office, 2, SCHOOL, AFTER).rows == [shown]
    assert issued(town.office, 2, NOTICE, AFTER).rows == [told]


DU_WEN = {
    "帮扶教师": "杜文",
    "所在学校": "九年制学校",
    "职务": None,
    "联系电话": "13900003333",
    "是否领导小组成员": "是",
}
ZHE = {
    "帮扶教师": "折建国",
    "所在学校": "中心小学",
    "职务": "教务主任",
    "联系电话": "13900001111",
    "是否领导小组成员": "否",
}
SHAN = ZHE | {"帮扶教师": "单秀英", "职务": "教师", "联系电话": "13900002222"}
MIAO = {
    "帮扶学生姓名": "苗沐阳",
    "性别": "男",
    "学校": "中心小学",
    "年级": "三年级",
    "班级": "1班",
    "学生类别": "建档立卡",
}
MIAO_AFTER = MIAO | {"学校": "九年制学校", "年级": "五年级", "班级": "2班"}
ODD_NAME = MIAO_AFTER | {"帮扶学生姓名": "=1+1", "性别": "女", "学生类别": "学区认定（经济困难）"}
HOME = {
    "苗沐阳": {"家庭住址": "麻镇沙梁村3组", "监护人": "苗建国", "监护人电话": "138****5678"},
    "=1+1": {"家庭住址": "麻镇王家墕村", "监护人": "王秀英", "监护人电话": "0912-****345"},
}


def _pair(teacher: Row, pupil: Row, since: date, focus: str, measures: str | None = None) -> Row:
    day = datetime(since.year, since.month, since.day)  # noqa: DTZ001 (a spreadsheet's day has no zone)
    return teacher | pupil | {"结对日期": day, "帮扶重点": focus, "帮扶措施": measures, "备注": None}


MARCH_11, MARCH_12 = date(2018, 3, 11), date(2018, 3, 12)
PAIRS_BEFORE = [
    _pair(ZHE, MIAO, MARCH_11, "思想、学习", "每周补课一次"),
    _pair(DU_WEN, MIAO, MARCH_12, "心理"),
    _pair(DU_WEN, ODD_NAME, MARCH_11, "生活"),
]
PAIRS_AFTER = [
    _pair(SHAN, MIAO_AFTER, AFTER, "学习"),
    _pair(DU_WEN, ODD_NAME, MARCH_11, "生活"),
    _pair(DU_WEN, MIAO_AFTER, MARCH_12, "心理"),
]


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"序号": number} | row for number, row in enumerate(rows, start=1)]


def _for_school(row: Row) -> Row:
    phone = str(row["联系电话"])
    masked = {"联系电话": f"{phone[:3]}****{phone[-4:]}"} | HOME[str(row["帮扶学生姓名"])]
    return _without(row, ["学生类别", "帮扶措施", "备注"]) | masked


def test_attachment_3_full_on_both_days(town: Town) -> None:
    assert issued(town.office, 3, FULL, BEFORE).rows == _numbered(PAIRS_BEFORE)
    assert issued(town.office, 3, FULL, AFTER).rows == _numbered(PAIRS_AFTER)


def test_attachment_3_school_edition_on_both_days(town: Town) -> None:
    for day, pairs in ((BEFORE, PAIRS_BEFORE), (AFTER, PAIRS_AFTER)):
        assert issued(town.office, 3, SCHOOL, day).rows == _numbered([_for_school(pair) for pair in pairs])


def test_attachment_3_notice_tells_each_pupil_once_class_by_class(town: Town) -> None:
    miao = {"学校": "中心小学", "年级": "三年级", "班级": "1班", "学生姓名": "苗沐阳"}
    odd_name = {"学校": "九年制学校", "年级": "五年级", "班级": "2班", "学生姓名": "=1+1"}
    assert issued(town.office, 3, NOTICE, BEFORE).rows == [miao, odd_name]
    assert issued(town.office, 3, NOTICE, AFTER).rows == [odd_name, miao | _without(MOVED, ["就读方式"])]
