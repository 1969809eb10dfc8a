"""Whatever an office does to the layout, what is read is what was written."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.reader import read_sheets
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.lib.workbooks.tables import find_tables
from tests.lib.workbooks.samples import make_xlsx

COLUMNS = (
    HeaderColumn(key="school", title="学校", synonyms=("就读学校",)),
    HeaderColumn(key="name", title="学生姓名", synonyms=("姓名", "姓  名"), required=True),
    HeaderColumn(key="id_number", title="身份证号", synonyms=("身份证号码", "公民身份号码")),
    HeaderColumn(key="phone", title="联系电话", synonyms=("监护人电话",)),
    HeaderColumn(key="income", title="人均年收入（元）", synonyms=("人均收入",)),
)
NAMES = ("谢梅俊", "彭振", "刘𬭎", "康涵㛃", "单小明", "注音")
PREAMBLE = ("2018年信息汇总表", "填报单位：麻镇学区")
Row = dict[str, object]


@dataclass
class Source:
    sheets: list[list[list[object]]]
    pupils: list[Row]


PUPIL: st.SearchStrategy[Row] = st.fixed_dictionaries(
    {
        "school": st.sampled_from(["麻镇中心小学", "石堡塔小学"]),
        "name": st.sampled_from(NAMES),
        "id_number": st.sampled_from(["610899201003159018", "61089920100315919X"]),
        "phone": st.one_of(st.none(), st.just("18400000000")),
        "income": st.one_of(st.none(), st.integers(0, 9000), st.just(3100.5)),
    }
)
FOOT: st.SearchStrategy[list[object]] = st.sampled_from(
    [["合计", 3], ["负责人（签字）：", None, "填表人："], ["填表说明：如实填写。"], []]
)
SPACING = st.sampled_from(["", " ", "\n", "　", "（必填）"])


@st.composite
def sources(draw: st.DrawFn) -> Source:
    source = Source([], [])
    for _ in range(draw(st.integers(1, 3))):
        columns = draw(st.permutations(COLUMNS))
        pupils = draw(st.lists(PUPIL, max_size=6))
        titles = [draw(st.sampled_from((column.title, *column.synonyms))) for column in columns]
        header: list[object] = ["序号", *(title + draw(SPACING) for title in titles), "备注"]
        rows: list[list[object]] = [[line] for line in PREAMBLE[: draw(st.integers(0, 2))]]
        rows += [[]] * draw(st.integers(0, 2)) + [header]
        for number, pupil in enumerate(pupils, 1):
            rows += [[]] * draw(st.integers(0, 1))
            rows.append([number, *(pupil[column.key] for column in columns), None])
        rows += draw(st.lists(FOOT, max_size=3))
        source.sheets.append(rows)
        source.pupils += pupils
    return source


@settings(max_examples=80, deadline=None)
@given(sources())
def test_reading_gives_back_what_was_written(source: Source) -> None:
    found = find_tables(Workbook(tuple(read_sheets(make_xlsx(*source.sheets)))), COLUMNS)
    assert [row.cells for table in found.tables for row in table.rows] == source.pupils
    assert all(table.unknown_headers == ("备注",) for table in found.tables)
    for table in found.tables:
        sheet = source.sheets[int(table.sheet_name.removeprefix("表")) - 1]
        names = [sheet[row.number - 1][table.columns["name"]] for row in table.rows]
        assert names == [row.cells["name"] for row in table.rows]
