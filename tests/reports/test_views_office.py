"""Workbooks the office takes out: each download is logged, and none is for others."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from pairing_portal.accounts.models import Role, User
from pairing_portal.audit.models import AuditEvent
from reports.models import Export
from students.models import RosterImport, Student
from tests.builders import PASSWORD, make_class, make_entry, make_student, make_user
from tests.students.rosters import BOY, SCHOOL, confirm, listed, make_office, receive, row, school_named

pytestmark = pytest.mark.django_db
REASON = "请学校改正后重报"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    assert client.login(username=clerk.username, password=PASSWORD)
    return client


def sheet_of(answer: Any) -> Any:
    """The first sheet of a downloaded workbook."""
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def listed_pupil(name: str, school: str = SCHOOL) -> Student:
    """A pupil on this year's county register."""
    today = timezone.localdate()
    pupil = make_student(make_class(school_named(school), entry_year=today.year - 3), name=name)
    make_entry(pupil, year=today.year, listed_on=today)
    return pupil


@pytest.mark.parametrize("kind", RosterImport.Kind.values)
def test_template_filled_in_is_read_without_any_setting(office: Client, clerk: User, kind: str) -> None:
    answer = office.get(reverse("import_template", args=[kind]))
    sheet = sheet_of(answer)
    names = [cell.column for cell in sheet[3] if str(cell.value).endswith(("姓名", "帮扶教师"))]
    for column in names:
        sheet.cell(4, column).value = "折小雨"
    stream = BytesIO()
    sheet.parent.save(stream)
    page = reverse("import_new")
    submission_id = office.get(page).context["form"]["submission_id"].value()
    file = SimpleUploadedFile("名单.xlsx", stream.getvalue())
    office.post(page, {"file": file, "submission_id": submission_id})
    roster = RosterImport.objects.get()
    assert (roster.kind, roster.counts["rows"]) == (kind, 1)


def test_template_of_nothing_is_missing(office: Client) -> None:
    assert office.get(reverse("import_template", args=["nothing"])).status_code == 404


def test_returned_rows_are_an_export_with_number_reason_and_hash(office: Client, clerk: User) -> None:
    roster = receive(listed(row(number=f"{BOY[:-1]}0")), clerk)
    sheet = sheet_of(office.post(reverse("import_returned", args=[roster.public_id]), {"reason": REASON}))
    export = Export.objects.get()
    assert (export.short_name, export.edition_words) == ("退回的行", "办公室用")
    assert (export.row_count, export.reason, export.created_by) == (1, REASON, clerk)
    assert export.number in sheet.oddFooter.right.text
    event = AuditEvent.objects.get(action="exported")
    assert (event.count, event.reason, event.subject_id) == (1, REASON, str(export.public_id))
    assert "退回的行" in office.get(reverse("export_list")).content.decode()


@pytest.mark.parametrize("reason", ["", "要用"])
def test_nothing_leaves_without_a_reason(office: Client, clerk: User, reason: str) -> None:
    roster = receive(listed(row(number=f"{BOY[:-1]}0")), clerk)
    address = reverse("import_returned", args=[roster.public_id])
    answer = office.post(address, {"reason": reason}, follow=True)
    assert "请写明下载事由" in answer.content.decode()
    assert not Export.objects.exists()


def test_settled_or_faultless_import_returns_no_rows(office: Client, clerk: User) -> None:
    roster = receive(listed(row()), clerk)
    address = reverse("import_returned", args=[roster.public_id])
    assert "没有退回的行" in office.post(address, {"reason": REASON}, follow=True).content.decode()
    confirm(roster, clerk)
    assert "已经办结" in office.post(address, {"reason": REASON}, follow=True).content.decode()


def test_prefilled_register_of_one_school_holds_that_school_alone(office: Client) -> None:
    here, _ = listed_pupil("单秀"), listed_pupil("折小雨", "石堡塔小学")
    asked = {"register": "county_filed", "school": school_named(SCHOOL).public_id, "reason": REASON}
    sheet = sheet_of(office.post(reverse("register_prefilled"), asked))
    titles = [cell.value for cell in sheet[3]]
    names = [line[titles.index("学生姓名")].value for line in sheet.iter_rows(min_row=4)]
    assert names == [here.name]
    assert Export.objects.get().short_name == "预填名册"


def test_empty_register_is_said_to_be_empty(office: Client) -> None:
    listed_pupil("单秀")
    asked = {"register": "district_recognised", "reason": REASON}
    answer = office.post(reverse("register_prefilled"), asked, follow=True)
    assert "这个名册上没有这样的学生" in answer.content.decode()
    assert REASON in answer.content.decode()


@pytest.mark.parametrize("role", [Role.AID, Role.SCHOOL, Role.LEADER, Role.TEACHER, Role.COUNTY])
def test_office_workbooks_are_for_those_who_keep_the_registers(
    client: Client, clerk: User, role: Role
) -> None:
    roster = receive(listed(row(number=f"{BOY[:-1]}0")), clerk)
    client.login(username=make_user(role, district=clerk.district).username, password=PASSWORD)
    told = {"reason": REASON, "register": "county_filed"}
    for address in (reverse("import_returned", args=[roster.public_id]), reverse("register_prefilled")):
        assert client.post(address, told).status_code == 403
    assert client.get(reverse("import_template", args=["teachers"])).status_code == 403


def test_prefilled_costs_the_same_for_few_and_many(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        listed_pupil(f"学生{'甲乙丙丁戊己'[number]}")
    with django_assert_max_num_queries(22):
        office.post(reverse("register_prefilled"), {"register": "county_filed", "reason": REASON})
