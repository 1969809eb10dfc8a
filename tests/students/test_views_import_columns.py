"""Saying which column is which: shown with samples, changed, remembered for the same headers, forgotten."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from pairing_portal.accounts.models import User
from pairing_portal.audit.models import AuditEvent
from students.models import ColumnChoice, RosterImport, Student
from tests.access.pages import Page
from tests.builders import PASSWORD
from tests.students.rosters import BOY, COUNTY_2018, FOLDER, GIRL, SCHOOL, TRUTH, make_office, sheet_bytes

pytestmark = pytest.mark.django_db
HEADER = ["学校", "年级", "班级", "姓名", "证件", "家长手机", "鞋码"]
ODD = ["哪个学校", "几年级", "几班", "娃娃", "证件", "家长手机", "鞋码"]
MEANT = ["school", "class_grade", "class_number", "name", "id_number", "guardian_phone", ""]
ROW = [SCHOOL, "一年级", "1班", "折小雨", BOY, "13900000000", "36"]
SISTER = [SCHOOL, "二年级", "1班", "单秀", GIRL, "13911111111", "35"]


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    assert client.login(username=clerk.username, password=PASSWORD)
    return client


def sent(client: Client, header: list[str], *rows: list[Any], **fields: Any) -> tuple[RosterImport, str]:
    """Upload a list; the import and the address one is sent to."""
    file = SimpleUploadedFile("名单.xlsx", sheet_bytes(header, *rows))
    data = {"submission_id": str(uuid4()), "kind": "county_filed", **fields, "file": file}
    answer = client.post(reverse("import_new"), data)
    assert answer.status_code == 302, answer.content.decode()
    return RosterImport.objects.latest("pk"), answer["Location"]


def address(roster: RosterImport) -> str:
    """The page of its columns."""
    return reverse("import_columns", args=[roster.public_id])


def told(client: Client, roster: RosterImport, keys: list[str]) -> Any:
    """Send the page with these keys, one for each column in order, and follow where it leads."""
    form = Page(client.get(address(roster)).content.decode()).posting(
        address(roster), having="csrfmiddlewaretoken"
    )
    names = [name for name in form.values if name.startswith("column-")]
    return client.post(address(roster), dict(zip(names, keys, strict=True)), follow=True)


def test_page_shows_every_column_with_samples_and_its_guess(office: Client) -> None:
    roster, url = sent(office, HEADER, ROW, SISTER)
    html = office.get(address(roster)).content.decode()
    form = Page(html).posting(address(roster), having="csrfmiddlewaretoken")
    guesses = [values[0] for name, values in form.values.items() if name.startswith("column-")]
    assert url == roster.get_absolute_url()
    assert guesses == ["school", "class_grade", "class_number", "name", "", "", ""]
    assert "折小雨；单秀" in html
    assert "36；35" in html


def test_page_shows_no_digit_of_an_id_number(office: Client) -> None:
    spaced = f"{BOY[:6]} {BOY[6:14]} {BOY[14:]}"
    roster, _ = sent(office, HEADER, ROW, [*SISTER[:4], spaced, f"号码{GIRL}", int(GIRL)])
    html = office.get(address(roster)).content.decode()
    assert "●●●●●●" in html
    assert not any(part in html for part in (BOY[:6], BOY[6:14], BOY[14:], GIRL[6:14]))


def test_changed_guess_reads_the_file_anew(office: Client) -> None:
    roster, _ = sent(office, HEADER, ROW)
    answer = told(office, roster, [*MEANT[:4], "id_number", "guardian_phone", ""])
    assert "已按新的列对应重新比对" in answer.content.decode()
    office.post(reverse("import_confirm", args=[roster.public_id]))
    pupil = Student.objects.get()
    assert (pupil.id_number, pupil.guardian_phone) == (BOY, "13900000000")


def test_list_without_a_known_title_is_told_column_by_column(office: Client) -> None:
    roster, url = sent(office, ODD, ROW, SISTER)
    assert url == address(roster)
    assert "还不能比对" in office.get(url).content.decode()
    assert "指出各列" in office.get(roster.get_absolute_url()).content.decode()
    answer = told(office, roster, MEANT)
    assert "新增 2" in answer.content.decode()


def test_nothing_is_written_of_a_list_that_waits_for_its_columns(office: Client) -> None:
    roster, _ = sent(office, ODD, ROW)
    office.post(reverse("import_confirm", args=[roster.public_id]), follow=True)
    roster.refresh_from_db()
    assert (roster.is_open, Student.objects.count()) == (True, 0)


def test_choice_is_remembered_for_the_same_headers_in_any_order(office: Client, clerk: User) -> None:
    told(office, sent(office, ODD, ROW)[0], MEANT)
    roster, url = sent(office, ODD[::-1], SISTER[::-1])
    html = office.get(url).content.decode()
    assert url == roster.get_absolute_url()
    assert "已按上次保存的列对应读取" in html
    assert roster.counts["new"] == 1
    choice = ColumnChoice.objects.get()
    assert (choice.district, choice.created_by, choice.version) == (clerk.district, clerk, 1)


@pytest.mark.parametrize("kind", ["teachers", "district_recognised"])
def test_choice_is_remembered_for_its_kind_of_list_alone(office: Client, kind: str) -> None:
    told(office, sent(office, ODD, ROW)[0], MEANT)
    assert sent(office, ODD, ROW, kind=kind)[0].waits_for_columns


def test_choice_of_another_district_is_not_used(office: Client, client: Client) -> None:
    told(office, sent(office, ODD, ROW)[0], MEANT)
    client.logout()
    client.force_login(make_office()[1])
    assert sent(client, ODD, ROW)[0].waits_for_columns


def test_changed_choice_is_kept_in_its_row_and_logged(office: Client) -> None:
    roster, _ = sent(office, ODD, ROW)
    told(office, roster, MEANT)
    told(office, roster, [*MEANT[:5], "", ""])
    choice = ColumnChoice.objects.get()
    events = AuditEvent.objects.filter(subject_id=str(choice.public_id)).order_by("pk")
    assert (choice.version, choice.columns["家长手机"]) == (2, "")
    assert [event.action for event in events] == ["created", "changed"]


def test_forgotten_choice_is_read_by_the_words_again(office: Client) -> None:
    roster, _ = sent(office, ODD, ROW)
    told(office, roster, MEANT)
    assert "忘记这套列对应" in office.get(address(roster)).content.decode()
    html = office.post(
        reverse("import_columns_forget", args=[roster.public_id]), follow=True
    ).content.decode()
    assert "已忘记这套表头的列对应" in html
    assert sent(office, ODD, ROW)[0].waits_for_columns


def test_two_columns_read_as_the_same_are_refused(office: Client) -> None:
    roster, _ = sent(office, HEADER, ROW)
    answer = told(office, roster, [*MEANT[:4], "name", "", ""])
    assert "“姓名”和“证件”都对应到了“学生姓名”" in answer.content.decode()
    assert not ColumnChoice.objects.exists()


def test_required_column_that_nobody_names_is_asked_for(office: Client) -> None:
    roster, _ = sent(office, HEADER, ROW)
    answer = told(office, roster, [*MEANT[:3], "", "", "", ""])
    assert "请指出哪一列是“学生姓名”" in answer.content.decode()


def test_choice_survives_other_settings(office: Client) -> None:
    roster, _ = sent(office, ODD, ROW)
    told(office, roster, MEANT)
    settings = {"kind": "county_filed", "year": "2017", "listed_on": "2017-03-05"}
    office.post(reverse("import_refresh", args=[roster.public_id]), settings)
    roster.refresh_from_db()
    assert (roster.year, roster.counts["new"]) == (2017, 1)


def test_sheet_of_another_kind_is_named_and_passed_over(office: Client) -> None:
    book = load_workbook(FOLDER / COUNTY_2018)
    teachers = book.create_sheet("教师")
    for line in (
        ["教师花名册"],
        ["学校", "姓名", "职务", "职称", "联系电话"],
        [SCHOOL, "折建国", "校长", "高级", ""],
    ):
        teachers.append(line)
    stream = BytesIO()
    book.save(stream)
    for kind, rows in (("", len(TRUTH[COUNTY_2018]["rows"])), ("teachers", 1)):
        file = SimpleUploadedFile("名单.xlsx", stream.getvalue())
        office.post(reverse("import_new"), {"submission_id": str(uuid4()), "kind": kind, "file": file})
        roster = RosterImport.objects.latest("pk")
        assert roster.counts["rows"] == rows
        assert "看起来是另一种名册，没有读取" in office.get(roster.get_absolute_url()).content.decode()


def test_file_is_told_no_more_once_settled(office: Client) -> None:
    roster, _ = sent(office, HEADER, ROW)
    office.post(reverse("import_discard", args=[roster.public_id]))
    html = office.get(address(roster), follow=True).content.decode()
    assert "这次导入已经办结" in html


def test_page_costs_the_same_for_few_and_many_rows(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    roster, _ = sent(
        office, HEADER, *[[SCHOOL, "一年级", "1班", f"学生{number}", "", "", ""] for number in range(60)]
    )
    office.get(address(roster))
    with django_assert_max_num_queries(10):
        office.get(address(roster))
