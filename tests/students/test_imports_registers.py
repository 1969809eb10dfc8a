"""The sample registers against what a careful clerk reads out of them."""

from datetime import date
from operator import itemgetter

import pytest

from pairing_portal.lib.school_years import grade_name
from students.imports.comparing import read_register
from students.imports.previews import Preview
from students.imports.reading import RosterRow
from students.models import Enrolment, Register, RegisterEntry, Student
from tests.students.rosters import (
    COUNTY_2018,
    COUNTY_2019,
    DAY_2018,
    DAY_2019,
    DISTRICT_2018,
    FAULTY,
    TRUTH,
    bring_in,
    confirm,
    listed,
    make_office,
    make_pupil,
    preview_of,
    receive,
    row,
    workbook,
)

pytestmark = pytest.mark.django_db
STAGES = {"preschool": "学前", "primary": "小学", "middle": "初中"}
COMMON = {"name": "name", "id": "id_number", "school": "school", "class": "class_number"}
COUNTY = COMMON | {
    "household": "household_number",
    "head": "head_name",
    "status": "household_status",
    "phone": "guardian_phone",
}
DISTRICT = COMMON | {"type": "main_type", "guardian": "guardian_name", "phone": "guardian_phone"}


def read_as_truth(row: RosterRow, keys: dict[str, str]) -> dict:
    """The row under the names of truth.json."""
    values = row.values
    stage, number = values["class_grade"]
    read = {name: values.get(key) for name, key in keys.items()}
    years = {"preschool": grade_name(stage, number), "primary": number, "middle": number + 6}
    return read | {"stage": STAGES[stage], "grade": years[stage], "sex": values["sex"].label}


@pytest.mark.parametrize(
    ("name", "register", "keys", "on"),
    [
        (COUNTY_2018, Register.COUNTY_FILED, COUNTY, DAY_2018),
        (COUNTY_2019, Register.COUNTY_FILED, COMMON, DAY_2019),
        (DISTRICT_2018, Register.DISTRICT_RECOGNISED, DISTRICT, DAY_2018),
    ],
)
def test_register_reads_as_a_careful_clerk_would(
    name: str, register: Register, keys: dict[str, str], on: date
) -> None:
    reading = read_register(workbook(name), register, on)
    truth = sorted(TRUTH[name]["rows"], key=itemgetter("id"))
    assert sorted((read_as_truth(row, keys) for row in reading.rows), key=itemgetter("id")) == truth
    assert (reading.unknown_columns, reading.notes) == ((), ())


def errors_of(preview: Preview) -> dict[str, str]:
    """Code of the error of each refused row, by Excel row."""
    return {str(row.number): row.problems[0].code for row in preview.rows if row.is_refused}


def test_faulty_file_yields_exactly_its_errors_at_its_rows() -> None:
    _, clerk = make_office()
    roster = receive(workbook(FAULTY), clerk)
    preview = preview_of(roster)
    assert errors_of(preview) == TRUTH[FAULTY]["errors_by_excel_row"]
    assert all(len([p for p in row.problems if p.level == "error"]) <= 1 for row in preview.rows)
    warned = {
        str(row.number): row.warnings[0].code for row in preview.rows if row.warnings and not row.is_refused
    }
    assert warned == TRUTH[FAULTY]["warnings_by_excel_row"]
    confirm(roster, clerk)
    assert Student.objects.count() == TRUTH[FAULTY]["accepted_rows"]


def keys_by_id(preview: Preview) -> dict[str, list[str]]:
    """Keys of the changed facts by ID number."""
    numbers = {str(student.public_id): student.id_number for student in Student.objects.all()}
    return {
        numbers[row.subject_id]: sorted(change.key for change in row.changes)
        for row in preview.rows
        if row.changes
    }


def test_next_years_list_is_told_apart_exactly() -> None:
    _, clerk = make_office()
    bring_in(workbook(COUNTY_2018), clerk)
    truth = TRUTH[COUNTY_2019]
    roster = receive(workbook(COUNTY_2019), clerk, on=DAY_2019)
    preview = preview_of(roster)
    numbers = {str(student.public_id): student.id_number for student in Student.objects.all()}
    assert keys_by_id(preview) == {number: sorted(keys) for number, keys in truth["changed"].items()}
    assert {numbers[row.subject_id] for row in preview.rows if row.is_promoted} == set(truth["promoted"])
    assert {numbers[each.subject_id] for each in preview.missing} == set(truth["gone"])
    assert {numbers[each.subject_id] for each in preview.missing if each.is_graduate} == set(
        truth["graduates"]
    )
    new = [row.name for row in preview.rows if row.state == "new"]
    assert new == [row["name"] for row in truth["rows"] if row["id"] in truth["new"]]
    assert not preview.is_alarming
    counts = roster.counts
    assert (counts["new"], counts["changed"], counts["promoted"], counts["missing"]) == (9, 11, 18, 10)


def test_older_list_shows_a_later_class_as_of_its_first_day() -> None:
    _, clerk = make_office()
    bring_in(workbook(COUNTY_2018), clerk)
    bring_in(workbook(COUNTY_2019), clerk, on=DAY_2019)
    missing = preview_of(receive(workbook(FAULTY), clerk)).missing
    places = {each.name: each.place for each in missing}
    assert places["钱玉梅"] == "麻镇中心小学一年级1班"
    assert not [place for place in places.values() if "未入学" in place]


def test_next_years_list_is_written_as_it_was_shown() -> None:
    _, clerk = make_office()
    bring_in(workbook(COUNTY_2018), clerk)
    bring_in(workbook(COUNTY_2019), clerk, on=DAY_2019)
    truth = TRUTH[COUNTY_2019]
    assert RegisterEntry.objects.filter(year=2019, ended_on=None).count() == 85
    assert RegisterEntry.objects.filter(year=2018, ended_on=None).count() == 86
    promoted = Enrolment.objects.filter(start_reason="promoted", started_on="2018-09-01")
    assert {each.student.id_number for each in promoted} == set(truth["promoted"])
    pupil = Student.objects.with_id_number(truth["promoted"][0]).get()
    assert pupil.enrolments.active(DAY_2018).get().school_class.school.name == "麻镇中心幼儿园"
    again = receive(workbook(COUNTY_2019), clerk, on=DAY_2019)
    assert again.counts["unchanged"] == again.counts["rows"] == 85


@pytest.mark.parametrize(
    ("name", "register"),
    [
        (COUNTY_2018, Register.COUNTY_FILED),
        (DISTRICT_2018, Register.DISTRICT_RECOGNISED),
        (FAULTY, Register.COUNTY_FILED),
    ],
)
def test_same_file_twice_changes_nothing(name: str, register: Register) -> None:
    _, clerk = make_office()
    first = bring_in(workbook(name), clerk, register=register)
    versions = list(Student.objects.order_by("pk").values_list("pk", "version"))
    second = bring_in(workbook(name), clerk, register=register)
    assert second.counts["unchanged"] == first.counts["new"] > 0
    assert second.counts["new"] == second.counts["changed"] == second.counts["missing"] == 0
    assert list(Student.objects.order_by("pk").values_list("pk", "version")) == versions
    assert Enrolment.objects.count() == RegisterEntry.objects.count() == first.counts["new"]


def test_preview_counts_are_the_committed_counts() -> None:
    _, clerk = make_office()
    roster = receive(workbook(COUNTY_2018), clerk)
    assert roster.counts["new"] == 86
    confirm(roster, clerk)
    assert RegisterEntry.objects.count() == Student.objects.count() == 86
    roster.refresh_from_db()
    assert (roster.state, roster.reading, roster.preview) == ("confirmed", "", "")
    assert roster.counts["new"] == 86


def test_list_keeps_a_corrected_reading_until_it_brings_another_name() -> None:
    _, clerk = make_office()
    pupil = make_pupil(clerk)
    pupil.pinyin = "zhe xiao yu"
    pupil.save()
    bring_in(listed(row("折小雨", 联系电话="13911112222")), clerk)
    pupil.refresh_from_db()
    assert (pupil.guardian_phone, pupil.pinyin, pupil.initials) == ("13911112222", "zhe xiao yu", "zxy")
    bring_in(listed(row("单小雨")), clerk)
    pupil.refresh_from_db()
    assert (pupil.pinyin, pupil.letters, pupil.given_name) == ("shan xiao yu", "shanxiaoyu", "小雨")
