"""Empty forms of the lists, with drop-downs and a sheet that explains them."""

from collections.abc import Mapping, Sequence
from datetime import date

from pairing_portal.accounts.models import District
from pairing_portal.lib.workbooks.filling import FillInDocument
from pairing_portal.lib.workbooks.headers import HeaderColumn
from students.exports.choices import REGISTER_FILLINGS, Filling, fill_columns
from students.imports.columns import register_columns
from students.models import Register

NOT_IN_FORMS = {"key", "town", "village", "village_group"}  # the address stands in one cell
TITLES = {
    Register.COUNTY_FILED: "{year}年县乡建档立卡{district}在校贫困学生信息汇总表",
    Register.DISTRICT_RECOGNISED: "{year}年{district}认定的在校贫困学生信息汇总表",
}
LEAD = "从第 4 行开始填写，填法见“填写说明”。填好后在“名册导入”里上传。"
GUIDE = (
    ("怎样填", "一名学生一行，从“名单”表第 4 行开始；不够的行直接往下写。列的顺序可以变，表头的文字不要改。"),
    ("下拉列表", "有下拉列表的格子请从列表里选；“其他类型”可以写几个，用顿号隔开。"),
    ("空着的格子", "空着表示不填；已经登记的学生，空格不会抹掉原来的内容。"),
    ("证件号码", "身份证号、学籍号、户编号和电话都是文本格式，请直接输入或“选择性粘贴—数值”。"),
)


def blank_register(
    register: Register, district: District, schools: Sequence[str], on: date
) -> FillInDocument:
    """The empty form of a register."""
    columns = [each for each in register_columns(register, on) if each.key not in NOT_IN_FORMS]
    title = TITLES[register].format(year=on.year, district=district.name)
    return blank_form(title, columns, REGISTER_FILLINGS, schools, on)


def blank_form(
    title: str,
    columns: Sequence[HeaderColumn],
    fillings: Mapping[str, Filling],
    schools: Sequence[str],
    on: date,
) -> FillInDocument:
    """The empty form of any list."""
    return FillInDocument(
        title=title, lead=LEAD, columns=fill_columns(columns, fillings, on, schools), guide=GUIDE
    )
