"""A batch of proposals is drafted, changed by hand and calculated again."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.lib.forms import EditConflict
from pairings.actions.proposals import leave_out, pin, place_by_hand, propose
from pairings.forms.proposals import ProposalPlaceForm
from pairings.metrics import teachers_with_load, with_proposed
from pairings.models import Pairing, Proposal, ProposalBatch
from tests.builders import (
    TODAY,
    make_household,
    make_member,
    make_pairing,
    make_student,
    make_teacher,
)
from tests.pairings.batches import NOW, Town, place, row_of

pytestmark = pytest.mark.django_db
Covers = ProposalBatch.Covers


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


def test_choosing_the_teacher_proposed_pins_the_row_with_its_reasons(town: Town) -> None:
    pupil = town.pupil("甲")
    row = row_of(town.propose(), pupil)
    assert row.teacher is not None
    place(town, row, row.teacher)
    after = row_of(row.batch, pupil)
    assert (after.is_pinned, after.source, after.why) == (True, "machine", row.why)


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
