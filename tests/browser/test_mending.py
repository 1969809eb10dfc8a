"""The office puts refused rows right: on the page in two clicks, or in Excel and back."""

from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from students.models import RosterImport, Student
from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways
from tests.students.rosters import BOY, FAULTY, FOLDER, bring_in, listed, make_office, receive, row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLICKS_TO_MEND = 2


def preview(page: Page, live_server: LiveServer) -> None:
    """The faulty sample, held against an office that knows its schools."""
    _, office = make_office()
    signed_in(page, live_server, office, DESK)
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files(FOLDER / FAULTY)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("heading", name="确认导入")).to_be_visible()


def test_a_refused_row_is_mended_in_two_clicks(live_server: LiveServer, page: Page) -> None:
    preview(page, live_server)
    before = page.locator("tbody tr").count()
    cost, line = Cost(page), page.locator("tbody tr").filter(has_text="，第 18 行")
    cost.click(line.locator("summary"))
    line.get_by_label("年级").fill("三年级")
    cost.click(line.get_by_role("button", name="保存"))
    expect(page.get_by_text("第 18 行已改好，可以导入。")).to_be_visible()
    assert cost.clicks == CLICKS_TO_MEND
    expect(page.locator("tbody tr")).to_have_count(before - 1)
    page.get_by_role("link", name="已修改").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_row_is_mended_on_a_phone(live_server: LiveServer, page: Page) -> None:
    preview(page, live_server)
    page.set_viewport_size(PHONE)
    line = page.locator("tbody tr").filter(has_text="，第 10 行")
    line.locator("summary").click()
    assert sideways(page) + axe_findings(page) == []
    line.get_by_label("学生姓名").fill("折小雨")
    line.get_by_role("button", name="保存").click()
    expect(page.get_by_text("第 10 行已改好，可以导入。")).to_be_visible()


def test_rows_go_out_and_come_back(live_server: LiveServer, page: Page, tmp_path: Path) -> None:
    complaints = complaints_of(page)
    preview(page, live_server)
    page.locator("summary").filter(has_text="下载退回的行").click()
    page.get_by_label("下载事由").fill("请学校改正后重报")
    download = Cost(page).download(page.get_by_role("button", name="下载退回的行"))
    assert download.suggested_filename.startswith("退回的行-2018-附件1")
    path = tmp_path / download.suggested_filename
    download.save_as(path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, titles["身份证号码"]).value = BOY
    book.save(path)
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files(path)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.locator("main")).to_contain_text("导入 2 行：新增 2")
    assert complaints == []


def test_questions_and_forms_have_no_finding(live_server: LiveServer, page: Page) -> None:
    complaints = complaints_of(page)
    _, office = make_office()
    bring_in(listed(row()), office)
    Student.objects.update(guardian_phone="13911111111")
    asked = receive(listed(row(联系电话="13922222222")), office)
    kept = receive(listed(row()), office)
    signed_in(page, live_server, office, DESK)
    for path in (
        f"{asked.get_absolute_url()}?tab=asked",
        f"{kept.get_absolute_url()}?tab=kept",
        reverse("import_new"),
        reverse("register_prefilled"),
    ):
        page.goto(live_server.url + path)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            assert sideways(page) + axe_findings(page) == []
    page.goto(f"{live_server.url}{asked.get_absolute_url()}?tab=asked")
    page.get_by_label("采用名单：13922222222").check()
    page.get_by_role("button", name="保存本页选择").click()
    expect(page.locator("main")).to_contain_text("变更 1")
    assert RosterImport.objects.get(pk=asked.pk).school_choices["takes"]
    assert complaints == []
