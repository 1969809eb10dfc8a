"""The office's first job: a workbook in, what changed, confirm."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from students.models import RegisterEntry, RosterImport
from tests.browser.costs import Cost
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways
from tests.students.rosters import COUNTY_2018, FAULTY, FOLDER, TRUTH, make_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS, MOST_SCREENS = 5, 3


def upload(page: Page, live_server: LiveServer, name: str) -> None:
    """Hold a sample workbook against an office that knows its schools."""
    _, office = make_office()
    signed_in(page, live_server, office, DESK)
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files(FOLDER / name)
    page.get_by_role("button", name="上传并比对").click()
    expect(page.get_by_role("heading", name="确认导入")).to_be_visible()


def test_a_roster_costs_three_screens_and_at_most_five_clicks(live_server: LiveServer, page: Page) -> None:
    _, office = make_office()
    signed_in(page, live_server, office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    cost = Cost(page)
    cost.click(page.locator("main").get_by_role("link", name="导入名册", exact=True))
    cost.choose_file(page.get_by_label("名册文件"), FOLDER / COUNTY_2018)
    cost.click(page.get_by_role("button", name="上传并比对"))
    expect(page.locator("main")).to_contain_text(f"新增 {len(TRUTH[COUNTY_2018]['rows'])}")
    cost.click(page.get_by_role("button", name="确认导入"))
    expect(page.get_by_text("已导入。")).to_be_visible()
    assert cost.clicks <= MOST_CLICKS
    assert cost.screens <= MOST_SCREENS
    assert RegisterEntry.objects.listed(2018, RosterImport.objects.get().listed_on).count() == len(
        TRUTH[COUNTY_2018]["rows"]
    )
    assert complaints == []


def test_refused_rows_say_where_and_what_to_do(live_server: LiveServer, page: Page) -> None:
    upload(page, live_server, FAULTY)
    rows = page.locator("tbody tr")
    refused = TRUTH[FAULTY]["errors_by_excel_row"]
    expect(rows).to_have_count(len(refused))
    for number in refused:
        line = rows.filter(has_text=f"，第 {number} 行")
        expect(line).to_have_count(1)
        expect(line.locator("[data-label=内容]")).to_contain_text("。")
    sheet = page.locator("tbody [data-label=位置]").first
    expect(sheet).not_to_have_text("，第")


def test_an_unknown_school_is_mapped_on_the_spot(live_server: LiveServer, page: Page) -> None:
    upload(page, live_server, FAULTY)
    refused = len(TRUTH[FAULTY]["errors_by_excel_row"])
    page.locator("select[name^=school-]").first.select_option(label="就是“麻镇中心小学”")
    page.get_by_role("button", name="保存并重新比对").click()
    expect(page.get_by_text("已按现在的资料重新比对。")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(refused - 1)


@pytest.mark.parametrize("name", [FAULTY, COUNTY_2018])
def test_a_preview_has_no_finding(live_server: LiveServer, page: Page, name: str) -> None:
    complaints = complaints_of(page)
    upload(page, live_server, name)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.reload()
        assert sideways(page) + axe_findings(page) == []
    assert complaints == []
