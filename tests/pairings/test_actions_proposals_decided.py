"""A batch of proposals is submitted, held against what has changed, sent back or published."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import Teacher
from pairing_portal.audit.models import Action, AuditEvent
from pairings.actions.proposals import leave_out, pin, send_back, submit, take_back, withdraw
from pairings.actions.proposing.changes import review
from pairings.models import Pairing
from students.models import RegisterEntry, Student
from tests.builders import TODAY, make_class, make_member, make_pairing, make_school, make_teacher
from tests.pairings.batches import NOW, Town, row_of

pytestmark = pytest.mark.django_db


def test_published_batch_opens_every_pairing_on_the_day(town: Town) -> None:
    pupils = [town.pupil("甲"), town.pupil("乙")]
    batch = town.submitted()
    assert town.publish(batch) == 2
    opened = Pairing.objects.active(TODAY)
    assert {pairing.student for pairing in opened} == {*pupils}
    assert {(pairing.started_on, pairing.created_by) for pairing in opened} == {(TODAY, town.leader)}
    batch.refresh_from_db()
    assert (batch.state, batch.decided_by, batch.decided_at) == ("published", town.leader, NOW)
    event = AuditEvent.objects.filter(action=Action.CHANGED).first()
    assert event is not None
    assert (event.reason, event.count, event.fields) == ("已发布", 2, ["state"])


def test_second_leader_finds_it_published_and_opens_nothing(town: Town) -> None:
    town.pupil("甲")
    batch = town.submitted()
    seen = review(batch, TODAY).digest
    assert (town.publish(batch, seen), town.publish(batch, seen)) == (1, 0)
    assert Pairing.objects.count() == 1


def test_leaving_out_is_published_as_nothing(town: Town) -> None:
    town.pupil("甲")
    left = town.pupil("乙")
    batch = town.propose()
    leave_out(proposal=row_of(batch, left), by=town.office)
    submit(batch=batch, by=town.office, today=TODAY, now=NOW)
    assert town.publish(batch) == 1
    assert not left.pairings.exists()


def test_change_after_the_page_was_opened_stops_the_publishing(town: Town) -> None:
    town.pupil("甲")
    batch = town.submitted()
    seen = review(batch, TODAY).digest
    town.pupil("新来")
    with pytest.raises(ValidationError, match="又有变化"):
        town.publish(batch, seen)
    assert town.publish(batch) == 1


def _pupil_is_paired(town: Town, pupil: Student) -> None:
    make_pairing(pupil, town.colleague, started_on=TODAY)


def _pupil_is_no_longer_listed(town: Town, pupil: Student) -> None:
    RegisterEntry.objects.filter(student=pupil).update(ended_on=TODAY, end_reason="not_listed")


def _teacher_leaves(town: Town, pupil: Student) -> None:
    Teacher.objects.filter(proposals__student=pupil).update(ended_on=TODAY, end_reason="retired")


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (_pupil_is_paired, "甲 已经由 单秀英 帮扶"),
        (_pupil_is_no_longer_listed, "甲 已不在本年度名册上"),
        (_teacher_leaves, "折建国 已不在岗，不能再帮扶 甲"),
    ],
)
def test_void_row_is_named_and_must_go_before_publishing(town: Town, happens: Any, words: str) -> None:
    pupil = town.pupil("甲")
    batch = town.submitted()
    happens(town, pupil)
    assert [change.words for change in review(batch, TODAY).blocking] == [words]
    with pytest.raises(ValidationError, match="已经不成立"):
        town.publish(batch)
    take_back(batch=batch, by=town.office)
    batch.refresh_from_db()
    with pytest.raises(ValidationError, match="已经不成立"):
        submit(batch=batch, by=town.office, today=TODAY, now=NOW)


def test_changes_that_void_nothing_are_told(town: Town) -> None:
    moved = town.pupil("甲")
    batch = town.propose()
    moved.enrolments.update(school_class=make_class(town.school, number=9))
    newcomer = make_teacher(town.school, name="新老师")
    make_member(newcomer)
    Teacher.objects.filter(pk=town.colleague.pk).update(school=make_school(town.school.district))
    town.pupil("新来")
    assert {change.words for change in review(batch, TODAY).others} == {
        "甲 换了班级，理由里的学校和班级可能不再准确",
        "新来 还没有教师，不在方案里",
        "新老师 新到岗，没有参加计算",
        "单秀英 换了学校，理由里的“同校”可能不再准确",
        "新老师 成为领导小组成员",
    }


def test_fresh_batch_tells_no_change(town: Town) -> None:
    town.pupil("甲")
    assert review(town.propose(), TODAY).changes == ()


def test_batch_sent_back_is_the_offices_again(town: Town) -> None:
    town.pupil("甲")
    batch = town.submitted()
    with pytest.raises(ValidationError, match="不能再修改"):
        town.again(batch)
    send_back(batch=batch, decision="请交给班主任。", by=town.leader, now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.decision, batch.decided_by) == ("returned", "请交给班主任。", town.leader)
    town.again(batch)
    submit(batch=batch, by=town.office, today=TODAY, now=NOW)
    assert town.publish(batch) == 1


def test_settled_batches_change_no_more(town: Town) -> None:
    town.pupil("甲")
    batch = town.propose()
    withdraw(batch=batch, by=town.office)
    batch.refresh_from_db()
    assert not batch.proposals.exists()
    for act in (
        lambda: town.again(batch),
        lambda: submit(batch=batch, by=town.office, today=TODAY, now=NOW),
        lambda: town.publish(batch),
        lambda: send_back(batch=batch, decision="否", by=town.leader, now=NOW),
    ):
        with pytest.raises(ValidationError, match="已作废"):
            act()
    assert not Pairing.objects.exists()


def test_rows_before_the_leading_group_are_not_changed(town: Town) -> None:
    pupil = town.pupil("甲")
    row = row_of(town.submitted(), pupil)
    with pytest.raises(ValidationError, match="待领导小组确认，不能再修改"):
        pin(proposal=row, is_pinned=True, by=town.office)
    with pytest.raises(ValidationError, match="待领导小组确认，不能再修改"):
        leave_out(proposal=row, by=town.office)


def test_empty_batch_is_not_submitted(town: Town) -> None:
    town.pupil("甲")
    with pytest.raises(ValidationError, match="还没有安排一对"):
        town.submitted(fills=False)
