"""The teacher's job on a phone: a visit in two screens and five taps."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.costs import Cost
from tests.browser.people import signed_in
from tests.browser.phone import PHONE, complaints_of, unfit
from tests.builders import make_household, make_pairing, make_student
from tests.visits.scene import Scene, days_ago, make_scene, own_visit
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TAPS = 5


def new_link(page: Page, scene: Scene) -> Locator:
    """The “记录” button of the pupil on the desk."""
    return page.locator(f'a[href="{reverse("visit_new", args=[scene.student.public_id])}"]').first


def test_a_visit_costs_two_screens_and_at_most_five_taps(
    live_server: LiveServer, page: Page, transactional_db: None
) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    taps = [
        new_link(page, scene),
        page.get_by_label("上门"),
        page.get_by_label("情况"),
        page.get_by_role("button", name="保存", exact=True),
    ]
    for target in taps[:-1]:
        target.click()
    page.keyboard.type("奶奶在家，孩子情况正常。")
    taps[-1].click()
    page.wait_for_url(live_server.url + "/")
    assert len(taps) <= MOST_TAPS
    visit = Visit.objects.get()
    assert (visit.student, visit.way, visit.visited_on) == (scene.student, "home", days_ago(0))
    assert complaints == []


def test_save_button_is_in_reach_without_scrolling(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    signed_in(page, live_server, scene.user)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    for target in (
        page.get_by_label("上门"),
        page.get_by_label("情况"),
        page.get_by_label("日期", exact=False).first,
        page.get_by_role("button", name="保存", exact=True),
    ):
        box = target.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]


def test_the_writing_page_is_fit_for_a_thumb_with_everything_open(
    live_server: LiveServer, page: Page
) -> None:
    scene = make_scene()
    scene.student.name = "阿卜杜拉提甫·买买提吐尔逊·艾合麦提江"
    scene.student.save(update_fields=["name"])
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    assert unfit(page) == []
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    assert unfit(page) == []
    page.get_by_role("button", name="保存", exact=True).click()
    assert page.locator(".error-summary").is_visible()
    assert unfit(page) == []
    assert complaints == []


@pytest.mark.parametrize("name", ["visit_detail", "visit_correct", "visit_list"])
def test_other_pages_of_the_teacher_are_fit_for_a_thumb(
    live_server: LiveServer, page: Page, name: str
) -> None:
    scene = make_scene()
    promise = {"follow_up": "周三放学后补数学", "follow_up_on": days_ago(1)}
    visit = own_visit(scene, visited_on=days_ago(2), restricted_note="病", acts=("talk",), **promise)
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    address = reverse("visit_list") + "?period=all"
    if name != "visit_list":
        address = reverse(name, args=[visit.public_id])
    page.goto(live_server.url + address)
    assert unfit(page) == []
    assert complaints == []


def test_save_and_next_goes_to_the_sibling_with_the_way_kept(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    sibling = make_student(scene.school_class, name="苗沐雨")
    make_pairing(make_student(scene.school_class), scene.teacher)
    make_pairing(sibling, scene.teacher)
    household = make_household(sibling.district)
    for pupil in (scene.student, sibling):
        pupil.household = household
        pupil.save(update_fields=["household"])
    signed_in(page, live_server, scene.user)
    page.goto(live_server.url + reverse("visit_new", args=[scene.student.public_id]))
    page.get_by_label("电话", exact=True).click()
    page.get_by_label("情况").fill("家长说周末来校。")
    page.get_by_role("button", name="保存并记下一个").click()
    page.get_by_role("heading", name="记录：苗沐雨").wait_for()
    assert page.get_by_label("电话", exact=True).is_checked()


def test_each_sibling_costs_one_tap_more(live_server: LiveServer, page: Page) -> None:
    scene = make_scene()
    siblings = [make_student(scene.school_class, name=name) for name in ("苗沐雨", "苗沐林")]
    household = make_household(scene.student.district)
    for pupil in (scene.student, *siblings):
        pupil.household = household
        pupil.save(update_fields=["household"])
    for pupil in siblings:
        make_pairing(pupil, scene.teacher)
    signed_in(page, live_server, scene.user)
    complaints = complaints_of(page)
    page.goto(live_server.url)
    cost = Cost(page)
    cost.click(new_link(page, scene))
    assert unfit(page) == []
    cost.click(page.get_by_label("上门"))
    for pupil in siblings:
        cost.click(page.get_by_label(pupil.name))
    cost.click(page.get_by_label("情况"))
    page.keyboard.type("奶奶和三个孩子都在家。")
    cost.click(page.get_by_role("button", name="保存", exact=True))
    page.wait_for_url(live_server.url + "/")
    assert cost.clicks <= MOST_TAPS + len(siblings)
    assert Visit.objects.filter(situation="奶奶和三个孩子都在家。", visited_on=days_ago(0)).count() == 3
    assert complaints == []
