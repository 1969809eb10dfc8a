"""Every page a role can reach, at a desk and on a phone, with names as long as they come: nothing to complain of."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import School, Teacher, User
from students.models import Household, Student
from tests.browser.people import DESK, signed_in
from tests.browser.phone import PHONE, axe_findings, complaints_of, sideways, small_targets
from tests.cast import ROLES, Cast, make_cast
from visits.models import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PER_NAME = 3
ON_PAPER = {"account_slips"}
LONG_NAME = "阿卜杜拉提甫·买买提吐尔逊·艾合麦提江"
LONG_SCHOOL = "示例县示例镇中心九年一贯制寄宿学校第二教学点（原示例村希望小学）"
LONG_NOTE = "奶奶一人带两个孩子，父母在外务工半年未归；" * 8
HREF = re.compile(r'href="(/[^"#]*)"')
OPEN_FOLDS = "() => document.querySelectorAll('details:not(.menu)').forEach((fold) => (fold.open = true))"


def lengthened(cast: Cast) -> Cast:
    """The cast with names, places and notes that test a page's patience; the teacher has a promise overdue."""
    here = cast.here.district
    School.objects.filter(pk=cast.here.schools[0].pk).update(name=LONG_SCHOOL)
    Student.objects.filter(district=here).update(
        name=LONG_NAME, guardian_name=LONG_NAME, village="示例村委会下辖第三村民小组"
    )
    Household.objects.filter(district=here).update(head_name=LONG_NAME)
    Teacher.objects.filter(pk=cast.here.teachers[2].pk).update(name=LONG_NAME)
    User.objects.filter(district=here).update(name=LONG_NAME)
    Visit.objects.filter(student__district=here).update(
        situation=LONG_NOTE,
        follow_up="周三放学后补数学，并给在外务工的父亲打电话",
        follow_up_on=timezone.localdate() - timedelta(days=3),
        created_by=cast.users["teacher"],
    )
    return cast


def pages_of(user: User) -> dict[str, str]:
    """The pages reached by links from the desk: address name → the first address with that name."""
    client = Client()
    client.force_login(user)
    seen, waiting = {"/"}, deque(["/"])
    found: dict[str, str] = {}
    counts: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        name = _name(path)
        counts[name] += 1
        if not name or counts[name] > PER_NAME:
            continue
        response = client.get(path)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found.setdefault(name, path)
            links = [link.replace("&amp;", "&") for link in HREF.findall(response.content.decode())]
            waiting.extend(link for link in links if link not in seen)
            seen.update(links)
    return found


def pages_to_look_at(cast: Cast, role: str) -> dict[str, str]:
    """The role's pages; the office's are those of the admin, who is looked at too, but for its desk."""
    pages = pages_of(cast.users[role])
    if role != "office":
        return pages
    looked_at = pages_of(cast.users["admin"]).keys() - {"home"}
    return {name: path for name, path in pages.items() if name not in looked_at}


def _name(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def findings(page: Page, checks: Sequence[Callable[[Page], list[str]]]) -> Iterator[str]:
    """What is wrong with the page with its folds open, at a desk and then as narrow as a phone."""
    page.set_viewport_size(DESK)
    page.evaluate(OPEN_FOLDS)
    yield from (f"{DESK['width']}: {each}" for each in sideways(page) + axe_findings(page))
    page.set_viewport_size(PHONE)
    yield from (f"{PHONE['width']}: {each}" for check in checks for each in check(page))


def menu_findings(page: Page) -> Iterator[str]:
    """What is wrong with each menu of the top bar while it is open, at both sizes."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.reload()
        for menu in page.locator("details.menu:visible > summary").all():
            menu.click()
            yield from (f"menu {size['width']}: {each}" for each in sideways(page) + axe_findings(page))
            page.keyboard.press("Escape")


@pytest.mark.parametrize("role", ROLES[1:])
def test_no_page_has_a_finding(live_server: LiveServer, page: Page, role: str) -> None:
    cast = lengthened(make_cast())
    user = cast.users[role]
    complaints = complaints_of(signed_in(page, live_server, user))
    checks = [sideways, axe_findings, *([small_targets] if role == "teacher" else [])]
    wrong: list[str] = []
    for name, path in pages_to_look_at(cast, role).items():
        page.goto(live_server.url + path)
        wrong += [f"{name} {each}" for each in findings(page, checks)]
    page.goto(live_server.url)
    wrong += menu_findings(page)
    assert not wrong + complaints, "\n".join(wrong + complaints)
