"""Finding people from any page, brothers and sisters, and the sheet for the road."""

from pathlib import Path
from unicodedata import normalize

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from students.models import Student
from tests.browser.costs import Cost
from tests.browser.people import DESK, another_browser, signed_in
from tests.browser.phone import complaints_of, unfit
from tests.builders import make_pairing, make_student
from tests.visits.scene import make_scene, own_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "苗沐阳"


def test_ctrl_and_slash_lead_from_any_page_to_a_pupil(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.office, DESK)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("campaign_detail", args=[scene.student.created_at.year]))
    page.keyboard.press("Control+/")
    expect(page.get_by_role("searchbox", name="全站查找")).to_be_focused()
    page.keyboard.type("miaomy")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert complaints == []


def test_search_is_one_tap_away_on_a_phone_and_fits(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    make_pairing(make_student(scene.school_class, name="苗沐雪"), scene.teacher)
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    cost = Cost(page)
    cost.click(page.get_by_role("link", name="全站查找"))
    expect(page.get_by_label("姓名、拼音、班级、学校或号码")).to_be_focused()
    assert unfit(page) == []
    page.keyboard.type("mm")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    assert unfit(page) == []
    assert "mm" not in page.url
    cost.click(page.get_by_role("link", name=NAME))
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert cost.clicks == 2
    assert complaints == []


def test_search_works_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    scene = make_scene()
    page = another_browser(browser, live_server, scene.office, java_script_enabled=False)
    page.goto(live_server.url)
    page.get_by_role("searchbox", name="全站查找").fill("苗沐")
    page.get_by_role("button", name="去查找").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.context.close()


def test_sibling_is_linked_in_two_clicks_and_taken_out_in_one(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    make_student(scene.school_class, name="苗沐雪")
    signed_in(page, live_server, scene.office)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("student_household", args=[scene.student.public_id]))
    assert unfit(page) == []
    cost = Cost(page)
    cost.click(page.get_by_label("苗沐雪"))
    cost.click(page.get_by_role("button", name="归为一户"))
    expect(page.get_by_text("已归为一户：")).to_be_visible()
    assert Student.objects.filter(household__isnull=False).count() == 2
    assert unfit(page) == []
    cost.click(page.get_by_role("button", name="把苗沐雪移出本户"))
    expect(page.get_by_text("已把苗沐雪移出本户。")).to_be_visible()
    assert cost.clicks == 3
    assert complaints == []


def test_sheet_for_the_road_prints_landscape_with_warning_and_page_numbers(
    live_server: LiveServer, page: Page, tmp_path: Path
) -> None:
    scene = make_scene()
    own_visit(scene)
    for number in range(12):
        pupil = make_student(scene.school_class, name=f"苗{'甲乙丙丁戊己庚辛壬癸子丑'[number]}")
        make_pairing(pupil, scene.teacher)
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("village_round"))
    assert unfit(page) == []
    page.pdf(path=tmp_path / "round.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "round.pdf").pages
    assert len(sheets) == 2
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    text = "".join(normalize("NFKC", sheets[1].extract_text()).split())  # the printer writes ⼈ for 人
    told = ("含个人信息", "用后收回", "第2", "共2", "走访记要")
    assert [words for words in told if words not in text] == []
    assert "筛选" not in text
    assert complaints == []
