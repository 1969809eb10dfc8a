"""Help plans: written by the pairing's teacher and the office, carried on from year to year, asked for by nobody."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.audit.models import Action, AuditEvent
from pairing_portal.undo.models import ChangeSet
from pairings.models import HelpPlan, Pairing
from tests.builders import make_plan, make_teacher
from tests.visits.scene import Scene, days_ago, make_scene

pytestmark = pytest.mark.django_db
YEAR = days_ago(0).year


@pytest.fixture
def scene(client: Client) -> Scene:
    """The paired teacher at the browser."""
    scene = make_scene()
    client.force_login(scene.user)
    return scene


def _new(scene: Scene) -> str:
    return reverse("help_plan_new", args=[scene.pairing.public_id])


def _written(**values: Any) -> dict[str, Any]:
    return {"submission_id": str(uuid4()), "year": YEAR, "goal": "期末数学及格。"} | values


def test_one_part_makes_a_plan_that_pupil_and_pairing_show(client: Client, scene: Scene) -> None:
    answer = client.post(_new(scene), _written())
    plan = HelpPlan.objects.get()
    assert answer["Location"] == scene.pairing.get_absolute_url()
    assert (plan.pairing, plan.year, plan.created_by) == (scene.pairing, YEAR, scene.user)
    for address in (scene.pairing.get_absolute_url(), scene.student.get_absolute_url()):
        assert "期末数学及格。" in client.get(address).text
    assert AuditEvent.objects.get(action=Action.CREATED).fields == ["goal"]


def test_empty_plan_is_refused_with_a_sentence(client: Client, scene: Scene) -> None:
    page = client.post(_new(scene), _written(goal=" ")).text
    assert "困难与需求、目标、帮扶措施，请至少填写一项。" in page
    assert not HelpPlan.objects.exists()


def test_plan_sent_twice_is_stored_once(client: Client, scene: Scene) -> None:
    values = _written()
    assert [client.post(_new(scene), values).status_code for _ in range(2)] == [302, 302]
    assert HelpPlan.objects.count() == 1


def test_second_plan_of_a_year_is_refused_and_the_text_stays(client: Client, scene: Scene) -> None:
    make_plan(scene.pairing, year=YEAR)
    page = client.post(_new(scene), _written(goal="另一个目标")).text
    assert "这一对本年度已有帮扶计划" in page
    assert "另一个目标" in page


def test_new_plan_leads_to_the_one_that_is_there(client: Client, scene: Scene) -> None:
    plan = make_plan(scene.pairing, year=YEAR)
    assert client.get(_new(scene))["Location"] == reverse("help_plan_edit", args=[plan.public_id])


def test_last_years_plan_is_offered_and_stored_only_when_saved(client: Client, scene: Scene) -> None:
    make_plan(scene.pairing, year=YEAR - 1, need="去年的需求", measures="去年的措施")
    page = client.get(_new(scene))
    assert f"已按 {YEAR - 1} 年度的计划填好" in page.text
    assert page.context["form"]["measures"].value() == "去年的措施"
    assert HelpPlan.objects.count() == 1


def test_edit_of_a_plan_that_moved_on_shows_both_texts(client: Client, scene: Scene) -> None:
    plan = make_plan(scene.pairing, year=YEAR)
    HelpPlan.objects.filter(pk=plan.pk).update(goal="办公室改的", version=2)
    sent = {"version": 1, "need": plan.need, "goal": "我改的", "measures": plan.measures}
    page = client.post(reverse("help_plan_edit", args=[plan.public_id]), sent).text
    assert "办公室改的" in page
    assert "我改的" in page
    assert HelpPlan.objects.get().goal == "办公室改的"


def test_office_edits_what_the_teacher_planned(client: Client, scene: Scene) -> None:
    plan = make_plan(scene.pairing, year=YEAR)
    client.force_login(scene.office)
    sent = {"version": 1, "need": "", "goal": "", "measures": "每周一次谈心"}
    client.post(reverse("help_plan_edit", args=[plan.public_id]), sent)
    plan.refresh_from_db()
    assert (plan.need, plan.measures, plan.version) == ("", "每周一次谈心", 2)


def test_year_out_of_the_pairings_time_is_refused(client: Client, scene: Scene) -> None:
    client.post(_new(scene), _written(year=YEAR + 1))
    client.post(_new(scene), _written(year=1999))
    assert not HelpPlan.objects.exists()


def test_plan_stands_against_undoing_its_pairing(client: Client, scene: Scene) -> None:
    other = make_teacher(scene.school_class.school, name="折建国")
    client.force_login(scene.office)
    sent = {"student": scene.student.public_id, "teacher": other.public_id, "started_on": days_ago(0)}
    page = f"{reverse('pairing_new')}?student={scene.student.public_id}"
    client.post(page, sent | {"submission_id": str(uuid4())})
    make_plan(Pairing.objects.get(teacher=other), year=YEAR)
    page = client.get(reverse("change_undo", args=[ChangeSet.objects.get().public_id])).text
    assert "已有帮扶计划" in page


@pytest.mark.parametrize("who", ["user", "office"])
def test_nobody_is_reminded_of_a_plan(client: Client, scene: Scene, who: str) -> None:
    client.force_login(getattr(scene, who))
    assert "计划" not in client.get(reverse("home")).text.replace("定期家访", "")
    assert "帮扶计划" not in client.get(scene.student.get_absolute_url()).text
