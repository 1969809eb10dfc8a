"""Codes about a filed household: attribute, cause of poverty, state; the words changed at the end of 2020."""

from datetime import date

from django.core.exceptions import ValidationError

from pairing_portal.lib.codes.lists import Code, CodeList

_AFTER_2020 = date(2021, 1, 1)
_CAUSES_AT_MOST = 3  # one main cause and at most two further ones

HOUSEHOLD_ATTRIBUTES = CodeList(
    "贫困户属性",
    "household_attribute_unknown",
    (
        Code("一般贫困户", ("一般户", "一般农户", "一般")),
        Code("低保户", ("低保贫困户", "低保")),
        Code("五保户", ("五保贫困户", "五保")),
        Code("特困供养户", ("特困供养贫困户", "特困供养", "特困户", "特困")),
    ),
)

POVERTY_CAUSES = CodeList(
    "致贫原因",
    "poverty_cause_unknown",
    (
        Code("因病", ("疾病", "因病致贫")),
        Code("因残", ("残疾", "因残致贫")),
        Code("因学", ("因学致贫",)),
        Code("因灾", ("因灾致贫",)),
        Code("缺土地"),
        Code("缺水"),
        Code("缺技术"),
        Code("缺劳力", ("缺劳动力",)),
        Code("缺资金"),
        Code("交通条件落后", ("交通落后",)),
        Code("自身发展动力不足", ("自身发展力不足", "缺乏发展动力")),
        Code("其他", ("其它", "其他原因")),
    ),
)

HOUSEHOLD_STATUSES = CodeList(
    "脱贫状态",
    "household_status_unknown",
    (
        Code("未脱贫", ("贫困", "否", "×", "✗", "x", "未脱"), valid_to=_AFTER_2020),
        Code(
            "已脱贫",
            ("脱贫", "是", "√", "✓", "✔", "已脱贫(享受政策)", "已脱贫(不享受政策)", "稳定脱贫", "已脱"),
            valid_to=_AFTER_2020,
        ),
        Code("返贫", ("返贫户",), valid_to=_AFTER_2020),
        Code("新识别", ("新识别户", "新识别贫困户"), valid_to=_AFTER_2020),
        Code("脱贫户", valid_from=_AFTER_2020),
        Code("脱贫不稳定户", ("脱贫不稳定",), valid_from=_AFTER_2020),
        Code("边缘易致贫户", ("边缘户", "边缘易致贫"), valid_from=_AFTER_2020),
        Code("突发严重困难户", ("突发严重困难",), valid_from=_AFTER_2020),
    ),
)


def parse_household_attribute(text: str) -> str:
    """The household's attribute by name; ValidationError `household_attribute_unknown`."""
    return HOUSEHOLD_ATTRIBUTES.parse(text)


def parse_poverty_cause(text: str) -> str:
    """The one main cause; ValidationError `poverty_cause_unknown`."""
    return POVERTY_CAUSES.parse(text)


def parse_poverty_causes(text: str) -> tuple[str, ...]:
    """Several causes, the main one first, three at most; ValidationError `poverty_cause_unknown`."""
    causes = POVERTY_CAUSES.parse_several(text)
    if len(causes) > _CAUSES_AT_MOST:
        raise ValidationError("致贫原因最多填三个，主要原因写在最前面。", code="poverty_cause_unknown")
    return causes


def parse_household_status(text: str) -> str:
    """The household's state, in the words of any year; ValidationError `household_status_unknown`."""
    return HOUSEHOLD_STATUSES.parse(text)
