"""Uploading, looking, deciding, confirming: the office's way through a list."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role, User
from pairings.models import Campaign, Pairing
from students.models import RegisterEntry, RosterImport, Student
from tests.builders import (
    PASSWORD,
    make_class,
    make_entry,
    make_pairing,
    make_student,
    make_teacher,
    make_user,
)
from tests.lib.workbooks.hostile import REFUSED
from tests.students.rosters import (
    COUNTY_2018,
    DISTRICT_2018,
    FAULTY,
    FOLDER,
    HEADER,
    make_office,
    row,
    sheet_bytes,
)

pytestmark = pytest.mark.django_db
TEACHERS, PAIRINGS = "教师花名册-2018.xlsx", "附件3-结对名单-2018.xlsx"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    assert client.login(username=clerk.username, password=PASSWORD)
    return client


def sent(client: Client, content: bytes, name: str = "名单.xlsx", **fields: Any) -> Any:
    """What the upload page answers."""
    file = SimpleUploadedFile(name, content)
    data = {"submission_id": str(uuid4()), **fields, "file": file}
    return client.post(reverse("import_new"), data)


def sample(client: Client, name: str) -> RosterImport:
    """Upload a sample workbook."""
    answer = sent(client, (FOLDER / name).read_bytes(), name)
    assert answer.status_code == 302, answer.content.decode()
    return latest()


def latest() -> RosterImport:
    """The import uploaded last."""
    return RosterImport.objects.order_by("pk").reverse()[0]


def post(client: Client, name: str, roster: RosterImport, **data: Any) -> str:
    """Send one of the import's forms and return the page that follows."""
    return client.post(reverse(name, args=[roster.public_id]), data, follow=True).content.decode()


def page(client: Client, roster: RosterImport, tab: str = "") -> str:
    """The import's page under one of its tabs."""
    return client.get(roster.get_absolute_url(), {"tab": tab}).content.decode()


def test_four_samples_are_brought_in_without_any_setting(office: Client) -> None:
    for name in (COUNTY_2018, DISTRICT_2018, TEACHERS, PAIRINGS):
        roster = sample(office, name)
        assert "确认导入" in page(office, roster)
        assert "已导入" in post(office, "import_confirm", roster)
    assert (Student.objects.count(), RegisterEntry.objects.count(), Pairing.objects.count()) == (140, 140, 70)
    assert Campaign.objects.get().year == 2018
    assert {roster.state for roster in RosterImport.objects.all()} == {"confirmed"}


@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        (COUNTY_2018, "county_filed", date(2018, 3, 5)),
        (DISTRICT_2018, "district_recognised", date(2018, 3, 5)),
        (TEACHERS, "teachers", date(2018, 2, 1)),
        (PAIRINGS, "pairings", date(2018, 3, 10)),
    ],
)
def test_kind_year_and_day_are_told_by_the_file(office: Client, name: str, kind: str, day: date) -> None:
    roster = sample(office, name)
    assert (roster.kind, roster.year, roster.listed_on) == (kind, 2018, day)


def test_upload_sent_twice_is_one_import(office: Client) -> None:
    number = str(uuid4())
    content = sheet_bytes(HEADER, row())
    first = sent(office, content, kind="county_filed", submission_id=number)
    second = sent(office, content, kind="county_filed", submission_id=number)
    assert first.url == second.url
    assert RosterImport.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "这个文件是空的"),
        (b"%PDF-1.4 nothing", "这个文件是 PDF"),
        ("姓名,学校\n折小雨,小学".encode(), "其实是文本"),
        (b"PK\x03\x04" + b"0" * 40, "不完整或已损坏"),
        (sheet_bytes(["甲", "乙"], ["1", "2"]), "看不出这是哪一种名册"),
        (b"x" * (9 * 1024 * 1024), "超过 8 MB"),
    ],
)
def test_unusable_file_is_refused_in_a_sentence(office: Client, content: bytes, sentence: str) -> None:
    answer = sent(office, content)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_wrong_kind_asks_for_the_columns_it_lacks(office: Client) -> None:
    answer = sent(office, sheet_bytes(HEADER, row()), kind="pairings")
    assert "没有认出“帮扶教师”这一列" in office.get(answer.url).content.decode()


def test_faulty_file_names_sheet_row_column_and_what_to_do(office: Client) -> None:
    html = page(office, sample(office, FAULTY), "refused")
    assert "Sheet，第 5 行" in html
    assert "请把该列设为文本格式后重新填写" in html
    assert "没有“不存在的小学”这所学校" in html


def test_id_numbers_never_reach_the_page(office: Client) -> None:
    roster = sample(office, COUNTY_2018)
    numbers = re.compile("610899[0-9]{11}[0-9X]")
    assert not numbers.search(page(office, roster, "new"))


def test_unknown_school_is_created_from_the_page(office: Client, clerk: User) -> None:
    assert sent(office, sheet_bytes(HEADER, row(学校="新桥小学")), kind="county_filed").status_code == 302
    roster = RosterImport.objects.get()
    assert "有 1 所学校不认识" in page(office, roster)
    assert "同时新建 1 所学校：新桥小学。" in post(office, "import_refresh", roster, **{"school-0": "create"})
    assert "已导入" in post(office, "import_confirm", roster)
    assert clerk.district is not None
    assert clerk.district.schools.filter(name="新桥小学").exists()


def test_settings_are_changed_on_the_preview(office: Client) -> None:
    sent(office, sheet_bytes(HEADER, row()), kind="county_filed")
    roster = RosterImport.objects.get()
    post(office, "import_refresh", roster, kind="district_recognised", year="2017", listed_on="2017-03-05")
    roster.refresh_from_db()
    assert (roster.kind, roster.year, roster.listed_on) == ("district_recognised", 2017, date(2017, 3, 5))


def test_day_after_today_is_refused(office: Client) -> None:
    sent(office, sheet_bytes(HEADER, row()), kind="county_filed")
    html = post(office, "import_refresh", RosterImport.objects.get(), listed_on="2099-01-01")
    assert "名单日期不能晚于今天" in html


def test_missing_pupil_is_shown_with_the_teacher_and_ended_with_a_reason(office: Client, clerk: User) -> None:
    assert clerk.district is not None
    school = clerk.district.schools.get(name="麻镇中心小学")
    pupil = make_student(make_class(school), name="单秀")
    entry = make_entry(pupil)
    make_pairing(pupil, make_teacher(school, name="折建国"))
    sent(office, sheet_bytes(HEADER, row()), kind="county_filed", year="2018", listed_on="2018-03-05")
    roster = RosterImport.objects.get()
    shown = page(office, roster, "missing")
    assert "折建国" in shown
    assert entry.student.get_absolute_url() in shown
    post(office, "import_refresh", roster, **{"tab": "missing", f"end-{entry.public_id}": "recovered"})
    assert "已经核对" in page(office, roster)
    assert "请核对文件" in post(office, "import_confirm", roster)
    post(office, "import_confirm", roster, accepts_alarm="1")
    entry.refresh_from_db()
    assert entry.end_reason == "recovered"


def test_pupil_of_the_other_register_is_ticked_over(office: Client, clerk: User) -> None:
    assert clerk.district is not None
    pupil = make_student(make_class(clerk.district.schools.get(name="麻镇中心小学")), name="单秀")
    entry = make_entry(pupil, register="district_recognised")
    content = sheet_bytes(HEADER, row("单秀", pupil.id_number, 监护人="监护人", 年级="", 班级=""))
    sent(office, content, kind="county_filed", year="2018", listed_on="2018-03-05")
    roster = RosterImport.objects.get()
    assert "勾选后转入" in page(office, roster, "waiting")
    post(
        office, "import_refresh", roster, shown=str(entry.public_id), move=str(entry.public_id), tab="waiting"
    )
    assert "已导入" in post(office, "import_confirm", roster)
    assert [each.register for each in pupil.entries.filter(ended_on=None)] == ["county_filed"]


def test_correction_that_the_list_contradicts_is_chosen_on_the_page(office: Client) -> None:
    for phone in ("13911111111", "13922222222"):
        sent(office, sheet_bytes(HEADER, row(联系电话=phone)), kind="county_filed")
        post(office, "import_confirm", latest())
        Student.objects.update(guardian_phone="13933333333")
    sent(office, sheet_bytes(HEADER, row(联系电话="13944444444")), kind="county_filed")
    fact = f"fact-{Student.objects.get().public_id}.guardian_phone"
    for choice, words in (
        ({fact: "take"}, "变更 1"),
        ({"keep_all": "1"}, "变更 0"),
        ({"take_all": "1"}, "变更 1"),
    ):
        html = post(office, "import_refresh", latest(), tab="asked", **choice)
        assert "保留本地：13933333333" in html
        assert words in html
    post(office, "import_confirm", latest())
    assert Student.objects.get().guardian_phone == "13944444444"


def test_edit_since_the_preview_is_told_by_name(office: Client) -> None:
    sent(office, sheet_bytes(HEADER, row()), kind="county_filed")
    post(office, "import_confirm", RosterImport.objects.get())
    sent(office, sheet_bytes(HEADER, row(联系电话="13911111111")), kind="county_filed")
    pupil = Student.objects.get()
    pupil.version += 1
    pupil.save()
    assert "折小雨在预览之后被修改过" in post(office, "import_confirm", latest())


def test_discarded_import_writes_nothing(office: Client) -> None:
    roster = sample(office, COUNTY_2018)
    assert "没有写入任何内容" in post(office, "import_discard", roster)
    assert not Student.objects.exists()
    assert "已经放弃" in page(office, roster)


def test_history_names_who_when_kind_and_hash(office: Client, clerk: User) -> None:
    roster = sample(office, COUNTY_2018)
    html = office.get(reverse("import_list")).content.decode()
    for words in (clerk.name, "附件1 县乡建档立卡名册", COUNTY_2018, roster.file_hash[:12], "待确认"):
        assert words in html


def test_import_of_another_district_is_missing(client: Client, office: Client) -> None:
    roster = sample(office, COUNTY_2018)
    _, elsewhere = make_office()
    client.logout()
    client.login(username=elsewhere.username, password=PASSWORD)
    assert client.get(roster.get_absolute_url()).status_code == 404
    for name in ("import_refresh", "import_confirm", "import_discard"):
        assert client.post(reverse(name, args=[roster.public_id])).status_code == 404


@pytest.mark.parametrize("role", [Role.AID, Role.SCHOOL, Role.LEADER, Role.TEACHER, Role.COUNTY])
def test_pages_are_for_those_who_keep_the_registers(client: Client, clerk: User, role: Role) -> None:
    user = make_user(role, district=clerk.district)
    client.login(username=user.username, password=PASSWORD)
    assert client.get(reverse("import_list")).status_code == 403
    assert client.get(reverse("import_new")).status_code == 403


def test_page_costs_the_same_for_few_and_many_rows(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    roster = sample(office, COUNTY_2018)
    page(office, roster)
    with django_assert_max_num_queries(14):
        page(office, roster, "new")


@pytest.mark.parametrize(
    "attack",
    [
        "zip bomb by ratio",
        "a billion laughs in the shared strings",
        "a cell in the last corner",
        "an .xlsm with its name changed",
        "an .xls with a password",
        "a web page with a script",
    ],
)
def test_hostile_file_is_refused_on_the_upload_page_and_nothing_is_kept(office: Client, attack: str) -> None:
    build, codes = REFUSED[attack]
    answer = sent(office, build())
    (refusal,) = answer.context["form"].errors.as_data()["file"]
    assert answer.status_code == 200
    assert refusal.code in codes
    assert str(refusal.message) in answer.text
    assert not RosterImport.objects.exists()
