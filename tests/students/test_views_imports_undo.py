"""An import is undone from its own page in two clicks; history and page say so afterwards."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import User
from pairing_portal.undo.models import ChangeSet
from pairings.models import Campaign
from students.models import RosterImport, Student
from tests.students.rosters import GIRL, listed, make_office, receive, row
from tests.undo.dumps import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    client.force_login(clerk)
    return client


def text(client: Client, name: str, roster: RosterImport) -> str:
    return client.get(reverse(name, args=[roster.public_id])).content.decode()


def confirmed(office: Client, clerk: User) -> RosterImport:
    roster = receive(listed(row(), row("单秀", GIRL)), clerk)
    office.post(reverse("import_confirm", args=[roster.public_id]))
    roster.refresh_from_db()
    return roster


def test_import_is_undone_from_its_page_with_the_campaign_it_opened(office: Client, clerk: User) -> None:
    before = dump()
    roster = confirmed(office, clerk)
    assert Campaign.objects.get().year == 2018
    address = reverse("import_undo", args=[roster.public_id])
    assert address in text(office, "import_detail", roster)
    points = re.findall(r"<li>(删除[^<]*)</li>", text(office, "import_undo", roster))
    assert points == [
        "删除新增的班级 1 条。",
        "删除新增的学生 2 条。",
        "删除新增的就读 2 条。",
        "删除新增的名册登记 2 条。",
        "删除新增的年度活动 1 条。",
        "删除新增的阶段 4 条。",
    ]
    office.post(address)
    assert dump() == before


def test_undone_import_says_so_on_its_page_and_in_the_history(office: Client, clerk: User) -> None:
    roster = confirmed(office, clerk)
    answer = office.post(reverse("import_undo", args=[roster.public_id]), follow=True)
    page = answer.content.decode()
    assert "这次导入已经撤销" in page
    assert f"由 {clerk.name} 于" in page
    assert reverse("import_undo", args=[roster.public_id]) not in page
    history = office.get(reverse("import_list")).content.decode()
    assert re.search(rf"已撤销.*{clerk.name}，", history, re.DOTALL)
    assert office.get(reverse("import_undo", args=[roster.public_id])).status_code == 302


def test_import_whose_rows_were_touched_is_not_undone_and_names_them(office: Client, clerk: User) -> None:
    roster = confirmed(office, clerk)
    Student.objects.filter(name="单秀").update(version=2)
    page = text(office, "import_undo", roster)
    assert "单秀（学生）在这之后又有变动" in page
    assert "btn-danger" not in page
    answer = office.post(reverse("import_undo", args=[roster.public_id]), follow=True)
    assert "单秀（学生）在这之后又有变动" in answer.content.decode()
    assert Student.objects.count() == 2


def test_import_of_long_ago_says_until_when_it_could_be_undone(office: Client, clerk: User) -> None:
    roster = confirmed(office, clerk)
    ChangeSet.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "已过可撤销期限" in text(office, "import_detail", roster)
    assert reverse("import_undo", args=[roster.public_id]) not in text(office, "import_detail", roster)


def test_import_that_changed_nothing_has_nothing_to_undo(office: Client, clerk: User) -> None:
    confirmed(office, clerk)
    again = confirmed(office, clerk)
    assert again.change_set is None
    assert "没有留下可撤销的内容" in text(office, "import_detail", again)
