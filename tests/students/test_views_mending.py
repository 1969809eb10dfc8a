"""A refused row is put right where it stands."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role, User
from pairing_portal.audit.models import AuditEvent
from students.actions.imports import ListSettings, Upload, receive_roster
from students.imports.previews import ShownRow
from students.models import RosterImport, Student
from students.views.import_kinds import PLANNERS
from tests.builders import PASSWORD, make_user
from tests.students.rosters import (
    BOY,
    DAY_2018,
    FAULTY,
    GIRL,
    SCHOOL,
    listed,
    made_up,
    make_office,
    preview_of,
    receive,
    workbook,
)
from tests.students.rosters import confirm as confirmed
from tests.students.rosters import row as cells

pytestmark = pytest.mark.django_db
WRONG = f"{BOY[:-1]}0"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    assert client.login(username=clerk.username, password=PASSWORD)
    return client


def send(client: Client, name: str, roster: RosterImport, shown: ShownRow, **data: Any) -> str:
    """Send one of the row's forms and read the page that follows."""
    told = {"row": shown.handle, "turn": shown.turn, "tab": "refused", **data}
    return client.post(reverse(name, args=[roster.public_id]), told, follow=True).content.decode()


def first(roster: RosterImport) -> ShownRow:
    """The first row as it stands now."""
    roster.refresh_from_db()
    return preview_of(roster).rows[0]


def test_row_typed_anew_is_accepted_and_brought_in(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    page = send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": BOY})
    assert "第 3 行已改好" in page
    assert (first(roster).state, first(roster).is_mended) == ("new", True)
    confirmed(roster, clerk)
    assert Student.objects.get().id_number == BOY
    roster.refresh_from_db()
    assert roster.mended == ""


def test_every_refusal_of_the_faulty_sample_offers_a_cell(clerk: User) -> None:
    roster = receive(workbook(FAULTY), clerk)
    refused = [row for row in preview_of(roster).rows if row.is_refused]
    assert refused
    assert [row.number for row in refused if not row.cells] == []


def test_typed_words_pass_the_same_parsers(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(脱贫状态="不知道")), clerk)
    page = send(office, "import_row_mend", roster, first(roster), **{"cell-household_status": "也不知道"})
    assert "但仍有问题" in page
    assert 'value="也不知道"' in page
    send(office, "import_row_mend", roster, first(roster), **{"cell-household_status": "脱贫"})
    assert first(roster).state == "new"


def test_numbers_are_never_printed_back(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    page = send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": GIRL[:-1] + "0"})
    assert "但仍有问题" in page
    assert WRONG not in page
    assert GIRL[:-1] not in page


def test_secret_cell_left_blank_stays_unless_told_otherwise(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": ""})
    assert first(roster).is_refused
    send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": "", "none-id_number": "on"})
    assert first(roster).state == "new"


def test_cell_of_a_column_the_sheet_lacks_can_be_typed(office: Client, clerk: User) -> None:
    roster = receive(made_up(["学校", "年级", "学生姓名"], [SCHOOL, "一年级", "折小雨"]), clerk)
    assert [cell.title for cell in first(roster).cells] == ["班级"]
    send(office, "import_row_mend", roster, first(roster), **{"cell-class_number": "2班"})
    assert (first(roster).state, first(roster).place) == ("new", f"{SCHOOL}一年级2班")


def test_row_left_out_is_not_brought_in_and_can_come_back(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG), cells("单秀", GIRL)), clerk)
    assert "第 3 行不导入" in send(office, "import_row_leave_out", roster, first(roster))
    assert first(roster).is_left_out
    send(office, "import_row_take_back", roster, first(roster))
    assert (first(roster).is_left_out, first(roster).is_refused) == (False, True)


def test_mend_taken_back_reads_the_file_again(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": BOY})
    assert "恢复为文件里的内容" in send(office, "import_row_take_back", roster, first(roster))
    assert first(roster).is_refused


def test_what_two_people_type_is_told_to_the_second(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(监护人="王3")), clerk)
    seen = first(roster)
    send(office, "import_row_mend", roster, seen, **{"cell-guardian_name": "王建国"})
    page = send(office, "import_row_mend", roster, seen, **{"cell-guardian_name": "王建民"})
    assert "您填的是“王建民”，现在是“王建国”" in page
    assert first(roster).cells[0].text == "王建国"


def test_mending_is_logged_without_what_was_typed(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    send(office, "import_row_mend", roster, first(roster), **{"cell-id_number": BOY})
    event = AuditEvent.objects.filter(action="changed", subject="students.rosterimport").get()
    assert (event.subject_id, event.fields) == (str(roster.public_id), ["mended"])
    roster.refresh_from_db()
    assert BOY not in str(AuditEvent.objects.values_list())


@pytest.mark.parametrize("handle", ["", "x", "3", "3.没有这张表", "99999999.名单", "４.名单"])
def test_row_that_is_not_there_is_refused_in_a_sentence(office: Client, clerk: User, handle: str) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    page = send(office, "import_row_mend", roster, first(roster), row=handle)
    assert "名单里没有可以改的这一行" in page


def test_settled_import_is_not_mended(office: Client, clerk: User) -> None:
    roster = receive(listed(cells(number=WRONG), cells("单秀", GIRL)), clerk)
    row = first(roster)
    confirmed(roster, clerk)
    assert "已经办结" in send(office, "import_row_mend", roster, row, **{"cell-id_number": BOY})


def test_teachers_roster_is_mended_too(office: Client, clerk: User) -> None:
    book = made_up(["学校", "姓名", "职称"], [SCHOOL, "王3", "一级"], title="教师花名册")
    assert clerk.district is not None
    roster = receive_roster(
        upload=Upload(book, "名单.xlsx", "0" * 64),
        settings=ListSettings(RosterImport.Kind.TEACHERS, 2018, DAY_2018),
        planner=PLANNERS[RosterImport.Kind.TEACHERS],
        district=clerk.district,
        by=clerk,
    )
    send(office, "import_row_mend", roster, first(roster), **{"cell-name": "王建国"})
    assert first(roster).state == "new"


@pytest.mark.parametrize("role", [Role.AID, Role.SCHOOL, Role.LEADER, Role.TEACHER, Role.COUNTY])
def test_mending_is_for_those_who_keep_the_registers(client: Client, clerk: User, role: Role) -> None:
    roster = receive(listed(cells(number=WRONG)), clerk)
    client.login(username=make_user(role, district=clerk.district).username, password=PASSWORD)
    url = reverse("import_row_mend", args=[roster.public_id])
    assert client.post(url).status_code == 403
