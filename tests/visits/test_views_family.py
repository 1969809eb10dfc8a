"""One form for brothers and sisters: each that was there gets a record of the own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.audit.models import Action, AuditEvent
from students.models import Student
from tests.builders import (
    make_class,
    make_class_teacher,
    make_household,
    make_pairing,
    make_student,
    make_teacher,
)
from tests.visits.scene import Scene, days_ago, filled_in, make_scene
from visits.models import Visit

pytestmark = pytest.mark.django_db
PERSONAL = {
    "difficulties": ["study"],
    "follow_up": "补数学",
    "follow_up_on": days_ago(-3).isoformat(),
    "restricted_note": "父亲重病",
}


def at_home(scene: Scene, *others: Student) -> None:
    """The pupil of the scene and these live in one household."""
    home = make_household(scene.student.district)
    for pupil in (scene.student, *others):
        pupil.household = home
        pupil.save(update_fields=["household"])


def make_family(scene: Scene) -> tuple[Student, Student]:
    """A brother whom the teacher helps too, and a sister whom somebody else helps."""
    brother, sister = (make_student(scene.school_class, name=name) for name in ("苗沐林", "苗沐雪"))
    make_pairing(brother, scene.teacher, started_on=days_ago(40))
    make_pairing(sister, make_teacher(scene.teacher.school))
    at_home(scene, brother, sister)
    return brother, sister


def address(scene: Scene) -> str:
    """The page that logs a visit to the pupil of the scene."""
    return reverse("visit_new", args=[scene.student.public_id])


def sent(client: Client, scene: Scene, *siblings: Student, **values: Any) -> Any:
    """The answer to the teacher's form with these siblings ticked."""
    client.force_login(scene.user)
    return client.post(address(scene), filled_in(siblings=[each.public_id for each in siblings], **values))


def test_each_sibling_that_was_there_gets_a_record_of_the_own_pairing(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    sent(client, scene, brother, whom_met="祖母", acts=["talk"])
    mine, his = Visit.objects.order_by("pk")
    assert (mine.student, his.student, his.student_name) == (scene.student, brother, "苗沐林")
    assert (mine.pairing, his.pairing) == (scene.pairing, brother.pairings.get())
    assert (his.situation, his.whom_met, his.acts, his.way) == (mine.situation, "祖母", ("talk",), "home")
    assert (his.teacher, his.created_by) == (scene.teacher, scene.user)
    assert AuditEvent.objects.filter(action=Action.CREATED, subject="visits.visit").count() == 2


def test_only_own_pupils_of_the_house_are_offered_to_a_teacher(client: Client) -> None:
    scene = make_scene()
    brother, sister = make_family(scene)
    client.force_login(scene.user)
    page = client.get(address(scene)).text
    assert ("苗沐林" in page, "苗沐雪" in page) == (True, False)
    refused = sent(client, scene, brother, sister)
    assert list(refused.context["form"].errors) == ["siblings"]
    assert Visit.objects.count() == 0
    make_class_teacher(scene.school_class, scene.teacher)
    assert "苗沐雪" in client.get(address(scene)).text


def test_the_office_copies_a_paper_record_for_the_whole_house(client: Client) -> None:
    scene = make_scene()
    family = make_family(scene)
    client.force_login(scene.office)
    siblings = [each.public_id for each in family]
    values = filled_in(teacher=str(scene.teacher.public_id), siblings=siblings)
    client.post(address(scene), values)
    assert list(Visit.objects.values_list("is_paper_record", "teacher")) == [(True, scene.teacher.pk)] * 3
    assert Visit.objects.get(student=family[1]).pairing is None


def test_nobody_is_asked_about_siblings_who_are_not_there(client: Client) -> None:
    scene = make_scene()
    other = make_student(make_class(scene.teacher.school), name="苗沐林")
    make_pairing(other, scene.teacher)
    client.force_login(scene.user)
    assert {"siblings", "shares_personal"} & {*client.get(address(scene)).context["form"].fields} == set()


def test_what_concerns_one_child_stays_with_that_child(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    sent(client, scene, brother, **PERSONAL)
    mine, his = Visit.objects.order_by("pk")
    assert (mine.difficulties, mine.follow_up, mine.restricted_note) == (("study",), "补数学", "父亲重病")
    assert (his.difficulties, his.follow_up, his.follow_up_on, his.restricted_note) == ((), "", None, "")


def test_what_concerns_one_child_is_written_to_all_when_asked(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    sent(client, scene, brother, shares_personal="on", **PERSONAL)
    his = Visit.objects.get(student=brother)
    assert (his.difficulties, his.follow_up, his.follow_up_on, his.restricted_note) == (
        ("study",),
        "补数学",
        days_ago(-3),
        "父亲重病",
    )


def test_form_sent_again_adds_to_no_child_though_another_is_ticked(client: Client) -> None:
    scene = make_scene()
    brother, sister = make_family(scene)
    make_class_teacher(scene.school_class, scene.teacher)
    values = filled_in()
    client.force_login(scene.user)
    for siblings in ([brother], [brother], [brother, sister]):
        client.post(address(scene), values | {"siblings": [each.public_id for each in siblings]})
    assert sorted(Visit.objects.values_list("student", flat=True)) == sorted(
        [scene.student.pk, brother.pk, sister.pk]
    )


def test_all_records_are_named_and_early_ones_told(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    client.force_login(scene.user)
    values = filled_in(siblings=[brother.public_id], visited_on=days_ago(50).isoformat())
    page = client.post(address(scene), values, follow=True).text
    assert "已保存 苗沐阳、苗沐林 的记录" in page
    assert "苗沐林：家访日期早于结对日期" in page


def test_save_and_next_passes_over_siblings_already_written(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    waiting = make_student(scene.school_class, name="任桐")
    make_pairing(waiting, scene.teacher)
    answer = sent(client, scene, brother, next="1")
    assert answer["Location"].startswith(reverse("visit_new", args=[waiting.public_id]))


def test_a_refused_form_keeps_the_ticks_and_stores_nothing(client: Client) -> None:
    scene = make_scene()
    brother, _ = make_family(scene)
    page = sent(client, scene, brother, situation="")
    assert page.context["form"]["siblings"].value() == [str(brother.public_id)]
    assert Visit.objects.count() == 0
