"""Making, handing over and ending pairings, and the posts of the leading group."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing_portal.accounts.models import Role, Teacher, User
from pairing_portal.audit.models import Action, AuditEvent
from pairings.actions.leadership import end_post, give_post
from pairings.actions.pairings import end_pairing, hand_over, pair, pair_many
from pairings.models import LeadershipMember, Pairing
from tests.builders import (
    TODAY,
    make_class,
    make_member,
    make_pairing,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.django_db
MAY_1 = date(2018, 5, 1)
Post = LeadershipMember.Post


@pytest.fixture
def teacher() -> Teacher:
    """A teacher of the district under test."""
    return make_teacher(name="折建国")


@pytest.fixture
def successor(teacher: Teacher) -> Teacher:
    """A colleague."""
    return make_teacher(teacher.school, name="单秀英")


@pytest.fixture
def office(teacher: Teacher) -> User:
    """Somebody of the office."""
    return make_user(Role.OFFICE, district=teacher.district)


@pytest.fixture
def pairing(teacher: Teacher) -> Pairing:
    """A pupil of the school, helped since 11 March."""
    student = make_student(make_class(teacher.school), name="王艺涵")
    return make_pairing(student, teacher, focus=("study", "living"), measures="每周辅导一次")


def given_over(pairing: Pairing, to: Teacher, on: date, by: User) -> Pairing:
    return hand_over(
        pairing=pairing,
        to=to,
        on=on,
        reason=Pairing.EndReason.HANDED_OVER,
        note="周末可家访。",
        by=by,
        today=TODAY,
    )


def test_pair_opens_a_pairing_and_logs_it(teacher: Teacher, office: User) -> None:
    student = make_student(make_class(teacher.school))
    made = pair(student=student, teacher=teacher, on=MAY_1, focus=["study"], by=office, today=TODAY)
    assert (made.started_on, made.ended_on, made.focus) == (MAY_1, None, ("study",))
    assert AuditEvent.objects.get(subject_id=str(made.public_id)).action == Action.CREATED


def test_pair_refuses_a_day_to_come(teacher: Teacher, office: User) -> None:
    student = make_student(make_class(teacher.school))
    with pytest.raises(ValidationError, match="不能晚于今天"):
        pair(student=student, teacher=teacher, on=TODAY + timedelta(1), focus=[], by=office, today=TODAY)


def test_pair_refuses_a_teacher_who_had_not_come_yet(office: User, teacher: Teacher) -> None:
    late = make_teacher(teacher.school, name="折美丽", started_on=date(2018, 5, 2))
    student = make_student(make_class(teacher.school))
    with pytest.raises(ValidationError, match="折美丽 2018年5月2日才到岗"):
        pair(student=student, teacher=late, on=MAY_1, focus=[], by=office, today=TODAY)


def test_pair_refuses_a_teacher_who_left_that_day(office: User, teacher: Teacher) -> None:
    gone = make_teacher(teacher.school, ended_on=MAY_1, end_reason=Teacher.EndReason.RETIRED)
    student = make_student(make_class(teacher.school))
    with pytest.raises(ValidationError, match="已离岗"):
        pair(student=student, teacher=gone, on=MAY_1, focus=[], by=office, today=TODAY)


def test_pair_refuses_another_district(office: User, teacher: Teacher) -> None:
    with pytest.raises(ValidationError, match="不在同一个学区"):
        pair(student=make_student(), teacher=teacher, on=MAY_1, focus=[], by=office, today=TODAY)


def test_pair_refuses_the_same_two_while_they_are_paired(office: User, pairing: Pairing) -> None:
    with pytest.raises(ValidationError, match="已经结对"):
        pair(student=pairing.student, teacher=pairing.teacher, on=MAY_1, focus=[], by=office, today=TODAY)


def test_pair_refuses_a_period_that_reaches_into_a_later_one(office: User, pairing: Pairing) -> None:
    before = pairing.started_on - timedelta(5)
    with pytest.raises(ValidationError, match="已经结对"):
        pair(student=pairing.student, teacher=pairing.teacher, on=before, focus=[], by=office, today=TODAY)


def test_pair_again_after_the_end_makes_a_new_row(office: User, pairing: Pairing) -> None:
    end_pairing(pairing=pairing, on=MAY_1, reason=Pairing.EndReason.OTHER, note="", by=office, today=TODAY)
    again = pair(student=pairing.student, teacher=pairing.teacher, on=MAY_1, focus=[], by=office, today=TODAY)
    assert again.pk != pairing.pk


def test_pairing_entered_by_mistake_and_ended_as_it_began_does_not_stand_in_the_way(
    teacher: Teacher, office: User, pairing: Pairing
) -> None:
    mistake = Pairing.EndReason.MISTAKE
    end_pairing(pairing=pairing, on=pairing.started_on, reason=mistake, note="", by=office, today=TODAY)
    earlier = pairing.started_on - timedelta(days=1)
    made = pair(student=pairing.student, teacher=teacher, on=earlier, focus=[], by=office, today=TODAY)
    assert list(Pairing.objects.active(TODAY)) == [made]


def test_pair_many_is_all_or_nothing_and_names_who_cannot_be_paired(office: User, pairing: Pairing) -> None:
    free = make_student(make_class(pairing.teacher.school))
    with pytest.raises(ValidationError, match="王艺涵"):
        pair_many(
            students=[free, pairing.student],
            teacher=pairing.teacher,
            on=MAY_1,
            focus=[],
            by=office,
            today=TODAY,
        )
    assert not Pairing.objects.filter(student=free).exists()


def test_hand_over_ends_and_opens_on_one_day(pairing: Pairing, successor: Teacher, office: User) -> None:
    made = given_over(pairing, successor, MAY_1, office)
    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.end_reason, pairing.handover_note) == (
        MAY_1,
        Pairing.EndReason.HANDED_OVER,
        "周末可家访。",
    )
    assert (made.started_on, made.teacher, made.focus, made.measures) == (
        MAY_1,
        successor,
        pairing.focus,
        pairing.measures,
    )
    assert AuditEvent.objects.get(subject_id=str(made.public_id)).action == Action.HANDED_OVER


@settings(max_examples=30, deadline=None)
@given(held=st.integers(0, 40), gap=st.integers(-20, 60))
def test_hand_over_leaves_each_day_with_exactly_one_teacher(held: int, gap: int) -> None:
    start = date(2018, 3, 11)
    day, asked = start + timedelta(held), start + timedelta(gap)
    former = Pairing(started_on=start, ended_on=day, end_reason=Pairing.EndReason.HANDED_OVER)
    latter = Pairing(started_on=day)
    assert [former.is_active(asked), latter.is_active(asked)].count(True) == (asked >= start)


@pytest.mark.parametrize("days", [0, 1, 20])
def test_active_agrees_with_the_rule_of_one_row(
    pairing: Pairing, successor: Teacher, office: User, days: int
) -> None:
    day = pairing.started_on + timedelta(days)
    given_over(pairing, successor, day, office)
    for asked in (day - timedelta(1), day, day + timedelta(1)):
        rows = Pairing.objects.of_student(pairing.student)
        assert set(rows.active(asked)) == {row for row in rows if row.is_active(asked)}


def test_hand_over_on_the_first_day_is_allowed(pairing: Pairing, successor: Teacher, office: User) -> None:
    given_over(pairing, successor, pairing.started_on, office)
    assert [each.teacher for each in Pairing.objects.active(pairing.started_on)] == [successor]


def test_hand_over_before_the_start_is_refused(pairing: Pairing, successor: Teacher, office: User) -> None:
    with pytest.raises(ValidationError, match="不能早于结对日期 2018年3月11日"):
        given_over(pairing, successor, date(2018, 3, 10), office)


def test_hand_over_to_the_same_teacher_is_refused(pairing: Pairing, office: User) -> None:
    with pytest.raises(ValidationError, match="另一位教师"):
        given_over(pairing, pairing.teacher, MAY_1, office)


def test_hand_over_to_a_teacher_who_helps_the_pupil_already_is_refused(
    pairing: Pairing, successor: Teacher, office: User
) -> None:
    make_pairing(pairing.student, successor)
    with pytest.raises(ValidationError, match="已经结对"):
        given_over(pairing, successor, MAY_1, office)
    pairing.refresh_from_db()
    assert pairing.ended_on is None


def test_hand_over_of_an_ended_pairing_is_refused(pairing: Pairing, successor: Teacher, office: User) -> None:
    end_pairing(pairing=pairing, on=MAY_1, reason=Pairing.EndReason.OTHER, note="", by=office, today=TODAY)
    with pytest.raises(ValidationError, match="已经结束"):
        given_over(pairing, successor, MAY_1, office)


def test_end_refuses_a_day_to_come(pairing: Pairing, office: User) -> None:
    with pytest.raises(ValidationError, match="不能晚于今天"):
        end_pairing(
            pairing=pairing,
            on=TODAY + timedelta(1),
            reason=Pairing.EndReason.OTHER,
            note="",
            by=office,
            today=TODAY,
        )


def test_end_raises_the_version_so_that_an_open_edit_notices(pairing: Pairing, office: User) -> None:
    ended = end_pairing(
        pairing=pairing, on=MAY_1, reason=Pairing.EndReason.OTHER, note="", by=office, today=TODAY
    )
    assert ended.version == pairing.version + 1


def test_give_post_lets_one_person_hold_several(teacher: Teacher, office: User) -> None:
    for post in (Post.DEPUTY, Post.DIRECTOR):
        give_post(teacher=teacher, post=post, on=MAY_1, by=office, today=TODAY)
    assert set(teacher.posts.values_list("post", flat=True)) == {Post.DEPUTY, Post.DIRECTOR}


def test_give_post_refuses_the_same_post_twice(teacher: Teacher, office: User) -> None:
    make_member(teacher)
    with pytest.raises(ValidationError, match="已担任成员"):
        give_post(teacher=teacher, post=Post.MEMBER, on=MAY_1, by=office, today=TODAY)


def test_give_post_refuses_a_day_to_come(teacher: Teacher, office: User) -> None:
    with pytest.raises(ValidationError, match="不能晚于今天"):
        give_post(teacher=teacher, post=Post.HEAD, on=TODAY + timedelta(1), by=office, today=TODAY)


def test_end_post_keeps_the_row_with_its_reason(teacher: Teacher, office: User) -> None:
    member = make_member(teacher)
    end_post(member=member, on=MAY_1, reason=LeadershipMember.EndReason.REPLACED, by=office, today=TODAY)
    member.refresh_from_db()
    assert (member.ended_on, member.end_reason) == (MAY_1, LeadershipMember.EndReason.REPLACED)


def test_end_post_before_its_start_is_refused(teacher: Teacher, office: User) -> None:
    member = make_member(teacher)
    with pytest.raises(ValidationError, match="不能早于任职日期"):
        end_post(
            member=member,
            on=date(2018, 3, 1),
            reason=LeadershipMember.EndReason.REPLACED,
            by=office,
            today=TODAY,
        )
