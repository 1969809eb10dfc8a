"""Study notes: a sentence at a time, three a term, on the pupil's page with the visits."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from pairing_portal.lib.school_years import term_of
from pairings.actions.study_notes import note_study
from pairings.models import StudyNote
from tests.builders import make_class_teacher, make_note, make_student, make_teacher, make_visit
from tests.visits.scene import Scene, days_ago, make_scene

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)
EARLIER_TERM = date(2018, 5, 2)


@pytest.fixture
def scene(client: Client) -> Scene:
    """The paired teacher at the browser."""
    scene = make_scene()
    client.force_login(scene.user)
    return scene


def _written(**values: Any) -> dict[str, Any]:
    sent = {"submission_id": str(uuid4()), "noted_on": TODAY.isoformat(), "words": "能按时交作业。"}
    return sent | values


def _send(client: Client, scene: Scene, **values: Any) -> Any:
    return client.post(reverse("study_note_new", args=[scene.student.public_id]), _written(**values))


def _correct(client: Client, note: StudyNote, **values: Any) -> Any:
    sent = {"version": note.version, "noted_on": note.noted_on, "words": note.words, "subject": note.subject}
    return client.post(reverse("study_note_correct", args=[note.public_id]), sent | values)


def test_a_sentence_makes_a_note_on_the_pupils_page(client: Client, scene: Scene) -> None:
    answer = _send(client, scene, subject="数学")
    note = StudyNote.objects.get()
    assert answer["Location"] == scene.student.get_absolute_url()
    assert (note.teacher, note.teacher_name, note.slot, note.term) == (
        scene.teacher,
        "单秀英",
        1,
        term_of(TODAY),
    )
    page = client.get(answer["Location"]).text
    assert "学习情况 · 数学" in page
    assert "能按时交作业。" in page


def test_fourth_note_of_a_term_is_refused_and_the_sentence_stays(client: Client, scene: Scene) -> None:
    for number in range(3):
        _send(client, scene, words=f"第{number}句")
    page = _send(client, scene, words="第四句").text
    assert f"{term_of(TODAY)}季学期已有三条学习情况记录" in page
    assert "第四句" in page
    assert sorted(StudyNote.objects.values_list("slot", flat=True)) == [1, 2, 3]


def test_another_terms_notes_take_no_place(client: Client, scene: Scene) -> None:
    for slot in (1, 2, 3):
        make_note(scene.student, scene.teacher, slot=slot, noted_on=EARLIER_TERM)
    assert _send(client, scene).status_code == 302
    with pytest.raises(ValidationError, match="2018春季学期已有三条"):
        note_study(
            note=StudyNote(student=scene.student, teacher=scene.teacher, noted_on=EARLIER_TERM, words="补写"),
            by=scene.user,
        )


def test_note_sent_twice_is_stored_once(client: Client, scene: Scene) -> None:
    values = {"submission_id": str(uuid4())}
    assert [_send(client, scene, **values).status_code for _ in range(2)] == [302, 302]
    assert StudyNote.objects.count() == 1


def test_day_that_has_not_come_is_refused(client: Client, scene: Scene) -> None:
    assert "日期不能晚于今天。" in _send(client, scene, noted_on=days_ago(-1).isoformat()).text


def test_class_teacher_notes_too_and_corrects_only_own_notes(client: Client, scene: Scene) -> None:
    own = make_note(scene.student, scene.teacher, noted_on=TODAY)
    make_class_teacher(scene.school_class, scene.teacher, started_on=TODAY)
    other = make_student(scene.school_class, name="同班生")
    scene_of_other = make_note(other, make_teacher(scene.school_class.school, name="李老师"), noted_on=TODAY)
    answer = client.post(reverse("study_note_new", args=[other.public_id]), _written())
    assert answer.status_code == 302
    assert _correct(client, own, words="改过的").status_code == 302
    assert _correct(client, scene_of_other, words="改过的").status_code == 403


def test_correction_to_another_term_takes_a_place_there(client: Client, scene: Scene) -> None:
    make_note(scene.student, scene.teacher, slot=1, noted_on=EARLIER_TERM)
    note = make_note(scene.student, scene.teacher, noted_on=TODAY)
    assert _correct(client, note, noted_on="2018-05-03").status_code == 302
    note.refresh_from_db()
    assert (str(note.term), note.slot, note.version) == ("2018春", 2, 2)


def test_correction_into_a_full_term_is_refused(client: Client, scene: Scene) -> None:
    for slot in (1, 2, 3):
        make_note(scene.student, scene.teacher, slot=slot, noted_on=EARLIER_TERM)
    note = make_note(scene.student, scene.teacher, noted_on=TODAY)
    assert "2018春季学期已有三条学习情况记录" in _correct(client, note, noted_on="2018-05-03").text
    note.refresh_from_db()
    assert note.noted_on == TODAY


def test_correction_of_a_note_that_moved_on_shows_both_texts(client: Client, scene: Scene) -> None:
    note = make_note(scene.student, scene.teacher, noted_on=TODAY)
    StudyNote.objects.filter(pk=note.pk).update(words="别处改的", version=2)
    page = _correct(client, note, words="这里改的").text
    assert "别处改的" in page
    assert "这里改的" in page


def test_notes_and_visits_stand_in_one_course_newest_first(client: Client, scene: Scene) -> None:
    make_visit(scene.student, scene.teacher, visited_on=days_ago(3), situation="早先的家访")
    make_note(scene.student, scene.teacher, noted_on=days_ago(2), words="其后的学习")
    make_visit(scene.student, scene.teacher, visited_on=days_ago(1), situation="昨天的家访")
    page = client.get(scene.student.get_absolute_url()).text
    places = [page.index(words) for words in ("昨天的家访", "其后的学习", "早先的家访")]
    assert places == sorted(places)
