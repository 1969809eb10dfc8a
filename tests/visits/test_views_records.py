"""Reading a visit, correcting it, ticking off its promise."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import User
from pairing_portal.audit.models import Action, AuditEvent
from tests.visits.scene import days_ago, end, make_scene, own_visit
from visits.models import Visit, VisitRevision

pytestmark = pytest.mark.django_db


def detail(client: Client, user: User, visit: Visit) -> Any:
    """The visit's page as the person sees it."""
    client.force_login(user)
    return client.get(visit.get_absolute_url())


def correct(client: Client, user: User, visit: Visit, **values: Any) -> Any:
    """The answer to a correction that changes the given values only."""
    client.force_login(user)
    as_it_stands = {
        "version": visit.version,
        "visited_on": visit.visited_on.isoformat(),
        "way": visit.way,
        "situation": visit.situation,
        "restricted_note": visit.restricted_note,
        "acts": visit.acts,
    }
    return client.post(reverse("visit_correct", args=[visit.public_id]), as_it_stands | values)


def test_reading_a_visit_is_logged(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene)
    detail(client, scene.office, visit)
    event = AuditEvent.objects.get(action=Action.READ)
    assert (event.actor, event.subject_id) == (scene.office, str(visit.public_id))


@pytest.mark.parametrize(
    ("person", "reads"), [("user", True), ("leader", True), ("office", False), ("head", False)]
)
def test_restricted_note_is_for_its_author_and_the_leading_group(
    client: Client, person: str, reads: bool
) -> None:
    scene = make_scene()
    visit = own_visit(scene, restricted_note="父母正在办离婚")
    text = detail(client, getattr(scene, person), visit).content.decode()
    assert ("父母正在办离婚" in text) is reads
    assert "保密备注" in text


def test_former_teacher_reads_own_words_without_a_way_to_the_pupil(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, situation="常住奶奶家。")
    end(scene.pairing)
    scene.student.name = "改名后"
    scene.student.save(update_fields=["name"])
    text = detail(client, scene.user, visit).content.decode()
    assert "常住奶奶家。" in text
    assert "苗沐阳" in text
    assert "改名后" not in text
    assert str(scene.student.public_id) not in text


def test_correction_keeps_the_former_text(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, situation="父亲在家。", acts=("talk",))
    answer = correct(
        client, scene.user, visit, situation="祖父在家。", acts=["talk", "gift"], reason="记错了"
    )
    assert answer.status_code == 302
    visit.refresh_from_db()
    revision = VisitRevision.objects.get()
    assert (visit.situation, visit.acts, visit.version) == ("祖父在家。", ("talk", "gift"), 2)
    assert (revision.former.situation, revision.former.acts) == ("父亲在家。", ("talk",))
    assert (revision.corrected_by, revision.reason) == (scene.user, "记错了")
    event = AuditEvent.objects.get(action=Action.CHANGED)
    assert event.fields == ["acts", "situation"]
    text = detail(client, scene.leader, visit).content.decode()
    assert "父亲在家。" in text
    assert "记错了" in text


def test_two_corrections_show_each_step(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, situation="甲")
    correct(client, scene.user, visit, situation="乙")
    visit.refresh_from_db()
    correct(client, scene.user, visit, situation="丙")
    corrections = detail(client, scene.user, visit).context["corrections"]
    assert [correction.changes for correction in corrections] == [
        (("情况", "乙", "丙"),),
        (("情况", "甲", "乙"),),
    ]


def test_former_restricted_text_stays_restricted(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, restricted_note="母亲患病")
    correct(client, scene.user, visit, restricted_note="母亲已康复")
    page = detail(client, scene.office, visit).content.decode()
    assert "母亲" not in page
    assert "保密备注有改动" in page
    assert "母亲患病" in detail(client, scene.leader, visit).content.decode()


def test_nothing_changed_keeps_no_revision(client: Client) -> None:
    scene = make_scene()
    correct(client, scene.user, own_visit(scene), reason="点错了")
    assert VisitRevision.objects.count() == 0


def test_a_new_day_finds_its_pairing_again(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene)
    correct(client, scene.user, visit, visited_on=days_ago(70).isoformat())
    visit.refresh_from_db()
    assert visit.pairing is None


def test_edits_from_two_windows_show_both_texts(client: Client) -> None:
    scene = make_scene()
    opened = own_visit(scene, situation="甲")
    correct(client, scene.user, opened, situation="乙")
    page = correct(client, scene.user, opened, situation="丙")
    text = page.content.decode()
    assert page.status_code == 200
    assert "刚被他人修改" in text
    assert "乙" in text
    assert "丙" in text
    assert Visit.objects.get().situation == "乙"
    assert VisitRevision.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "status"), [("office", 403), ("leader", 403), ("head", 403), ("user", 200)]
)
def test_only_its_teacher_corrects_a_visit(client: Client, person: str, status: int) -> None:
    scene = make_scene()
    visit = own_visit(scene)
    client.force_login(getattr(scene, person))
    assert client.get(reverse("visit_correct", args=[visit.public_id])).status_code == status


def test_the_office_corrects_paper_records_but_never_another_persons_restricted_note(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, is_paper_record=True, restricted_note="母亲患病")
    correct(client, scene.office, visit, situation="补录更正", restricted_note="")
    visit.refresh_from_db()
    assert (visit.situation, visit.restricted_note) == ("补录更正", "母亲患病")
    page = client.get(reverse("visit_correct", args=[visit.public_id]))
    assert "母亲患病" not in page.content.decode()


def test_people_of_another_district_find_no_visit(client: Client) -> None:
    visit = own_visit(make_scene())
    stranger = make_scene()
    for user in (stranger.user, stranger.office, stranger.leader, stranger.head):
        assert detail(client, user, visit).status_code == 404
    assert correct(client, stranger.office, visit).status_code == 404


def promise(client: Client, user: User, visit: Visit, days: int = 0) -> Any:
    """The answer to “已跟进”."""
    client.force_login(user)
    values = {"followed_up_on": days_ago(days).isoformat()}
    return client.post(reverse("visit_followed_up", args=[visit.public_id]), values, follow=True)


@pytest.mark.parametrize("person", ["user", "office"])
def test_a_promise_is_ticked_off_once(client: Client, person: str) -> None:
    scene = make_scene()
    visit = own_visit(scene, follow_up="补数学", follow_up_on=days_ago(1))
    assert "已标记为“已跟进”" in promise(client, getattr(scene, person), visit).content.decode()
    visit.refresh_from_db()
    assert visit.followed_up_on == days_ago(0)
    assert "完成" in promise(client, scene.user, visit, days=1).content.decode()
    visit.refresh_from_db()
    assert visit.followed_up_on == days_ago(0)


@pytest.mark.parametrize("days", [-1, 6])
def test_a_promise_is_kept_neither_in_the_future_nor_before_the_visit(client: Client, days: int) -> None:
    scene = make_scene()
    visit = own_visit(scene, follow_up="补数学", follow_up_on=days_ago(1))
    assert "跟进完成的日期不能" in promise(client, scene.user, visit, days).content.decode()
    visit.refresh_from_db()
    assert visit.followed_up_on is None


def test_readers_and_former_teachers_do_not_tick_off_promises(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, follow_up="补数学", follow_up_on=days_ago(1))
    assert promise(client, scene.leader, visit).status_code == 403
    end(scene.pairing)
    assert promise(client, scene.user, visit).status_code == 403


def test_page_needs_few_queries_however_often_corrected(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    scene = make_scene()
    visit = own_visit(scene)
    for number in range(5):
        correct(client, scene.user, visit, situation=f"第 {number} 稿")
        visit.refresh_from_db()
    with django_assert_max_num_queries(17):
        page = client.get(visit.get_absolute_url())
    assert len(page.context["corrections"]) == 5


def _mark_read(client: Client, visit: Visit, user: User) -> Any:
    client.force_login(user)
    return client.post(reverse("visit_note_read", args=[visit.public_id]), {"version": visit.version})


def test_leading_group_marks_a_restricted_note_as_read_once(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, restricted_note="父母分居")
    for _ in range(2):
        _mark_read(client, visit, scene.leader)
    page = client.get(visit.get_absolute_url()).text
    visit.refresh_from_db()
    assert visit.note_read_on == days_ago(0)
    assert "已阅。" in page
    assert reverse("visit_note_read", args=[visit.public_id]) not in page
    assert AuditEvent.objects.filter(action=Action.CHANGED, fields=["note_read_on"]).count() == 1


@pytest.mark.parametrize(("note", "version"), [("", 1), ("刚改过的", 2)])
def test_note_is_not_marked_unseen(client: Client, note: str, version: int) -> None:
    scene = make_scene()
    visit = own_visit(scene, restricted_note=note)
    Visit.objects.filter(pk=visit.pk).update(version=version)
    _mark_read(client, visit, scene.leader)
    visit.refresh_from_db()
    assert visit.note_read_on is None


def test_corrected_note_waits_anew(client: Client) -> None:
    scene = make_scene()
    visit = own_visit(scene, restricted_note="父母分居", note_read_on=days_ago(1))
    assert not Visit.objects.with_unread_note().exists()
    correct(client, scene.user, visit, restricted_note="父母已离婚")
    assert Visit.objects.with_unread_note().exists()
