"""The first administrator, from the one-time code to a desk that says what to do next."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from pairing_portal.accounts.models import School, Teacher
from pairings.models import Campaign
from tests.browser.people import DESK
from tests.browser.phone import axe_findings, complaints_of
from tests.builders import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def first_code() -> str:
    """The one-time code that `make run` prints."""
    printed = StringIO()
    call_command("first_administrator", stdout=printed)
    found = re.search(r"一次性登录码：(\S+?)（", printed.getvalue())
    assert found
    return found[1]


def enter(page: Page, button: str, **fields: str) -> None:
    """Fill in fields by their labels and press the button."""
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name=button).click()


def take_step(page: Page, live_server: LiveServer, step: str) -> None:
    """Go on from the set-up page, which names the step."""
    page.goto(live_server.url + reverse("setup"))
    expect(page.get_by_role("heading", name=f"下一步：{step}")).to_be_visible()
    page.get_by_role("link", name="去办理").click()


def test_an_empty_portal_leads_to_a_desk_that_says_what_is_next(live_server: LiveServer, page: Page) -> None:
    complaints = complaints_of(page)
    page.set_viewport_size(DESK)
    page.goto(live_server.url)
    enter(page, "登录", 登录名="admin", 密码或一次性登录码=first_code())
    page.locator("[name=password]").fill(PASSWORD)
    enter(page, "保存并进入平台", 再输入一次新密码=PASSWORD)
    expect(page.get_by_role("heading", name="开始使用")).to_be_visible()
    assert axe_findings(page) == []
    enter(page, "建立学区", 学区名称="示例学区", 所在县="示例县")
    take_step(page, live_server, "学校")
    page.get_by_role("link", name="新增学校").first.click()
    enter(page, "保存", 学校全称="示例镇中心小学")
    take_step(page, live_server, "年度活动")
    page.get_by_role("button", name="建立活动").click()
    page.get_by_role("button", name="保存").click()
    page.goto(live_server.url + reverse("teacher_new"))
    page.get_by_label("学校").select_option(label="示例镇中心小学")
    enter(page, "保存", 姓名="单秀英")
    page.goto(live_server.url)
    expect(page.get_by_role("heading", name="准备工作还没有完成")).to_be_visible()
    expect(page.get_by_role("link", name="继续准备")).to_be_visible()
    assert (School.objects.count(), Campaign.objects.count(), Teacher.objects.count()) == (1, 1, 1)
    assert complaints == []
