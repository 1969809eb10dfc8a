"""附件3 of the sample district: exactly the 70 pairs of its list, and coming in once more it changes nothing."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.reading import read_workbook
from pairing_portal.lib.workbooks.sheets import Workbook
from pairings.imports.pairing_up import plan_pairings
from pairings.imports.staffing import plan_teachers
from pairings.models import HelpPlan, Pairing
from reports.models import Edition
from students.actions.imports import ListSettings, Upload, confirm_roster, receive_roster
from students.models import Register, RosterImport
from tests.builders import make_plan
from tests.reports.sheets import issue, issued
from tests.students.rosters import COUNTY_2018, DISTRICT_2018, TRUTH, bring_in, make_office, workbook

TEACHERS, PAIRINGS = "教师花名册-2018.xlsx", "附件3-结对名单-2018.xlsx"
SPRING, PAIRED_ON = date(2018, 2, 1), date(2018, 3, 10)
PLANNERS: dict[str, Any] = {"teachers": plan_teachers, "pairings": plan_pairings}
PAIRS = [
    (pair["teacher"], pair["teacher_school"], pair["student"], pair["student_school"])
    for pair in TRUTH[PAIRINGS]["pairs"]
]


def _receive(book: Workbook, by: User, kind: str, on: date) -> RosterImport:
    assert by.district is not None
    return receive_roster(
        upload=Upload(book, "名单.xlsx", "0" * 64),
        settings=ListSettings(kind, 2018, on),
        planner=PLANNERS[kind],
        district=by.district,
        by=by,
    )


def _take(name: str, by: User, kind: str, on: date) -> None:
    roster = _receive(workbook(name), by, kind, on)
    confirm_roster(roster=roster, planner=PLANNERS[kind], accepts_alarm=False, by=by, now=timezone.now())


@pytest.fixture
def office(db: None) -> User:
    """An office that has brought in teachers, both registers and the pairs."""
    user = make_office()[1]
    _take(TEACHERS, user, "teachers", SPRING)
    bring_in(workbook(COUNTY_2018), user)
    bring_in(workbook(DISTRICT_2018), user, register=Register.DISTRICT_RECOGNISED)
    _take(PAIRINGS, user, "pairings", PAIRED_ON)
    return user


@pytest.mark.parametrize("edition", [Edition.FULL, Edition.SCHOOL])
def test_pairs_are_those_of_the_list(office: User, edition: Edition) -> None:
    sheet = issued(office, 3, edition, PAIRED_ON)
    told = [(row["帮扶教师"], row["所在学校"], row["帮扶学生姓名"], row["学校"]) for row in sheet.rows]
    assert sorted(told) == sorted(PAIRS)
    teachers, pupils = {pair[:2] for pair in PAIRS}, {pair[2:] for pair in PAIRS}
    assert sheet.foot[0] == f"合计：教师 {len(teachers)} 人，学生 {len(pupils)} 人，结对 70 对"


def test_teachers_are_those_of_the_roster(office: User) -> None:
    truth = {
        (row["name"], row["school"]): (
            row["post"],
            row["phone"],
            "是" if row["group"] or row["homeroom"] else "否",
        )
        for row in TRUTH[TEACHERS]["rows"]
    }
    for row in issued(office, 3, Edition.FULL, PAIRED_ON).rows:
        told = (row["职务"], row["联系电话"], row["是否领导小组成员"])
        assert told == truth[row["帮扶教师"], row["所在学校"]]


def test_category_is_the_register_of_the_pupil(office: User) -> None:
    filed = {(row["name"], row["school"]) for row in TRUTH[COUNTY_2018]["rows"]}
    for row in issued(office, 3, Edition.FULL, PAIRED_ON).rows:
        is_filed = (row["帮扶学生姓名"], row["学校"]) in filed
        assert row["学生类别"].startswith("建档立卡" if is_filed else "学区认定（")


def test_no_pair_stands_on_the_list_the_day_before(office: User) -> None:
    assert issued(office, 3, Edition.FULL, date(2018, 3, 9)).rows == []


def test_pupils_of_a_teacher_stand_together(office: User) -> None:
    rows = issued(office, 3, Edition.FULL, PAIRED_ON).rows
    teachers = [(row["所在学校"], row["帮扶教师"]) for row in rows]
    runs = [name for place, name in enumerate(teachers) if place == 0 or teachers[place - 1] != name]
    assert len(runs) == len(set(teachers))
    assert [school for school, _ in runs] == sorted(school for school, _ in runs)


@pytest.mark.parametrize("on", [PAIRED_ON, date(2018, 5, 10)])
def test_full_edition_comes_in_again_without_a_change(office: User, on: date) -> None:
    file = issue(office, 3, Edition.FULL, on)
    counts = _receive(read_workbook(file.content, file.name), office, "pairings", on).counts
    assert counts["unchanged"] == len(PAIRS)
    states = ("new", "changed", "refused", "missing")
    assert [counts.get(state, 0) for state in states] == [0] * len(states), counts


def _measures(user: User) -> dict[str, str]:
    rows = issued(user, 3, Edition.FULL, PAIRED_ON).rows
    return {row["帮扶学生姓名"]: row["帮扶措施"] for row in rows}


def test_measures_are_those_of_the_years_plan_where_there_is_one(office: User) -> None:
    first, second, *_ = Pairing.objects.all()
    before = _measures(office)
    make_plan(first, measures="计划里的措施")
    make_plan(second, measures="", year=2018)
    make_plan(second, measures="去年的措施", year=2017)
    assert _measures(office) == before | {first.student.name: "计划里的措施"}


def test_edition_with_planned_measures_comes_in_again_without_a_change(office: User) -> None:
    pairings = Pairing.objects.all()
    for pairing in pairings:
        make_plan(pairing, measures="计划里的措施")
    file = issue(office, 3, Edition.FULL, PAIRED_ON)
    counts = _receive(read_workbook(file.content, file.name), office, "pairings", PAIRED_ON).counts
    assert (counts["unchanged"], counts.get("changed", 0)) == (len(PAIRS), 0)


def test_list_with_other_measures_leaves_the_plan_and_says_so(office: User) -> None:
    pairing = Pairing.objects.select_related("student").all()[0]
    Pairing.objects.filter(pk=pairing.pk).update(measures="名单上的措施")
    file = issue(office, 3, Edition.FULL, PAIRED_ON)
    make_plan(pairing, measures="后来写的计划")
    roster = _receive(read_workbook(file.content, file.name), office, "pairings", PAIRED_ON)
    assert "帮扶措施以计划为准" in roster.preview
    confirm_roster(
        roster=roster,
        planner=PLANNERS["pairings"],
        accepts_alarm=False,
        by=office,
        now=timezone.now(),
    )
    pairing.refresh_from_db()
    assert (pairing.measures, HelpPlan.objects.get().measures) == ("名单上的措施", "后来写的计划")
