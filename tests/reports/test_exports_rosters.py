"""The sample lists come in and go out again: every cell is the clerk's, and coming in once more changes nothing."""

from datetime import date
from typing import Any

import pytest

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.reading import read_workbook
from reports.models import Edition
from students.models import Register
from tests.reports.sheets import issue, issued
from tests.students.rosters import (
    COUNTY_2018,
    DAY_2018,
    DISTRICT_2018,
    TRUTH,
    bring_in,
    make_office,
    receive,
    workbook,
)

NUMERALS = "〇一二三四五六七八九"
LATER = date(2018, 5, 10)
LISTS = [
    (1, COUNTY_2018, Register.COUNTY_FILED),
    (2, DISTRICT_2018, Register.DISTRICT_RECOGNISED),
]


@pytest.fixture
def office(db: None) -> User:
    """An office that has brought in both registers of 2018."""
    user = make_office()[1]
    for _, name, register in LISTS:
        bring_in(workbook(name), user, register=register)
    return user


def _place(row: dict[str, Any]) -> dict[str, Any]:
    grade = row["grade"] if row["stage"] == "学前" else f"{NUMERALS[row['grade']]}年级"
    return {"学校": row["school"], "年级": grade, "班级": f"{row['class']}班"}


def _person(row: dict[str, Any]) -> dict[str, Any]:
    own = {"学生姓名": row["name"], "性别": row["sex"], "身份证号": row["id"], "联系电话": row["phone"]}
    if "type" in row:
        return own | {"认定类型": row["type"], "监护人姓名": row["guardian"]}
    return own | {"户编号": row["household"], "户主姓名": row["head"], "脱贫状态": row["status"]}


@pytest.mark.parametrize(("kind", "name", "register"), LISTS)
def test_full_edition_says_what_the_clerk_read(
    office: User, kind: int, name: str, register: Register
) -> None:
    truth = {row["id"]: _place(row) | _person(row) for row in TRUTH[name]["rows"]}
    rows = {row["身份证号"]: row for row in issued(office, kind, Edition.FULL, LATER).rows}
    assert {number: {title: row[title] for title in truth[number]} for number, row in rows.items()} == truth


@pytest.mark.parametrize(("kind", "name", "register"), LISTS)
def test_notice_says_where_each_pupil_is(office: User, kind: int, name: str, register: Register) -> None:
    truth = [_place(row) | {"学生姓名": row["name"]} for row in TRUTH[name]["rows"]]
    rows = issued(office, kind, Edition.NOTICE, LATER).rows
    assert sorted(rows, key=str) == sorted(truth, key=str)


@pytest.mark.parametrize(("kind", "name", "register"), LISTS)
def test_school_edition_masks_every_phone_and_holds_no_number(
    office: User, kind: int, name: str, register: Register
) -> None:
    sheet = issued(office, kind, Edition.SCHOOL, LATER)
    phones = {row["phone"] for row in TRUTH[name]["rows"]}
    assert {row["联系电话"] for row in sheet.rows} == {f"{phone[:3]}****{phone[-4:]}" for phone in phones}
    assert not any(row["id"] in sheet.text or row["phone"] in sheet.text for row in TRUTH[name]["rows"])


@pytest.mark.parametrize(("kind", "name", "register"), LISTS)
@pytest.mark.parametrize("on", [DAY_2018, LATER])
def test_full_edition_comes_in_again_without_a_change(
    office: User, kind: int, name: str, register: Register, on: date
) -> None:
    file = issue(office, kind, Edition.FULL, on)
    counts = receive(read_workbook(file.content, file.name), office, register=register, on=on).counts
    assert counts["unchanged"] == len(TRUTH[name]["rows"])
    assert [counts.get(state, 0) for state in ("new", "changed", "promoted", "refused", "missing")] == [
        0
    ] * 5, counts
