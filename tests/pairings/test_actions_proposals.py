"""A batch of proposals from the draft to the published pairings, and everything that may happen in between."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import Role, School, Teacher, User
from pairing_portal.audit.models import Action, AuditEvent
from pairing_portal.lib.forms import EditConflict
from pairings.actions.proposals import (
    calculate_again,
    leave_out,
    pin,
    place_by_hand,
    propose,
    publish,
    send_back,
    submit,
    take_back,
    withdraw,
)
from pairings.actions.proposing.changes import review
from pairings.forms.proposals import ProposalPlaceForm
from pairings.metrics import teachers_with_load, with_proposed
from pairings.models import Pairing, Proposal, ProposalBatch
from students.models import RegisterEntry, SchoolClass, Student
from tests.builders import (
    TODAY,
    make_class,
    make_class_teacher,
    make_entry,
    make_household,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 5, 10, 3, tzinfo=UTC)
Covers = ProposalBatch.Covers


@dataclass
class Town:
    """One school with a class teacher and a colleague, an office and a leader."""

    school: School
    school_class: SchoolClass
    leading: Teacher
    colleague: Teacher
    office: User
    leader: User

    def pupil(self, name: str, **values: Any) -> Student:
        """A listed pupil of the class."""
        student = make_student(values.pop("school_class", self.school_class), name=name, **values)
        make_entry(student)
        return student

    def propose(
        self, *, fills: bool = True, excluded: tuple[Teacher, ...] = (), **values: Any
    ) -> ProposalBatch:
        """A batch under the usual settings."""
        settings = {"district": self.school.district, "year": 2018, "cap": 4} | values
        batch = ProposalBatch(**settings)
        return propose(batch=batch, excluded=excluded, fills=fills, by=self.office, today=TODAY, now=NOW)

    def submitted(self, **values: Any) -> ProposalBatch:
        """A batch before the leading group."""
        return submit(batch=self.propose(**values), by=self.office, today=TODAY, now=NOW)

    def publish(self, batch: ProposalBatch, seen: str = "") -> int:
        """The leader confirms what the page shows."""
        seen = seen or review(batch, TODAY).digest
        return publish(batch=batch, seen=seen, by=self.leader, today=TODAY, now=NOW)

    def again(self, batch: ProposalBatch) -> ProposalBatch:
        """Calculate anew."""
        return calculate_again(batch=batch, by=self.office, today=TODAY, now=NOW)


@pytest.fixture
def town() -> Town:
    school = make_school(name="麻镇小学")
    school_class = make_class(school, number=1)
    leading = make_teacher(school, name="折建国")
    make_class_teacher(school_class, leading)
    return Town(
        school=school,
        school_class=school_class,
        leading=leading,
        colleague=make_teacher(school, name="单秀英"),
        office=make_user(Role.OFFICE, district=school.district),
        leader=make_user(Role.LEADER, district=school.district),
    )


def row_of(batch: ProposalBatch, student: Student) -> Proposal:
    return Proposal.objects.get(batch=batch, student=student)


def place(town: Town, row: Proposal, teacher: Teacher, version: int | None = None) -> Proposal:
    teachers = with_proposed(teachers_with_load(town.school.district, TODAY), row.batch)
    data = {"teacher": str(teacher.public_id), "version": version or row.version}
    form = ProposalPlaceForm(data, instance=row, teachers=teachers)
    assert form.is_valid(), form.errors
    return place_by_hand(form=form, by=town.office)


def test_every_waiting_pupil_gets_a_teacher_with_the_reasons(town: Town) -> None:
    pupils = [town.pupil("王艺涵"), town.pupil("苗沐雨")]
    batch = town.propose()
    rows = [row_of(batch, pupil) for pupil in pupils]
    assert {row.teacher for row in rows} == {town.leading, town.colleague}
    assert {row.why for row in rows} == {
        "本班班主任；领导小组成员至少一名",
        "同校；倡议每位教师一名",
    }
    assert {row.school_class for row in rows} == {town.school_class}
    assert not Pairing.objects.exists()


def test_pupils_with_a_teacher_or_off_the_registers_are_left_alone(town: Town) -> None:
    make_pairing(town.pupil("已结对"), town.colleague)
    make_student(town.school_class, name="不在册")
    town.pupil("王艺涵")
    assert [row.student.name for row in town.propose().proposals.all()] == ["王艺涵"]


def test_last_years_teacher_goes_on_unless_the_pupil_was_handed_over(town: Town) -> None:
    make_member(town.colleague)
    kept, passed_on = town.pupil("续"), town.pupil("移")
    over = {"started_on": date(2017, 3, 1), "ended_on": date(2018, 3, 1)}
    make_pairing(kept, town.colleague, end_reason=Pairing.EndReason.NOT_LISTED, **over)
    make_pairing(passed_on, town.colleague, end_reason=Pairing.EndReason.HANDED_OVER, **over)
    batch = town.propose()
    assert row_of(batch, kept).reasons[0] == "former"
    assert row_of(batch, passed_on).teacher == town.leading


def test_last_years_teacher_who_has_left_is_named(town: Town) -> None:
    gone = make_teacher(town.school, name="仇老师", ended_on=date(2018, 1, 1), end_reason="retired")
    pupil = town.pupil("王艺涵")
    ended = {"ended_on": date(2018, 1, 1), "end_reason": Pairing.EndReason.TEACHER_LEFT}
    make_pairing(pupil, gone, started_on=date(2017, 3, 1), **ended)
    assert "未沿用去年教师仇老师（已离岗或这次不安排）" in row_of(town.propose(), pupil).why


def test_brothers_and_sisters_are_named_in_the_reasons(town: Town) -> None:
    household = make_household(town.school.district)
    elder = town.pupil("张大", household=household, birth_date=date(2006, 1, 1))
    younger = town.pupil("张小", household=household, birth_date=date(2010, 1, 1), sex="female")
    for number in range(4):
        town.pupil(f"学生{number}")
    batch = town.propose()
    assert "与妹妹张小同一教师" in row_of(batch, elder).why
    assert "与哥哥张大同一教师" in row_of(batch, younger).why


def test_excluded_teacher_gets_nobody(town: Town) -> None:
    pupils = [town.pupil(name) for name in ("甲", "乙", "丙")]
    batch = town.propose(excluded=(town.colleague,))
    assert {row_of(batch, pupil).teacher for pupil in pupils} == {town.leading}
    assert list(batch.excluded.all()) == [town.colleague]


def test_members_may_share_pupils_only_when_the_batch_covers_all(town: Town) -> None:
    taken = town.pupil("已结对")
    make_pairing(taken, town.colleague)
    with pytest.raises(ValidationError, match="没有等待安排的学生"):
        town.propose()
    row = row_of(town.propose(covers=Covers.ALL), taken)
    assert (row.teacher, row.is_second) == (town.leading, True)


def test_district_without_teachers_says_so(town: Town) -> None:
    town.pupil("王艺涵")
    with pytest.raises(ValidationError, match="没有可以安排的教师"):
        town.propose(excluded=(town.leading, town.colleague))


def test_form_sent_twice_makes_one_batch(town: Town) -> None:
    town.pupil("王艺涵")
    number = uuid4()
    for _ in range(2):
        propose(
            batch=ProposalBatch(district=town.school.district, year=2018, cap=4),
            excluded=(),
            fills=True,
            by=town.office,
            today=TODAY,
            now=NOW,
            submission_id=number,
        )
    assert ProposalBatch.objects.count() == Proposal.objects.count() == 1


def test_fixed_by_hand_first_then_the_rest_is_filled(town: Town) -> None:
    pupils = [town.pupil(name) for name in ("甲", "乙", "丙")]
    batch = town.propose(fills=False)
    assert {row.teacher for row in batch.proposals.all()} == {None}
    place(town, row_of(batch, pupils[0]), town.colleague)
    place(town, row_of(batch, pupils[1]), town.colleague)
    town.again(batch)
    assert [row_of(batch, pupil).teacher for pupil in pupils] == [
        town.colleague,
        town.colleague,
        town.leading,
    ]
    assert row_of(batch, pupils[0]).why == "手工指定"


def test_pinned_and_left_out_rows_stay_and_new_pupils_come_in(town: Town) -> None:
    pinned, left = town.pupil("甲"), town.pupil("乙")
    batch = town.propose()
    before = row_of(batch, pinned).teacher
    pin(proposal=row_of(batch, pinned), is_pinned=True, by=town.office)
    leave_out(proposal=row_of(batch, left), by=town.office)
    new = town.pupil("丙")
    town.again(batch)
    assert row_of(batch, pinned).teacher == before
    assert row_of(batch, left).is_left_out
    assert row_of(batch, new).teacher not in (None, before)


def test_row_set_free_is_calculated_again(town: Town) -> None:
    pupil = town.pupil("甲")
    batch = town.propose()
    row = place(town, row_of(batch, pupil), town.colleague)
    town.again(batch)
    assert row_of(batch, pupil).teacher == town.colleague
    pin(proposal=row, is_pinned=False, by=town.office)
    town.again(batch)
    assert row_of(batch, pupil).teacher == town.leading


def test_calculating_again_drops_pupils_who_no_longer_wait(town: Town) -> None:
    paired = town.pupil("甲")
    town.pupil("乙")
    batch = town.propose()
    make_pairing(paired, town.colleague, started_on=TODAY)
    town.again(batch)
    assert [row.student.name for row in batch.proposals.all()] == ["乙"]


def test_two_who_choose_a_teacher_at_once_see_both_texts(town: Town) -> None:
    batch = town.propose() if town.pupil("甲") else None
    assert batch is not None
    first, second = (batch.proposals.get() for _ in range(2))
    place(town, first, town.colleague)
    teachers = with_proposed(teachers_with_load(town.school.district, TODAY), batch)
    third = make_teacher(town.school, name="第三人")
    form = ProposalPlaceForm(
        {"teacher": str(third.public_id), "version": second.version}, instance=second, teachers=teachers
    )
    assert form.is_valid()
    with pytest.raises(EditConflict) as conflict:
        place_by_hand(form=form, by=town.office)
    assert [(each.mine, each.theirs) for each in conflict.value.fields] == [("第三人", "单秀英")]


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
    pupil = town.pupil("甲")
    batch = town.propose()
    withdraw(batch=batch, by=town.office)
    batch.refresh_from_db()
    row = row_of(batch, pupil)
    for act in (
        lambda: town.again(batch),
        lambda: pin(proposal=row, is_pinned=True, by=town.office),
        lambda: leave_out(proposal=row, by=town.office),
        lambda: submit(batch=batch, by=town.office, today=TODAY, now=NOW),
        lambda: town.publish(batch),
        lambda: send_back(batch=batch, decision="否", by=town.leader, now=NOW),
    ):
        with pytest.raises(ValidationError, match="已作废"):
            act()
    assert not Pairing.objects.exists()


def test_empty_batch_is_not_submitted(town: Town) -> None:
    town.pupil("甲")
    with pytest.raises(ValidationError, match="还没有安排一对"):
        town.submitted(fills=False)
