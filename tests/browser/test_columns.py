"""An untidy workbook on its way in: how far it has come, which column is which, and the same headers a second time."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways, unfit
from tests.students.rosters import BOY, COUNTY_2018, FOLDER, SCHOOL, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 2  # to open the columns and to read the file anew; each choice aside
STAGES = """() => {
  window.stages = [];
  const shown = document.querySelector("[data-progress-shown] p");
  new MutationObserver(() => window.stages.push(shown.textContent)).observe(shown, { childList: true });
  window.addEventListener("pagehide", () => sessionStorage.setItem("stages", JSON.stringify(window.stages)));
}"""


def untidy() -> bytes:
    """A list whose headers nobody else would write."""
    book = Workbook()
    for row in (
        ["2018年建档立卡名单"],
        ["学校", "年级", "班级", "姓名", "证件", "鞋码"],
        [SCHOOL, "一年级", "1班", "折小雨", BOY, 36],
    ):
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(page: Page, live_server: LiveServer, name: str, content: bytes) -> None:
    """Send a file."""
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("link", name="列对应", exact=True)).to_be_visible()


def test_columns_are_told_in_two_clicks_and_known_the_next_time(live_server: LiveServer, page: Page) -> None:
    signed_in(page, live_server, make_office()[1], DESK)
    complaints = complaints_of(page)
    upload(page, live_server, "名单.xlsx", untidy())
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="列对应", exact=True))
    expect(page.get_by_text(BOY)).to_have_count(0)
    page.get_by_label("证件读作").select_option(label="身份证号")
    cost.click(page.get_by_role("button", name="按新的对应重新比对"))
    expect(page.get_by_text("已按新的列对应重新比对")).to_be_visible()
    assert cost.clicks <= MOST_CLICKS
    upload(page, live_server, "下一份.xlsx", untidy())
    expect(page.get_by_text("已按上次保存的列对应读取")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_page_of_columns_has_no_finding(live_server: LiveServer, page: Page, size: ViewportSize) -> None:
    signed_in(page, live_server, make_office()[1], size)
    upload(page, live_server, "名单.xlsx", untidy())
    page.get_by_role("link", name="列对应", exact=True).click()
    page.get_by_label("证件读作").select_option(label="学生姓名")
    page.get_by_role("button", name="按新的对应重新比对").click()
    expect(page.get_by_role("alert")).to_contain_text("请只留一列")
    findings = unfit(page) if size is PHONE else sideways(page) + axe_findings(page)
    assert findings == []


def test_upload_says_how_far_it_has_come(live_server: LiveServer, page: Page) -> None:
    signed_in(page, live_server, make_office()[1], DESK)
    page.goto(live_server.url + reverse("import_new"))
    page.evaluate(STAGES)
    page.get_by_label("名册文件").set_input_files(FOLDER / COUNTY_2018)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("heading", name="确认导入")).to_be_visible()
    stages = page.evaluate("sessionStorage.getItem('stages')")
    for words in ("正在上传", "已上传，等待读取", "比对完成"):
        assert words in stages


def test_refused_file_is_told_on_the_page_without_leaving_it(live_server: LiveServer, page: Page) -> None:
    signed_in(page, live_server, make_office()[1], DESK)
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files(
        {"name": "名单.xlsx", "mimeType": "", "buffer": b"%PDF-1.4 nothing"}
    )
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("alert")).to_contain_text("这个文件是 PDF")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("名册文件").set_input_files(FOLDER / COUNTY_2018)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("heading", name="确认导入")).to_be_visible()
