"""The list of visits: whose, which, in how many queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role, User
from tests.builders import (
    make_class,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.visits.scene import Scene, days_ago, end, make_scene, own_visit
from visits.models import Visit

pytestmark = pytest.mark.django_db


def shown(client: Client, user: User, query: str = "?period=all") -> list[str]:
    """What was written in the listed visits, newest first."""
    client.force_login(user)
    return [visit.situation for visit in client.get(reverse("visit_list") + query).context["page"].rows]


def other_visit(scene: Scene, **values: Any) -> Visit:
    """A colleague's visit to another pupil at another school of the district."""
    school = make_school(scene.teacher.district)
    teacher, student = make_teacher(school, name="折建国"), make_student(make_class(school), name="王艺涵")
    make_pairing(student, teacher)
    defaults = {"visited_on": days_ago(3), "situation": "同事的", "way": "phone"}
    return make_visit(student, teacher, **defaults | values)


def test_office_is_told_where_to_copy_a_paper_record(client: Client) -> None:
    scene = make_scene()
    told = []
    for role in (Role.OFFICE, Role.LEADER):
        client.force_login(make_user(role, district=scene.teacher.district))
        told.append("代录教师的纸质记录" in client.get(reverse("visit_list")).content.decode())
    assert told == [True, False]


def test_teachers_see_their_own_and_overseers_all_in_scope(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, situation="自己的")
    other_visit(scene)
    own_visit(make_scene(), situation="别的学区")
    assert shown(client, scene.user) == ["自己的"]
    assert shown(client, scene.office) == ["同事的", "自己的"]
    assert shown(client, scene.leader) == ["同事的", "自己的"]
    assert shown(client, scene.head) == ["自己的"]


def test_a_teacher_may_ask_for_colleagues_visits_to_own_pupils(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, situation="自己的")
    former = make_teacher(scene.school_class.school)
    make_visit(scene.student, former, visited_on=days_ago(80), situation="前任的")
    other_visit(scene)
    assert shown(client, scene.user, "?whose=all&period=all") == ["自己的", "前任的"]


def test_former_pupil_has_no_link_and_the_name_of_then(client: Client) -> None:
    scene = make_scene()
    own_visit(scene)
    end(scene.pairing)
    scene.student.name = "改名后"
    scene.student.save(update_fields=["name"])
    client.force_login(scene.user)
    text = client.get(reverse("visit_list") + "?period=all").content.decode()
    assert "苗沐阳" in text
    assert "改名后" not in text
    assert str(scene.student.public_id) not in text


def test_restricted_note_is_announced_but_never_in_the_list(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, restricted_note="父母正在办离婚")
    client.force_login(scene.leader)
    text = client.get(reverse("visit_list") + "?period=all").content.decode()
    assert "有保密备注" in text
    assert "离婚" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?period=all&way=phone", ["同事的"]),
        ("?period=all&difficulty=dropout_risk", ["自己的"]),
        ("?period=all&follow_up=open", ["同事的", "自己的"]),
        ("?period=all&follow_up=due", ["自己的"]),
        ("?period=30", ["同事的", "自己的"]),
        ("?period=all&way=x&difficulty=x&follow_up=x&school=x", ["同事的", "自己的", "去年的"]),
        ("?period=x", ["同事的", "自己的"]),
    ],
)
def test_conditions_narrow_the_list_and_bad_ones_do_not(client: Client, query: str, found: list[str]) -> None:
    scene = make_scene()
    today = days_ago(0)
    promise = {"follow_up": "再去", "follow_up_on": today}
    difficulties = ("study", "dropout_risk")
    own_visit(scene, visited_on=today, situation="自己的", difficulties=difficulties, **promise)
    other_visit(scene, visited_on=today, follow_up="补课", follow_up_on=days_ago(-5))
    own_visit(scene, visited_on=today.replace(year=today.year - 1, day=1), situation="去年的")
    assert shown(client, scene.office, query) == found


def test_school_condition_takes_the_pupils_school(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, situation="自己的")
    other_visit(scene)
    school = scene.school_class.school
    assert shown(client, scene.office, f"?period=all&school={school.public_id}") == ["自己的"]


def search(client: Client, user: User, words: str) -> list[str]:
    """What the list of all years shows after a search."""
    client.force_login(user)
    client.post(reverse("visit_list_search"), {"text": words})
    return shown(client, user)


@pytest.mark.parametrize("words", ["折建国", "建国", "shejianguo", "王艺涵", "wangyi"])
def test_search_finds_pupils_and_teachers_by_name_or_pinyin(client: Client, words: str) -> None:
    scene = make_scene()
    own_visit(scene, situation="自己的")
    other_visit(scene)
    assert search(client, scene.office, words) == ["同事的"]


def test_search_is_kept_on_the_server_beside_the_conditions(client: Client) -> None:
    scene = make_scene()
    own_visit(scene)
    client.force_login(scene.office)
    answer = client.post(reverse("visit_list_search") + "?period=all&after=x", {"text": "没有这个人"})
    assert answer["Location"] == reverse("visit_list") + "?period=all"
    assert "没有符合条件的记录" in client.get(answer["Location"]).content.decode()
    client.post(reverse("visit_list_search"), {"text": "没有这个人", "clear": "1"})
    assert len(shown(client, scene.office)) == 1


def test_former_teacher_finds_no_pupil_by_the_new_name(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, situation="自己的")
    end(scene.pairing)
    scene.student.name = "改名后"
    scene.student.save(update_fields=["name"])
    assert search(client, scene.user, "改名后") == []
    assert search(client, scene.user, "苗沐阳") == ["自己的"]


@pytest.mark.parametrize("role", [Role.AID, Role.COUNTY])
def test_roles_without_pupils_are_refused(client: Client, role: Role) -> None:
    client.force_login(make_user(role, district=make_scene().teacher.district))
    assert client.get(reverse("visit_list")).status_code == 403


@pytest.mark.parametrize("person", ["user", "office"])
def test_query_count_does_not_grow_with_the_list(
    client: Client, person: str, django_assert_max_num_queries: Any
) -> None:
    scene = make_scene()
    client.force_login(getattr(scene, person))
    for number in range(30):
        own_visit(scene, visited_on=days_ago(0), is_paper_record=True, created_by=scene.office)
        if number in (2, 29):
            with django_assert_max_num_queries(15):
                page = client.get(reverse("visit_list"))
    assert len(page.context["page"].rows) == 30
