"""Logging a visit, on a phone and from paper."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import make_class_teacher, make_pairing, make_student, make_teacher
from tests.visits.scene import Scene, days_ago, end, filled_in, make_scene
from visits.models import Visit

pytestmark = pytest.mark.django_db


def new_url(scene: Scene) -> str:
    """The page that logs a visit to the pupil of the scene."""
    return reverse("visit_new", args=[scene.student.public_id])


def sent(client: Client, scene: Scene, **values: Any) -> Any:
    """The answer to the teacher's form."""
    client.force_login(scene.user)
    return client.post(new_url(scene), filled_in(**values))


def test_pupil_today_and_focus_are_filled_in(client: Client) -> None:
    scene = make_scene()
    client.force_login(scene.user)
    page = client.get(new_url(scene))
    assert "苗沐阳" in page.content.decode()
    assert page.context["form"]["visited_on"].value() == days_ago(0)
    assert page.context["form"]["headings"].value() == ("study",)


def test_three_facts_make_a_visit_of_the_pairing(client: Client) -> None:
    scene = make_scene()
    answer = sent(client, scene)
    visit = Visit.objects.get()
    assert answer["Location"] == reverse("home")
    assert (visit.teacher, visit.pairing, visit.created_by) == (scene.teacher, scene.pairing, scene.user)
    assert (visit.student_name, visit.teacher_name, visit.is_paper_record) == ("苗沐阳", "单秀英", False)
    assert AuditEvent.objects.filter(action=Action.CREATED, subject_id=str(visit.public_id)).count() == 1


def test_a_form_sent_twice_is_stored_once(client: Client) -> None:
    scene = make_scene()
    values = filled_in()
    client.force_login(scene.user)
    answers = [client.post(new_url(scene), values) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"situation": " "}, "situation"),
        ({"way": ""}, "way"),
        ({"visited_on": days_ago(-1).isoformat()}, "visited_on"),
        ({"visited_on": "0018-05-01"}, "visited_on"),
        ({"way": "phone", "nobody_home": "on"}, "nobody_home"),
        ({"nobody_home": "on", "whom_met": "奶奶"}, "nobody_home"),
        ({"follow_up": "补数学"}, "follow_up_on"),
        ({"follow_up_on": days_ago(0).isoformat()}, "follow_up"),
        ({"follow_up": "补数学", "follow_up_on": days_ago(1).isoformat()}, "follow_up_on"),
        ({"submission_id": ""}, "submission_id"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client: Client, values: dict[str, str], field: str) -> None:
    page = sent(client, make_scene(), **values)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert Visit.objects.count() == 0


def test_a_refused_field_opens_its_fold(client: Client) -> None:
    page = sent(client, make_scene(), follow_up="补数学", headings=[])
    opened = [fold.title for fold in page.context["form_folds"] if fold.is_open]
    assert opened == ["发现的困难与后续跟进"]


def test_nobody_home_keeps_no_prefilled_help(client: Client) -> None:
    sent(client, make_scene(), nobody_home="on", headings=["study"])
    visit = Visit.objects.get()
    assert (visit.nobody_home, visit.headings) == (True, ())
    assert not Visit.objects.home_visits().exists()


def test_a_visit_before_the_pairing_is_a_first_visit_with_a_warning(client: Client) -> None:
    scene = make_scene()
    client.force_login(scene.user)
    page = client.post(new_url(scene), filled_in(visited_on=days_ago(61).isoformat()), follow=True)
    assert Visit.objects.get().pairing is None
    assert "按首次家访记录" in page.content.decode()


def test_text_is_cleaned_and_rare_characters_stay(client: Client) -> None:
    sent(client, make_scene(), situation="刘𬭎\u202e在家\x07\r\n好", whom_met="阿卜杜拉·买买提")
    visit = Visit.objects.get()
    assert (visit.situation, visit.whom_met) == ("刘𬭎在家\n好", "阿卜杜拉·买买提")


def test_save_and_next_keeps_way_and_day(client: Client) -> None:
    scene = make_scene()
    other = make_student(scene.school_class)
    make_pairing(other, scene.teacher)
    answer = sent(client, scene, way="phone", visited_on=days_ago(2).isoformat(), next="1")
    assert answer["Location"] == (
        reverse("visit_new", args=[other.public_id]) + f"?way=phone&on={days_ago(2).isoformat()}"
    )
    page = client.get(answer["Location"])
    assert page.context["form"]["way"].value() == "phone"
    assert page.context["form"]["visited_on"].value() == days_ago(2)


def test_save_and_next_without_another_pupil_returns_to_the_desk(client: Client) -> None:
    assert sent(client, make_scene(), next="1")["Location"] == reverse("home")


@pytest.mark.parametrize("query", ["?on=2018-02-31&way=x", "?on=x&teacher=x", "?on=9999-01-01"])
def test_an_odd_address_shows_the_plain_page(client: Client, query: str) -> None:
    scene = make_scene()
    client.force_login(scene.office)
    page = client.get(new_url(scene) + query)
    assert page.context["form"]["visited_on"].value() == days_ago(0)


def test_the_form_is_gone_with_the_pairing(client: Client) -> None:
    scene = make_scene()
    end(scene.pairing)
    client.force_login(scene.user)
    assert client.get(new_url(scene)).status_code == 404
    assert client.post(new_url(scene), filled_in()).status_code == 404


def test_a_class_teacher_logs_visits_without_a_pairing(client: Client) -> None:
    scene = make_scene()
    end(scene.pairing)
    make_class_teacher(scene.school_class, scene.teacher)
    sent(client, scene)
    assert Visit.objects.get().pairing is None


@pytest.mark.parametrize("person", ["leader", "head"])
def test_who_only_reads_is_refused(client: Client, person: str) -> None:
    scene = make_scene()
    client.force_login(getattr(scene, person))
    assert client.get(new_url(scene)).status_code == 403


def test_the_office_copies_a_paper_record_under_both_names(client: Client) -> None:
    scene = make_scene()
    client.force_login(scene.office)
    page = client.get(new_url(scene))
    assert page.context["form"]["teacher"].value() == scene.teacher.public_id
    values = filled_in(teacher=str(scene.teacher.public_id))
    answer = client.post(new_url(scene), values, follow=True)
    visit = Visit.objects.get()
    assert (visit.teacher, visit.created_by, visit.pairing) == (scene.teacher, scene.office, scene.pairing)
    assert "由 张干事 代录" in answer.content.decode()


def test_the_office_goes_on_with_the_same_teacher(client: Client) -> None:
    scene = make_scene()
    other = make_student(scene.school_class)
    make_pairing(other, scene.teacher)
    client.force_login(scene.office)
    values = filled_in(teacher=str(scene.teacher.public_id), next="1")
    page = client.post(new_url(scene), values, follow=True)
    assert page.context["student"] == other
    assert page.context["form"]["teacher"].value() == scene.teacher.public_id


def test_the_office_is_offered_no_teacher_of_another_district(client: Client) -> None:
    scene = make_scene()
    foreign = make_teacher(name="异区教师")
    client.force_login(scene.office)
    assert "异区教师" not in client.get(new_url(scene)).content.decode()
    page = client.post(new_url(scene), filled_in(teacher=str(foreign.public_id)))
    assert list(page.context["form"].errors) == ["teacher"]


def test_a_teacher_cannot_write_in_another_name(client: Client) -> None:
    scene = make_scene()
    other = make_teacher(scene.school_class.school)
    sent(client, scene, teacher=str(other.public_id), is_paper_record="on", student_name="别名")
    visit = Visit.objects.get()
    assert (visit.teacher, visit.is_paper_record, visit.student_name) == (scene.teacher, False, "苗沐阳")


def test_somebody_with_both_roles_writes_own_visits_as_own(client: Client) -> None:
    scene = make_scene()
    scene.user.groups.add(*scene.office.groups.all())
    client.force_login(scene.user)
    assert client.get(new_url(scene)).context["form"]["teacher"].value() == scene.teacher.public_id
    client.post(new_url(scene), filled_in(teacher=str(scene.teacher.public_id)))
    assert Visit.objects.get().is_paper_record is False


def test_page_needs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    scene = make_scene()
    for _ in range(5):
        pairing = make_pairing(make_student(scene.school_class), make_teacher(scene.school_class.school))
        make_pairing(scene.student, pairing.teacher)
    client.force_login(scene.office)
    with django_assert_max_num_queries(22):
        client.get(new_url(scene))
