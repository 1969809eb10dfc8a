"""The sheet for the road: whose pupils it lists, in which order, and what it tells of them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent
from students.models import Student
from tests.builders import (
    make_class_teacher,
    make_entry,
    make_household,
    make_pairing,
    make_student,
    make_teacher,
    make_visit,
)
from tests.visits.scene import Scene, days_ago, end, make_scene, own_visit

pytestmark = pytest.mark.django_db


def helped(scene: Scene, name: str, **values: Any) -> Student:
    """One more pupil whom the teacher helps."""
    pupil = make_student(scene.school_class, name=name, **values)
    make_pairing(pupil, scene.teacher)
    return pupil


def sheet(client: Client, query: str = "") -> dict[str, list[str]]:
    """Village by village the names on the sheet, in order."""
    answer = client.get(f"{reverse('village_round')}{query}")
    assert answer.status_code == 200
    return {
        village.name: [stop.student.name for stop in village.stops] for village in answer.context["villages"]
    }


def test_pupils_stand_village_by_village_longest_silent_first(client: Client) -> None:
    scene = make_scene()
    own_visit(scene)
    helped(scene, "从没去过")
    helped(scene, "住得远", village="艾家湾村")
    helped(scene, "不知住处", village="")
    client.force_login(scene.user)
    assert sheet(client) == {
        "示例镇艾家湾村": ["住得远"],
        "示例镇示例村": ["从没去过", "苗沐阳"],
        "没有登记村名": ["不知住处"],
    }


def test_brothers_and_sisters_follow_each_other(client: Client) -> None:
    scene = make_scene()
    own_visit(scene)
    home = make_household(scene.student.district)
    Student.objects.filter(pk=scene.student.pk).update(household=home)
    helped(scene, "弟弟", household=home)
    helped(scene, "中间")
    client.force_login(scene.user)
    assert sheet(client) == {"示例镇示例村": ["弟弟", "苗沐阳", "中间"]}


def test_stop_tells_guardian_phone_last_visit_promises_and_focus(client: Client) -> None:
    scene = make_scene()
    own_visit(scene, follow_up="周三补数学", follow_up_on=days_ago(2), restricted_note="父亲重病")
    own_visit(scene, follow_up="已经办好", follow_up_on=days_ago(3), followed_up_on=days_ago(1))
    client.force_login(scene.user)
    page = client.get(reverse("village_round")).text
    assert [
        words
        for words in ("13900000000", "5 天前", "周三补数学", "（已过期）", "重点：学习")
        if words not in page
    ] == []
    assert [words for words in ("已经办好", "父亲重病", scene.student.id_number) if words in page] == []
    assert AuditEvent.objects.filter(action=Action.READ, subject="下乡走访单").count() == 1


def test_former_pupils_are_off_the_sheet(client: Client) -> None:
    scene = make_scene()
    end(scene.pairing)
    client.force_login(scene.user)
    assert sheet(client) == {}


def test_class_goes_along_when_asked(client: Client) -> None:
    scene = make_scene()
    make_class_teacher(scene.school_class, scene.teacher)
    listed = make_student(scene.school_class, name="本班在册")
    make_entry(listed, year=timezone.localdate().year, listed_on=days_ago(10))
    make_student(scene.school_class, name="本班不在册")
    client.force_login(scene.user)
    assert sheet(client) == {"示例镇示例村": ["苗沐阳"]}
    assert sheet(client, "?has_class=on") == {"示例镇示例村": ["本班在册", "苗沐阳"]}


def test_whoever_oversees_teachers_prints_the_sheet_of_one(client: Client) -> None:
    scene = make_scene()
    asked = f"?teacher={scene.teacher.public_id}"
    for person, records in ((scene.office, True), (scene.leader, False), (scene.head, False)):
        client.force_login(person)
        assert sheet(client) == {}
        assert sheet(client, asked) == {"示例镇示例村": ["苗沐阳"]}
        link = reverse("visit_new", args=[scene.student.public_id])
        assert (link in client.get(reverse("village_round") + asked).text) is records


def test_teacher_cannot_ask_for_the_sheet_of_another(client: Client) -> None:
    scene = make_scene()
    other = make_teacher(scene.teacher.school)
    make_pairing(make_student(scene.school_class, name="别人的"), other)
    client.force_login(scene.user)
    assert sheet(client, f"?teacher={other.public_id}") == {"示例镇示例村": ["苗沐阳"]}


def test_sheet_asks_the_same_number_of_queries_for_any_number_of_pupils(client: Client) -> None:
    scene = make_scene()
    client.force_login(scene.user)
    counts = []
    for number in (1, 9):
        for each in range(number):
            pupil = helped(scene, f"学生{'甲乙丙丁戊己庚辛壬'[each]}", village=f"第{each}村")
            make_visit(pupil, scene.teacher, follow_up="送书", follow_up_on=days_ago(1))
        with CaptureQueriesContext(connection) as queries:
            sheet(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
