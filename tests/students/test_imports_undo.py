"""An import is taken back whole, so that nothing of it is left; what somebody touched since stands against it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing_portal.accounts.models import School, User
from pairing_portal.audit.models import Action, AuditEvent
from pairing_portal.lib.school_years import grade_name
from pairings.actions.campaigns import open_campaign_of
from pairings.imports.pairing_up import plan_pairings
from pairings.imports.staffing import plan_teachers
from pairings.models import Campaign
from students.actions.imports import (
    ListSettings,
    Upload,
    confirm_roster,
    discard_roster,
    receive_roster,
    undo_roster,
)
from students.imports.places import CREATE
from students.imports.planning import plan_register
from students.models import Enrolment, RegisterEntry, RosterImport, SchoolClass, Student
from tests.builders import make_district, make_teacher, make_user, make_visit
from tests.students.rosters import (
    BOY,
    COUNTY_2018,
    COUNTY_2019,
    DAY_2018,
    DAY_2019,
    DISTRICT_2018,
    GIRL,
    HEADER,
    OTHER,
    SCHOOL,
    SCHOOLS,
    again,
    bring_in,
    confirm,
    listed,
    made_up,
    make_office,
    make_pupil,
    preview_of,
    receive,
    row,
    workbook,
)
from tests.undo.dumps import dump

pytestmark = pytest.mark.django_db
Kind = RosterImport.Kind
PLANNERS: dict[str, Any] = {
    Kind.COUNTY_FILED: plan_register,
    Kind.DISTRICT_RECOGNISED: plan_register,
    Kind.TEACHERS: plan_teachers,
    Kind.PAIRINGS: plan_pairings,
}
SAMPLES = (
    ("教师花名册-2018.xlsx", Kind.TEACHERS, date(2018, 2, 1)),
    (COUNTY_2018, Kind.COUNTY_FILED, DAY_2018),
    (DISTRICT_2018, Kind.DISTRICT_RECOGNISED, DAY_2018),
    ("附件3-结对名单-2018.xlsx", Kind.PAIRINGS, date(2018, 3, 10)),
    (COUNTY_2019, Kind.COUNTY_FILED, DAY_2019),
)


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def take(name: str, kind: Kind, on: date, by: User) -> RosterImport:
    """Bring a sample in as the page does: unknown schools are made, the year's campaign is opened."""
    assert by.district is not None
    roster = receive_roster(
        upload=Upload(workbook(name), name, "0" * 64),
        settings=ListSettings(kind, on.year, on, {"schools": dict.fromkeys(SCHOOLS, CREATE)}),
        planner=PLANNERS[kind],
        district=by.district,
        by=by,
    )
    return confirm_roster(
        roster=roster,
        planner=PLANNERS[kind],
        accepts_alarm=True,
        by=by,
        now=timezone.now(),
        further=open_campaign_of,
    )


def take_back(roster: RosterImport, by: User) -> RosterImport:
    return undo_roster(roster=roster, by=by, now=timezone.now())


def test_samples_undone_in_reverse_leave_every_table_as_it_was() -> None:
    clerk = make_user(district=make_district())
    states, rosters = [], []
    for name, kind, on in SAMPLES:
        states.append(dump())
        rosters.append(take(name, kind, on, clerk))
    assert (School.objects.count(), Campaign.objects.count(), Student.objects.count()) == (5, 2, 149)
    for roster, state in zip(reversed(rosters), reversed(states), strict=True):
        take_back(roster, clerk)
        assert dump() == state


def test_list_that_moves_ends_and_corrects_is_taken_back(clerk: User) -> None:
    recognised = bring_in(listed(row()), clerk, register="district_recognised")
    bring_in(listed(row("单秀", GIRL, 户编号="H1", 户主姓名="单守业")), clerk)
    before = dump()
    roster = receive(
        listed(row(联系电话="13911111111", 年级="二年级"), row("任海", OTHER, 户编号="H2")), clerk
    )
    preview = preview_of(roster)
    ends = {preview.missing[0].choice: RegisterEntry.EndReason.RECOVERED}
    roster = again(roster, moves=[preview.rows[0].choice], ends=ends)
    confirm(roster, clerk, accepts_alarm=True)
    assert RegisterEntry.objects.filter(end_reason__in=["moved", "recovered"]).count() == 2
    take_back(roster, clerk)
    assert dump() == before
    assert recognised.state == "confirmed"


def test_undone_import_says_so_and_its_file_can_come_in_again(clerk: User) -> None:
    roster = bring_in(listed(row()), clerk)
    undone = take_back(roster, clerk)
    assert undone.change_set is not None
    assert (undone.state, undone.change_set.undone_by) == ("undone", clerk)
    event = AuditEvent.objects.get(action=Action.UNDONE)
    assert (event.reason, event.count) == ("导入名册", 4)
    assert bring_in(listed(row()), clerk).counts["new"] == 1


def test_import_undone_twice_is_undone_once(clerk: User) -> None:
    roster = bring_in(listed(row()), clerk)
    take_back(roster, clerk)
    assert take_back(roster, clerk).state == "undone"
    assert AuditEvent.objects.filter(action=Action.UNDONE).count() == 1


def _correct(clerk: User) -> None:
    Student.objects.filter(name="单秀").update(guardian_phone="13700000000", version=2)


def _visit(_clerk: User) -> None:
    make_visit(Student.objects.get(name="单秀"), make_teacher())


def _list_again(clerk: User) -> None:
    bring_in(listed(row("单秀", GIRL, 监护人="单守业")), clerk)


def _fill_class(_clerk: User) -> None:
    other = Student.objects.create(district=make_district(), name="外来")
    Enrolment.objects.create(student=other, school_class=SchoolClass.objects.get(), started_on=DAY_2018)


@pytest.mark.parametrize(
    ("touch", "named"),
    [
        (_correct, "单秀（学生）"),
        (_visit, "单秀（学生，已有家访记录）"),
        (_list_again, "单秀（学生）"),
        (_fill_class, "麻镇中心小学 小学 2017 级 1 班（班级，已有就读）"),
    ],
)
def test_what_was_touched_since_stands_against_undoing_by_name(
    clerk: User, touch: Callable[[User], None], named: str
) -> None:
    roster = bring_in(listed(row(), row("单秀", GIRL)), clerk)
    touch(clerk)
    before = dump()
    with pytest.raises(ValidationError) as refused:
        take_back(roster, clerk)
    assert refused.value.messages[0].startswith(f"{named}在这之后又有变动")
    assert dump() == before
    roster.refresh_from_db()
    assert roster.state == "confirmed"


def test_import_that_wrote_nothing_is_not_undone(clerk: User) -> None:
    waiting, discarded = receive(listed(row()), clerk), receive(listed(row()), clerk)
    discard_roster(roster=discarded, by=clerk, now=discarded.created_at)
    for roster in (waiting, discarded):
        with pytest.raises(ValidationError, match="没有写入过内容"):
            take_back(roster, clerk)


def test_import_is_undone_within_thirty_days(clerk: User) -> None:
    roster = bring_in(listed(row()), clerk)
    with pytest.raises(ValidationError, match="已过可撤销期限"):
        undo_roster(roster=roster, by=clerk, now=timezone.now() + timedelta(days=30))
    undo_roster(roster=roster, by=clerk, now=timezone.now() + timedelta(days=29))
    assert not Student.objects.exists()


def test_what_undoing_keeps_lies_sealed(clerk: User) -> None:
    make_pupil(clerk)
    roster = bring_in(listed(row(监护人="折守业")), clerk)
    assert roster.change_set is not None
    kept = roster.change_set.steps.get(table="students.student")
    assert "王建国" in kept.content
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM undo_tablechange WHERE id = %s", [kept.pk])
        assert "王建国".encode() not in bytes(cursor.fetchone()[0])


PEOPLE = {"折小雨": BOY, "单秀": GIRL, "任海": OTHER, "无号": ""}
rows = st.builds(
    lambda name, grade, number, **cells: row(
        name, PEOPLE[name], 年级=grade_name("primary", grade), 班级=f"{number}班", **cells
    ),
    name=st.sampled_from(list(PEOPLE)),
    grade=st.integers(1, 3),
    number=st.integers(1, 2),
    监护人=st.sampled_from(["王建国", "折守业", ""]),
    户编号=st.sampled_from(["", "H1", "H2"]),
    户主姓名=st.sampled_from(["", "折守业", "单守义"]),
    脱贫状态=st.sampled_from(["未脱贫", "已脱贫"]),
)
lists = st.lists(rows, min_size=1, max_size=4, unique_by=lambda cells: cells[3])


@settings(max_examples=25, deadline=None)
@given(first=lists, second=lists, days=st.integers(0, 400))
def test_any_two_lists_undone_in_reverse_leave_nothing(
    first: list[Any], second: list[Any], days: int
) -> None:
    with transaction.atomic():
        clerk = make_office(SCHOOL)[1]
        make_pupil(clerk)
        states, rosters = [], []
        for content, on in ((first, DAY_2018), (second, DAY_2018 + timedelta(days=days))):
            states.append(dump())
            rosters.append(
                confirm(receive(made_up(HEADER, *content), clerk, on=on), clerk, accepts_alarm=True)
            )
        for roster, state in zip(reversed(rosters), reversed(states), strict=True):
            if roster.change_set is not None:
                take_back(roster, clerk)
            assert dump() == state
        transaction.set_rollback(True)
