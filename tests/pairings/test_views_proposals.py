"""The pages of a proposal: what the office sees and does, what the leading group decides on."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role, User
from pairings.models import Pairing, Proposal, ProposalBatch
from students.models import Student
from tests.builders import (
    make_member,
    make_pairing,
    make_proposal,
    make_proposal_batch,
    make_school,
    make_teacher,
    make_user,
)
from tests.pairings.office import Office, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(office: Office) -> User:
    """Somebody of the leading group."""
    return make_user(Role.LEADER, district=office.user.district)


def as_leader(office: Office, leader: User) -> Client:
    """The leader's browser, at the same year."""
    client = Client()
    client.force_login(leader)
    client.post(reverse("year_select"), {"year": "2018"})
    return client


def proposed(office: Office, **values: Any) -> ProposalBatch:
    """What one click on 提出方案 makes."""
    office.client.post(reverse("proposal_new"), {"submission_id": str(uuid4())} | values)
    return ProposalBatch.objects.get()


def drafted(office: Office, *pupils: Student, **values: Any) -> ProposalBatch:
    """A draft that gives the pupils to the first teacher, without the solver."""
    batch = make_proposal_batch(office.teacher.district, created_by=office.user, **values)
    for pupil in pupils:
        make_proposal(batch, pupil, office.teacher)
    return batch


def page(client: Client, batch: ProposalBatch, **query: str) -> Any:
    return client.get(batch.get_absolute_url(), query)


def post(client: Client, name: str, row: ProposalBatch | Proposal, **data: Any) -> Any:
    return client.post(reverse(name, args=[row.public_id]), data, follow=True)


def test_one_click_proposes_under_the_usual_settings(office: Office) -> None:
    pupil = office.pupil("王艺涵")
    batch = proposed(office)
    assert (batch.year, batch.cap, batch.covers, batch.state) == (2018, 4, "unpaired", "draft")
    assert batch.proposals.get().student == pupil
    assert "王艺涵" in words(page(office.client, batch))


def test_settings_are_kept_with_the_batch(office: Office) -> None:
    office.pupil("王艺涵")
    batch = proposed(
        office, cap="2", care_school="3", excluded=[str(office.teacher.public_id)], remark="先报成员"
    )
    assert (batch.cap, batch.weights["school"], batch.remark) == (2, 3, "先报成员")
    assert batch.proposals.get().teacher == office.colleague


def test_proposal_without_pupils_says_so_on_the_form(office: Office) -> None:
    answer = office.client.post(reverse("proposal_new"), {"submission_id": str(uuid4())})
    assert "没有等待安排的学生" in words(answer)
    assert not ProposalBatch.objects.exists()


def test_by_hand_first_leaves_every_row_open(office: Office) -> None:
    office.pupil("王艺涵")
    batch = proposed(office, by_hand="1")
    assert (batch.proposals.get().teacher, batch.proposals.get().why) == (None, "待手工指定")


def test_list_counts_who_waits_and_leads_to_the_batches(office: Office) -> None:
    make_member(office.colleague)
    pupil = office.pupil("王艺涵")
    batch = drafted(office, pupil)
    text = words(office.client.get(reverse("proposal_list")))
    assert "还没有教师的在册学生 1 名，还没有学生的领导小组成员 1 人，在岗教师 2 人" in text
    assert batch.get_absolute_url() in text


def test_batches_of_another_year_are_not_listed(office: Office) -> None:
    batch = drafted(office, office.pupil("甲"), year=2017)
    assert batch.get_absolute_url() not in words(office.client.get(reverse("proposal_list")))


def test_rows_can_be_filtered(office: Office) -> None:
    near, pinned, left = (office.pupil(name) for name in ("近处甲", "固定乙", "没有丙"))
    away = office.pupil("远处丁")
    batch = drafted(office, near)
    make_proposal(batch, pinned, office.teacher, is_pinned=True)
    make_proposal(batch, left, None)
    make_proposal(batch, away, make_teacher(make_school(office.teacher.district)))
    for query, names in (
        ({"show": "kept"}, {"固定乙"}),
        ({"show": "unplaced"}, {"没有丙"}),
        ({"show": "away"}, {"远处丁"}),
        ({"teacher": str(office.teacher.public_id)}, {"近处甲", "固定乙"}),
        ({"school": str(office.school_class.school.public_id)}, {"近处甲", "固定乙", "没有丙", "远处丁"}),
        ({"school": str(uuid4())}, {"近处甲", "固定乙", "没有丙", "远处丁"}),
    ):
        lines = page(office.client, batch, **query).context["lines"]
        assert {line.row.student.name for line in lines} == names


def test_teacher_is_replaced_by_hand_and_the_list_comes_back_as_it_was(office: Office) -> None:
    batch = drafted(office, office.pupil("甲"))
    row = batch.proposals.get()
    address = f"{reverse('proposal_place', args=[row.public_id])}?show=away&next=//elsewhere"
    form = {"teacher": str(office.colleague.public_id), "version": row.version}
    answer = office.client.post(address, form)
    row.refresh_from_db()
    assert (row.teacher, row.source, row.is_pinned) == (office.colleague, "hand", True)
    assert answer["Location"] == f"{batch.get_absolute_url()}?show=away"


def test_choice_of_teachers_tells_their_load_on_record_and_in_the_batch(office: Office) -> None:
    make_pairing(office.pupil("乙"), office.teacher)
    batch = drafted(office, office.pupil("甲"))
    text = words(office.client.get(reverse("proposal_place", args=[batch.proposals.get().public_id])))
    assert "折建国（麻镇小学，已帮扶 1 人，方案 1 人）" in text


def test_replacing_shows_both_texts_when_somebody_was_faster(office: Office) -> None:
    batch = drafted(office, office.pupil("甲"))
    row = batch.proposals.get()
    third = make_teacher(office.teacher.school, name="第三人")
    for teacher in (office.colleague, third):
        answer = post(
            office.client, "proposal_place", row, teacher=str(teacher.public_id), version=row.version
        )
    row.refresh_from_db()
    assert row.teacher == office.colleague
    assert "第三人" in words(answer)
    assert "单秀英" in words(answer)


def test_row_is_pinned_set_free_and_left_out(office: Office) -> None:
    batch = drafted(office, office.pupil("甲"))
    row = batch.proposals.get()
    for name, data, expected in (
        ("proposal_pin", {"is_pinned": "1"}, (True, "machine", office.teacher.pk)),
        ("proposal_pin", {"is_pinned": "0"}, (False, "machine", office.teacher.pk)),
        ("proposal_leave_out", {}, (True, "hand", None)),
    ):
        post(office.client, name, row, **data)
        row.refresh_from_db()
        assert (row.is_pinned, row.source, row.teacher_id) == expected


def test_settings_change_and_the_batch_is_calculated_under_them(office: Office) -> None:
    office.pupil("甲")
    batch = proposed(office)
    teacher = batch.proposals.get().teacher
    assert teacher is not None
    form = {"version": batch.version, "covers": "unpaired", "cap": 3, "excluded": [str(teacher.public_id)]}
    post(office.client, "proposal_settings", batch, **form)
    batch.refresh_from_db()
    assert (batch.cap, [*batch.excluded.all()]) == (3, [teacher])
    assert batch.proposals.get().teacher not in (None, teacher)


def test_settings_that_leave_nobody_are_not_saved(office: Office) -> None:
    office.pupil("甲")
    batch = proposed(office)
    everybody = [str(teacher.public_id) for teacher in (office.teacher, office.colleague)]
    form = {"version": batch.version, "covers": "unpaired", "cap": 3, "excluded": everybody}
    assert "没有可以安排的教师" in words(post(office.client, "proposal_settings", batch, **form))
    batch.refresh_from_db()
    assert (batch.cap, [*batch.excluded.all()]) == (4, [])


def test_settings_show_both_texts_when_somebody_was_faster(office: Office) -> None:
    office.pupil("甲")
    batch = proposed(office)
    for care in ("3", "0"):
        form = {"version": batch.version, "covers": "unpaired", "cap": 4, "care_village": care}
        answer = post(office.client, "proposal_settings", batch, **form)
    assert "优先" in words(answer)
    assert "不考虑" in words(answer)
    batch.refresh_from_db()
    assert batch.weights["village"] == 3


def test_leader_confirms_what_the_page_showed(office: Office, leader: User) -> None:
    pupil = office.pupil("甲")
    batch = drafted(office, pupil)
    post(office.client, "proposal_submit", batch)
    client = as_leader(office, leader)
    seen = page(client, batch).context["review"].digest
    assert "已发布，建立 1 对结对。" in words(post(client, "proposal_publish", batch, seen=seen))
    assert Pairing.objects.get(student=pupil).teacher == office.teacher
    assert "确认并发布" not in words(page(client, batch))


def test_leader_who_saw_something_else_is_asked_to_look_again(office: Office, leader: User) -> None:
    batch = drafted(office, office.pupil("甲"), state="submitted")
    client = as_leader(office, leader)
    seen = page(client, batch).context["review"].digest
    office.pupil("新来")
    text = words(post(client, "proposal_publish", batch, seen=seen))
    assert "打开本页之后，方案或资料又有变化，没有发布。" in text
    assert "新来 还没有教师，不在方案里" in text
    assert not Pairing.objects.filter(student__name="甲").exists()


def test_void_rows_are_named_and_nothing_can_be_published(office: Office, leader: User) -> None:
    pupil = office.pupil("甲")
    batch = drafted(office, pupil, state="submitted")
    make_pairing(pupil, office.colleague)
    client = as_leader(office, leader)
    answer = page(client, batch)
    assert "甲 已经由 单秀英 帮扶" in words(answer)
    assert "自方案提出后，以下数据有变化" in words(answer)
    seen = answer.context["review"].digest
    assert "已经不成立" in words(post(client, "proposal_publish", batch, seen=seen))
    assert Pairing.objects.filter(student=pupil).count() == 1


def test_leader_sends_back_and_the_office_reads_why(office: Office, leader: User) -> None:
    batch = drafted(office, office.pupil("甲"), state="submitted")
    client = as_leader(office, leader)
    assert "请写明要怎样修改。" in words(post(client, "proposal_return", batch, decision=" "))
    post(client, "proposal_return", batch, decision="请交给班主任。")
    batch.refresh_from_db()
    assert batch.state == "returned"
    assert "请交给班主任。" in words(page(office.client, batch))


def test_office_takes_back_and_withdraws(office: Office) -> None:
    batch = drafted(office, office.pupil("甲"), state="submitted")
    post(office.client, "proposal_take_back", batch)
    post(office.client, "proposal_withdraw", batch)
    batch.refresh_from_db()
    assert batch.state == "withdrawn"
    assert "提交领导小组" not in words(page(office.client, batch))


def test_member_who_still_helps_nobody_is_named_with_the_reason(office: Office) -> None:
    make_member(office.colleague)
    batch = drafted(office, office.pupil("甲"))
    text = words(page(office.client, batch))
    assert "单秀英发布后仍没有帮扶学生：学生不够" in text


def test_person_who_is_both_office_and_leader_does_it_all(office: Office) -> None:
    both = make_user(Role.OFFICE, Role.LEADER, district=office.user.district)
    client = as_leader(office, both)
    batch = drafted(office, office.pupil("甲"))
    post(client, "proposal_submit", batch)
    seen = page(client, batch).context["review"].digest
    post(client, "proposal_publish", batch, seen=seen)
    assert Pairing.objects.filter(created_by=both).count() == 1


@pytest.mark.parametrize("name", ["proposal_detail", "proposal_list"])
@pytest.mark.parametrize("size", [2, 12])
def test_page_costs_the_same_for_any_number(
    office: Office, name: str, size: int, django_assert_max_num_queries: Any
) -> None:
    pupils = [office.pupil(f"学生{number}") for number in range(size)]
    batch = drafted(office, *pupils)
    for number in range(size):
        make_teacher(make_school(office.teacher.district), name=f"教师{number}")
        drafted(office)
    with django_assert_max_num_queries(24):
        office.client.get(reverse(name, args=[batch.public_id] if name == "proposal_detail" else []))
