"""The box on every page: whom it finds for whom, and what it never keeps."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import Action, AuditEvent
from students.models import Student
from tests.builders import (
    make_class,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.visits.scene import Scene, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A school with two classes; the teacher helps 苗沐阳."""
    made = make_scene()
    make_student(made.school_class, name="苗沐雪")
    return made


def sent(client: Client, text: str) -> Any:
    """The answer to the words, followed to where it leads."""
    return client.post(reverse("jump_search"), {"text": text}, follow=True)


def found(client: Client, text: str) -> dict[str, list[str]]:
    """What the page of results lists, kind by kind; nothing when the answer led elsewhere."""
    answer = sent(client, text)
    return {group.title: [hit.label for hit in group.hits] for group in answer.context.get("groups") or ()}


@pytest.mark.parametrize("text", ["苗沐", "miaomu", "mm", "miaom"])
def test_pupils_are_found_by_characters_pinyin_and_initials(client: Client, scene: Scene, text: str) -> None:
    client.force_login(scene.office)
    assert found(client, text) == {"学生": ["苗沐雪", "苗沐阳"]}


def test_results_tell_school_class_and_register(client: Client, scene: Scene) -> None:
    make_entry(scene.student, year=timezone.localdate().year, listed_on=timezone.localdate())
    client.force_login(scene.office)
    notes = [hit.note for hit in sent(client, "苗沐").context["groups"][0].hits]
    place = f"{scene.teacher.school} {scene.school_class.name(timezone.localdate())}"
    assert notes == [f"{place}，未列入名册", f"{place}，县乡建档立卡"]


@pytest.mark.parametrize("text", ["苗沐阳", "miaomy"])
def test_the_only_pupil_is_opened_at_once(client: Client, scene: Scene, text: str) -> None:
    client.force_login(scene.office)
    assert sent(client, text).redirect_chain[-1] == (scene.student.get_absolute_url(), 302)


def test_exact_name_is_opened_though_others_begin_with_it(client: Client, scene: Scene) -> None:
    make_student(scene.school_class, name="苗沐阳光")
    client.force_login(scene.office)
    assert sent(client, "苗沐阳").redirect_chain[-1] == (scene.student.get_absolute_url(), 302)


def test_namesakes_are_told_apart_on_the_page(client: Client, scene: Scene) -> None:
    make_student(make_class(scene.teacher.school), name="苗沐阳")
    client.force_login(scene.office)
    assert found(client, "苗沐阳") == {"学生": ["苗沐阳", "苗沐阳"]}


def test_teachers_classes_schools_and_pages_are_found(client: Client, scene: Scene) -> None:
    today = timezone.localdate()
    seventh = make_class(scene.teacher.school, entry_year=scene.school_class.entry_year, number=7)
    make_school(scene.teacher.district, name="第一分校"), make_school(scene.teacher.district, name="第二分校")
    make_teacher(scene.teacher.school, name="单秀兰")
    client.force_login(scene.office)
    assert found(client, "单秀") == {"教师": ["单秀兰", "单秀英"]}
    assert len(found(client, scene.school_class.grade(today))["班级"]) == 2
    assert found(client, "分校") == {"学校": ["第一分校", "第二分校"]}
    assert sent(client, "导入").redirect_chain[-1] == (reverse("import_list"), 302)
    assert sent(client, "jiafang").redirect_chain[-1] == (reverse("visit_list"), 302)
    assert sent(client, seventh.name(today)).redirect_chain[-1] == (seventh.get_absolute_url(), 302)


def test_each_role_finds_what_it_may_see(client: Client, scene: Scene) -> None:
    client.force_login(scene.user)
    assert sent(client, "苗沐").redirect_chain[-1][0] == scene.student.get_absolute_url()
    assert found(client, "单秀") == {}
    assert found(client, "导入") == {}
    for role in (Role.COUNTY, Role.AID):
        client.force_login(make_user(role, district=scene.teacher.district))
        assert found(client, "苗沐") == found(client, "单秀") == {}
        assert sent(client, "工作台").redirect_chain[-1][0] == reverse("home")


def test_other_districts_are_not_found(client: Client, scene: Scene) -> None:
    make_student(make_class(make_school(name="异区分校")), name="异区生")
    client.force_login(scene.office)
    assert found(client, "异区") == {}


@pytest.mark.parametrize("field", ["id_number", "student_number"])
def test_whole_number_opens_the_pupil_and_stays_nowhere(client: Client, scene: Scene, field: str) -> None:
    client.force_login(scene.office)
    number = getattr(scene.student, field)
    answer = sent(client, number.lower())
    assert answer.redirect_chain == [(scene.student.get_absolute_url(), 302)]
    assert AuditEvent.objects.filter(action=Action.READ, subject="按证件号查找", count=1).count() == 1
    assert number not in str(dict(client.session))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("610899201003159018", "没有找到这个号码的学生"),
        ("61089920100315", "完整的 18 位身份证号"),
        ("苗", "至少填写两个字"),
        ("", "请先填写"),
        ("苗" * 41, "请缩短"),
    ],
)
def test_what_cannot_be_answered_is_said(client: Client, scene: Scene, text: str, said: str) -> None:
    client.force_login(scene.office)
    answer = sent(client, text)
    assert answer.redirect_chain[-1][0] == reverse("jump")
    assert said in answer.text
    assert text not in answer.text or not text


def test_long_lists_are_cut_off_and_ask_for_more_of_the_name(client: Client, scene: Scene) -> None:
    for number in range(12):
        make_pairing(
            make_student(scene.school_class, name=f"苗沐{'甲乙丙丁戊己庚辛壬癸子丑'[number]}"), scene.teacher
        )
    client.force_login(scene.office)
    answer = sent(client, "苗沐")
    assert len(answer.context["groups"][0].hits) == 10
    assert "还有更多" in answer.text


def test_results_ask_the_same_number_of_queries_for_any_number_of_hits(client: Client, scene: Scene) -> None:
    client.force_login(scene.office)
    counts = []
    for number in (1, 8):
        for _ in range(number):
            make_student(scene.school_class, name="苗沐晨")
            make_teacher(scene.teacher.school, name="苗沐师")
        sent(client, "苗沐")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("jump"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
    assert Student.objects.filter(name="苗沐晨").count() == 9
