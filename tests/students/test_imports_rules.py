"""What a list may do and what it never does."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairing_portal.accounts.models import User
from pairing_portal.lib.workbooks.sheets import Workbook
from students.actions.imports import discard_roster
from students.models import Enrolment, Household, Register, RegisterEntry, SchoolClass, Student
from tests.builders import TODAY, make_entry
from tests.students.rosters import (
    BOY,
    COUNTY_2018,
    DAY_2018,
    DAY_2019,
    GIRL,
    HEADER,
    SCHOOL,
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def test_blank_cell_leaves_what_is_stored(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    roster = bring_in(listed(row(联系电话="", 监护人="", 脱贫状态="", 班级="", 年级="")), clerk)
    pupil = Student.objects.get()
    assert roster.counts["unchanged"] == 1
    assert (pupil.guardian_name, pupil.guardian_phone) == ("王建国", "13900000000")


def test_absent_column_leaves_what_is_stored(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    roster = bring_in(made_up(["学生姓名", "身份证号"], ["折小雨", BOY]), clerk)
    assert roster.counts["unchanged"] == 1
    assert Student.objects.get().guardian_name == "王建国"


def test_changed_row_bumps_versions_and_writes_only_itself(clerk: User) -> None:
    bring_in(listed(row(), row("单秀", GIRL)), clerk)
    roster = receive(listed(row(联系电话="13911111111"), row("单秀", GIRL)), clerk)
    change = next(shown for shown in preview_of(roster).rows if shown.state == "changed").changes[0]
    assert (change.label, change.old, change.new) == ("联系电话", "13900000000", "13911111111")
    confirm(roster, clerk)
    assert sorted(Student.objects.values_list("name", "version")) == [("单秀", 1), ("折小雨", 2)]


def test_secret_number_is_shown_without_its_digits(clerk: User) -> None:
    header = ["学校", "年级", "班级", "学生姓名", "出生日期", "监护人", "身份证号"]
    bring_in(made_up(header, [SCHOOL, "一年级", "1班", "折小雨", "2010-03-15", "王建国", ""]), clerk)
    roster = receive(made_up(header, ["", "", "", "折小雨", "", "王建国", BOY]), clerk)
    assert [change.new for change in preview_of(roster).rows[0].changes] == ["名单上的号码"]
    assert BOY not in roster.preview
    assert confirm(roster, clerk).counts["changed"] == 1
    assert Student.objects.get().id_number == BOY


def test_row_edited_since_the_preview_is_refused_by_name(clerk: User) -> None:
    bring_in(listed(row(), row("单秀", GIRL)), clerk)
    roster = receive(listed(row(联系电话="13911111111"), row("单秀", GIRL, 联系电话="13922222222")), clerk)
    pupil = Student.objects.get(name="单秀")
    pupil.village, pupil.version = "新村", pupil.version + 1
    pupil.save()
    with pytest.raises(ValidationError, match="单秀在预览之后被修改过"):
        confirm(roster, clerk)
    assert set(Student.objects.values_list("guardian_phone", flat=True)) == {"13900000000"}
    assert confirm(again(roster), clerk).counts["changed"] == 2


def test_second_confirm_returns_the_first_result(clerk: User) -> None:
    roster = receive(listed(row()), clerk)
    first, second = confirm(roster, clerk), confirm(roster, clerk)
    assert (first.settled_at, Student.objects.count()) == (second.settled_at, 1)


def test_discarded_import_cannot_be_confirmed(clerk: User) -> None:
    roster = receive(listed(row()), clerk)
    discard_roster(roster=roster, by=clerk, now=roster.created_at)
    with pytest.raises(ValidationError, match="已经放弃"):
        confirm(roster, clerk)
    roster.refresh_from_db()
    assert (roster.reading, roster.preview) == ("", "")


def test_county_arrival_of_a_recognised_pupil_waits_for_the_clerk(clerk: User) -> None:
    bring_in(listed(row()), clerk, register=Register.DISTRICT_RECOGNISED)
    roster = receive(listed(row()), clerk)
    waiting = preview_of(roster).rows[0]
    assert waiting.state == "waiting"
    assert confirm(receive(listed(row()), clerk), clerk).counts["new"] == 0
    assert RegisterEntry.objects.get().register == Register.DISTRICT_RECOGNISED
    confirm(again(roster, moves=[waiting.choice]), clerk)
    old, new = RegisterEntry.objects.order_by("pk")
    assert (old.end_reason, old.ended_on) == ("moved", DAY_2018)
    assert (new.register, new.ended_on) == (Register.COUNTY_FILED, None)


def test_district_arrival_of_a_filed_pupil_is_refused(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    roster = receive(listed(row()), clerk, register=Register.DISTRICT_RECOGNISED)
    assert preview_of(roster).rows[0].problems[0].code == "county_filed_already"


def test_missing_pupil_is_left_unless_a_reason_is_given(clerk: User) -> None:
    bring_in(listed(row(), row("单秀", GIRL)), clerk)
    roster = receive(listed(row()), clerk)
    missing = preview_of(roster).missing[0]
    assert (missing.name, missing.reason) == ("单秀", "")
    roster = again(roster, ends={missing.choice: RegisterEntry.EndReason.RECOVERED})
    with pytest.raises(ValidationError, match="十分之一"):
        confirm(roster, clerk)
    confirm(roster, clerk, accepts_alarm=True)
    entry = RegisterEntry.objects.get(student__name="单秀")
    assert (entry.end_reason, entry.ended_on) == ("recovered", DAY_2018)


def test_refused_row_does_not_make_its_pupil_missing(clerk: User) -> None:
    bring_in(listed(row(), row("单秀", GIRL)), clerk)
    roster = receive(listed(row(), row("单秀", GIRL[:-1] + "0")), clerk)
    assert preview_of(roster).missing == ()


def test_alarm_in_a_new_year_when_more_than_a_tenth_would_vanish(clerk: User) -> None:
    bring_in(workbook(COUNTY_2018), clerk)
    roster = receive(listed(row()), clerk, on=DAY_2019)
    assert preview_of(roster).is_alarming
    with pytest.raises(ValidationError, match="十分之一"):
        confirm(roster, clerk)
    confirm(roster, clerk, accepts_alarm=True)
    assert RegisterEntry.objects.filter(year=2019).count() == 1


def test_unknown_school_is_created_on_the_spot(clerk: User) -> None:
    roster = receive(listed(row(学校="新桥小学")), clerk)
    assert preview_of(roster).unknown_schools == (("新桥小学", ""),)
    assert preview_of(roster).rows[0].problems[0].code == "school_unknown"
    confirm(again(roster, schools={"新桥小学": "create"}), clerk)
    assert SchoolClass.objects.get().school.name == "新桥小学"


def test_unknown_school_is_mapped_to_one_on_record(clerk: User) -> None:
    assert clerk.district is not None
    school = clerk.district.schools.get(name=SCHOOL)
    roster = receive(listed(row(学校="中心小学")), clerk)
    confirm(again(roster, schools={"中心小学": str(school.public_id)}), clerk)
    assert SchoolClass.objects.get().school == school


def test_first_file_of_a_district_proposes_its_schools() -> None:
    district, clerk = make_office()
    district.schools.all().delete()
    roster = receive(workbook(COUNTY_2018), clerk)
    assert roster.counts["refused"] == 0
    confirm(roster, clerk)
    assert district.schools.count() == 5


def test_siblings_share_the_household_of_their_number(clerk: User) -> None:
    family = {"户编号": "6100000001", "户主姓名": "王大"}
    bring_in(listed(row(**family), row("单秀", GIRL, **family)), clerk)
    assert Household.objects.get().students.count() == 2
    bring_in(
        listed(row(**family | {"户主姓名": "王二"}), row("单秀", GIRL, **family | {"户主姓名": "王二"})),
        clerk,
    )
    assert Household.objects.get().head_name == "王二"


def test_two_heads_of_one_household_are_remarked_upon(clerk: User) -> None:
    book = listed(
        row(户编号="6100000001", 户主姓名="王大"), row("单秀", GIRL, 户编号="6100000001", 户主姓名="王二")
    )
    roster = bring_in(book, clerk)
    assert Household.objects.get().head_name == "王大"
    assert roster.counts["warned"] == 1
    assert bring_in(book, clerk).counts["unchanged"] == 2


def test_change_of_school_ends_one_place_and_opens_the_next(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    bring_in(listed(row(学校="石堡塔小学")), clerk, on=TODAY)
    old, new = Enrolment.objects.order_by("pk")
    assert (old.ended_on, old.end_reason, new.started_on, new.start_reason) == (
        TODAY,
        "transferred",
        TODAY,
        "transferred",
    )


def test_older_list_moves_nobody(clerk: User) -> None:
    bring_in(listed(row(年级="二年级")), clerk, on=DAY_2019)
    roster = receive(listed(row(学校="石堡塔小学")), clerk, on=DAY_2018)
    assert preview_of(roster).rows[0].changes == ()


def test_entry_ended_this_year_is_opened_anew(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    RegisterEntry.objects.update(ended_on=DAY_2018, end_reason="mistake")
    assert bring_in(listed(row()), clerk, on=TODAY).counts["new"] == 1
    assert RegisterEntry.objects.count() == 2


def test_former_facts_are_taken_over_where_the_new_list_is_silent(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    bring_in(listed(row(年级="二年级", 脱贫状态="")), clerk, on=DAY_2019)
    assert RegisterEntry.objects.get(year=2019).household_status == "未脱贫"


def statements(by: User, rows: int) -> int:
    """How many statements it takes to bring in the first rows of a sample."""
    sheet = workbook(COUNTY_2018).sheets[0]
    with CaptureQueriesContext(connection) as queries:
        bring_in(Workbook((replace(sheet, rows=sheet.rows[: rows + 3]),)), by)
    return len(queries)


def test_statements_do_not_grow_with_the_list(clerk: User) -> None:
    assert statements(clerk, 20) == statements(make_office()[1], 86)


def test_entries_of_other_years_stay_as_they_are(clerk: User) -> None:
    pupil = make_pupil(clerk)
    make_entry(pupil, year=2017, listed_on="2017-03-05")
    bring_in(listed(row()), clerk)
    assert sorted(RegisterEntry.objects.values_list("year", "version")) == [(2017, 1), (2018, 1)]


SEALED_HEADER = [*HEADER, "是否残疾", "残疾证号", "户主身份证号"]
CERTIFICATE = f"{BOY}43"


def test_certificate_and_head_number_come_in_sealed_and_are_never_spelled(clerk: User) -> None:
    make_pupil(clerk)
    cells = [*row(户主姓名="折建国"), "是", CERTIFICATE, GIRL]
    roster = receive(made_up(SEALED_HEADER, cells), clerk)
    changes = {change.label: change.new for change in preview_of(roster).rows[0].changes}
    assert changes["是否残疾"] == "是"
    assert (changes["残疾人证号"], changes["户主身份证号"]) == ("名单上的号码", "名单上的号码")
    confirm(roster, clerk)
    pupil = Student.objects.select_related("household").get()
    assert (pupil.is_disabled, pupil.disability_certificate) == (True, CERTIFICATE)
    assert pupil.household is not None
    assert (pupil.household.head_name, pupil.household.head_id_number) == ("折建国", GIRL)


def test_certificate_and_head_number_brought_in_twice_change_nothing(clerk: User) -> None:
    make_pupil(clerk)
    book = made_up(SEALED_HEADER, [*row(户主姓名="折建国"), "", CERTIFICATE, GIRL])
    bring_in(book, clerk)
    assert Student.objects.get().is_disabled
    assert not preview_of(receive(book, clerk)).rows[0].changes


def test_certificate_of_another_person_and_missing_one_are_remarked_upon(clerk: User) -> None:
    book = made_up(SEALED_HEADER, [*row(), "是", f"{GIRL}43", ""], [*row("单秀", GIRL), "是", "", ""])
    codes = [{problem.code for problem in row.problems} for row in preview_of(receive(book, clerk)).rows]
    assert "certificate_differs_from_id" in codes[0]
    assert "certificate_missing" in codes[1]
