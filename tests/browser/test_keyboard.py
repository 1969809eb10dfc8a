"""Everything by keyboard alone, with the focus always in sight; and the main pages without JavaScript."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from pairings.models import Pairing
from tests.browser.people import DESK, another_browser, signed_in
from tests.browser.test_pairing import NAMES, listed_pupils
from tests.builders import make_class, make_entry, make_school, make_student
from tests.students.rosters import COUNTY_2018, FOLDER, make_office
from tests.visits.scene import days_ago, make_scene
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STOPS = 80
IS_FOCUSED = "node => node === document.activeElement"
# The ring may be drawn around the box itself, around the chip that stands for it, or by the browser around the
# calendar sign inside a day's box, which then has the focus instead of the box.
SHOWS_FOCUS = """() => {
  const one = document.activeElement;
  if (one.type === "date" && !one.matches(":focus")) return true;
  return [one, ...(one.labels || [])].some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which shows at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if target.evaluate(IS_FOCUSED):
            return
    pytest.fail(f"{target} is out of reach of the Tab key")


def test_skip_link_and_menus_answer_the_keyboard(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.office, DESK)
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#page")).to_be_focused()
    page.reload()
    menu = page.locator("details.menu:visible > summary").last
    tab_to(page, menu)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="退出登录")).to_be_hidden()
    expect(menu).to_be_focused()


def test_pupils_are_paired_by_keyboard_alone(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    listed_pupils(scene)
    signed_in(page, live_server, scene.office, DESK)
    page.goto(live_server.url + reverse("pairing_new_many"))
    for name in sorted(NAMES, key=lambda name: page.get_by_label(name).evaluate("node => node.offsetTop")):
        tab_to(page, page.get_by_label(name))
        page.keyboard.press("Space")
    teachers = page.get_by_role("radio")
    tab_to(page, teachers.first)
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="确认安排"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("安排 3 名学生。")).to_be_visible()
    assert Pairing.objects.filter(student__name__in=NAMES).count() == len(NAMES)


def test_a_visit_is_written_by_keyboard_alone(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user, DESK)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    tab_to(page, page.get_by_label("上门"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("情况"))
    page.keyboard.type("奶奶在家，孩子情况正常。")
    tab_to(page, page.get_by_role("button", name="保存", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.get().way == "home"


def test_a_visit_is_written_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    scene = make_scene()
    page = another_browser(browser, live_server, scene.user, java_script_enabled=False)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    page.get_by_label("上门").check()
    page.get_by_label("情况").fill("奶奶在家。")
    page.locator("details.fold > summary").first.click()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(live_server.url + "/")
    assert Visit.objects.get().situation == "奶奶在家。"
    page.context.close()


def test_a_list_is_narrowed_and_searched_without_javascript(
    live_server: LiveServer, browser: Browser
) -> None:
    scene = make_scene()
    listed_pupils(scene)
    elsewhere = make_student(make_class(make_school(scene.teacher.district, name="示例第九小学")))
    make_entry(elsewhere, year=timezone.localdate().year, listed_on=days_ago(50))
    page = another_browser(browser, live_server, scene.office, java_script_enabled=False)
    page.goto(live_server.url + reverse("student_list"))
    page.get_by_label("学校", exact=True).select_option(label=str(scene.teacher.school))
    page.locator(".filter-actions").get_by_role("button", name="查找").click()
    expect(page.locator("tbody tr")).to_have_count(len(NAMES))
    search = page.get_by_role("search", name="按姓名和村查找")
    search.get_by_label("姓名").fill(NAMES[0])
    search.get_by_role("button", name="查找").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert NAMES[0] not in page.url
    page.context.close()


def test_a_roster_is_brought_in_without_javascript(live_server: LiveServer, browser: Browser) -> None:
    _, office = make_office()
    page = another_browser(browser, live_server, office, java_script_enabled=False)
    page.goto(live_server.url + reverse("import_new"))
    page.get_by_label("名册文件").set_input_files(FOLDER / COUNTY_2018)
    page.get_by_role("button", name="上传并比对").click()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已导入。")).to_be_visible()
    page.context.close()
