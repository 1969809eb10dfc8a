"""Turning the year: who goes where, what stays and what ends, and that all of it can be taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairing_portal.audit.models import AuditEvent
from pairings.actions.turn_choices import choices_from_text
from pairings.actions.turn_previews import preview_from_text
from pairings.actions.turns import check_again, choose_ways, discard_turn, prepare_turn, undo_turn
from pairings.models import Campaign, Pairing, Way, YearTurn
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass, Student
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)
from tests.pairings.turning import (
    NOW,
    SEPTEMBER,
    TODAY,
    TurningTown,
    confirmed,
    decided,
    make_town,
    place_of,
    prepared,
    to,
)
from tests.undo.dumps import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> TurningTown:
    """Three classes past their last grade, and one that simply goes on."""
    return make_town()


def turned(town: TurningTown, today: date = TODAY) -> YearTurn:
    """The year turned as it is proposed."""
    return confirmed(prepared(town, today), town.office, today)


def test_pupils_go_on_to_the_likely_class_on_1_september(town: TurningTown) -> None:
    child, sixth = make_student(town.oldest), make_student(town.sixth)
    turned(town)
    assert place_of(child, SEPTEMBER) == ("中心小学", "一年级1班")
    assert place_of(sixth, SEPTEMBER) == ("九年制学校", "七年级1班")
    place = Enrolment.objects.open().get(student=sixth)
    assert (place.started_on, place.start_reason) == (SEPTEMBER, Enrolment.StartReason.PROMOTED)


def test_the_day_before_is_seen_as_it_was(town: TurningTown) -> None:
    child = make_student(town.oldest)
    turned(town)
    assert place_of(child, SEPTEMBER - timedelta(days=1)) == ("中心幼儿园", "大班1班")


def test_pairing_of_a_pupil_who_stays_is_kept(town: TurningTown) -> None:
    pairing = make_pairing(make_student(town.sixth), town.teacher)
    turned(town)
    pairing.refresh_from_db()
    assert (pairing.ended_on, pairing.version) == (None, 1)


def test_graduate_leaves_with_pairing_and_entry_ended_by_reason(town: TurningTown) -> None:
    graduate = make_student(town.ninth)
    pairing, entry = make_pairing(graduate, town.teacher), make_entry(graduate)
    turned(town)
    pairing.refresh_from_db()
    entry.refresh_from_db()
    left = Enrolment.objects.get(student=graduate)
    assert (left.ended_on, left.end_reason) == (SEPTEMBER, Enrolment.EndReason.GRADUATED)
    assert (pairing.ended_on, pairing.end_reason) == (SEPTEMBER, Pairing.EndReason.GRADUATED)
    assert (entry.ended_on, entry.end_reason) == (SEPTEMBER, RegisterEntry.EndReason.GRADUATED)


def test_graduate_whose_pairing_began_in_autumn_leaves_today(town: TurningTown) -> None:
    graduate = make_student(town.ninth)
    pairing = make_pairing(graduate, town.teacher, started_on=date(2018, 9, 6))
    turned(town)
    pairing.refresh_from_db()
    assert pairing.ended_on == Enrolment.objects.get(student=graduate).ended_on == TODAY


def test_entries_of_earlier_years_stay_as_they_were(town: TurningTown) -> None:
    graduate = make_student(town.ninth)
    entry = make_entry(graduate, year=2017, listed_on=date(2017, 3, 5))
    turned(town)
    entry.refresh_from_db()
    assert entry.ended_on is None


@pytest.mark.parametrize(
    ("way", "reason", "is_helped"),
    [
        (Way.TRANSFERRED, Enrolment.EndReason.TRANSFERRED, False),
        (Way.GONE, Enrolment.EndReason.DROPPED_OUT, True),
    ],
)
def test_single_pupil_goes_another_way_than_the_class(
    town: TurningTown, way: Way, reason: str, is_helped: bool
) -> None:
    """Who has not turned up keeps the teacher: nobody drops out unseen (G1)."""
    leaver, other = make_student(town.sixth), make_student(town.sixth)
    make_pairing(leaver, town.teacher)
    confirmed(decided(prepared(town), pupils={leaver: way}), town.office)
    assert Enrolment.objects.get(student=leaver).end_reason == reason
    assert Pairing.objects.active(TODAY).filter(student=leaver).exists() == is_helped
    assert place_of(other, TODAY) == ("九年制学校", "七年级1班")


def test_repeater_of_a_leaving_class_stays_in_its_last_grade(town: TurningTown) -> None:
    pupil = make_student(town.sixth)
    confirmed(decided(prepared(town), pupils={pupil: Way.REPEATED}), town.office)
    assert place_of(pupil, TODAY) == ("中心小学", "六年级1班")
    assert Enrolment.objects.open().get(student=pupil).start_reason == Enrolment.StartReason.REPEATED


def test_repeater_of_an_advancing_class_stays_behind_while_the_others_go_on(town: TurningTown) -> None:
    pupil, other = make_student(town.third), make_student(town.third)
    confirmed(decided(prepared(town), pupils={pupil: Way.REPEATED}), town.office)
    assert place_of(pupil, SEPTEMBER - timedelta(days=1)) == ("中心小学", "三年级1班")
    assert place_of(pupil, SEPTEMBER) == ("中心小学", "三年级1班")
    assert place_of(other, SEPTEMBER) == ("中心小学", "四年级1班")


def test_what_is_to_be_decided_later_is_left_alone_and_asked_again(town: TurningTown) -> None:
    child = make_student(town.oldest)
    make_class_teacher(town.oldest, town.teacher)
    confirmed(decided(prepared(town), classes={town.oldest: Way.LATER}), town.office)
    assert Enrolment.objects.open().get(student=child).school_class == town.oldest
    assert ClassTeacher.objects.get(school_class=town.oldest).ended_on is None
    assert [each.subject_id for each in preview_from_text(prepared(town).preview).pupils] == [
        str(child.public_id)
    ]


def test_class_teacher_of_a_class_that_left_is_released_and_others_keep_theirs(town: TurningTown) -> None:
    ended, kept = make_class_teacher(town.ninth, town.teacher), make_class_teacher(town.third, town.teacher)
    turned(town)
    ended.refresh_from_db()
    kept.refresh_from_db()
    assert (ended.ended_on, ended.end_reason) == (SEPTEMBER, ClassTeacher.EndReason.GRADUATED)
    assert kept.ended_on is None


def test_two_classes_that_go_to_one_new_class_make_it_once(town: TurningTown) -> None:
    other = make_class(town.primary, entry_year=2012, number=2)
    pupils = [make_student(town.sixth), make_student(other)]
    ways = {town.sixth: to(town.through, 2), other: to(town.through, 2)}
    confirmed(decided(prepared(town), classes=ways), town.office)
    assert {place_of(pupil, TODAY) for pupil in pupils} == {("九年制学校", "七年级2班")}
    assert SchoolClass.objects.filter(stage="middle", entry_year=2018).count() == 1


def test_sixth_grade_graduates_where_the_district_has_no_middle_school(town: TurningTown) -> None:
    SchoolClass.objects.filter(stage="middle").delete()
    pupil = make_student(town.sixth)
    turned(town)
    assert Enrolment.objects.get(student=pupil).end_reason == Enrolment.EndReason.GRADUATED


def test_kindergarten_goes_where_last_years_children_went(town: TurningTown) -> None:
    far = make_school(town.district, name="石堡塔小学")
    former = make_class(town.kindergarten, stage="preschool", entry_year=2014, number=1)
    first = make_class(far, entry_year=2017, number=1)
    for student in (make_student(former), make_student(former)):
        went = date(2017, 9, 1)
        Enrolment.objects.filter(student=student).update(
            started_on=date(2016, 9, 1), ended_on=went, end_reason="promoted"
        )
        Enrolment.objects.create(
            student=student, school_class=first, started_on=went, start_reason="promoted"
        )
    child = make_student(town.oldest)
    turned(town)
    assert place_of(child, TODAY) == ("石堡塔小学", "一年级1班")


def test_class_with_several_places_to_go_waits_for_a_choice(town: TurningTown) -> None:
    make_class(make_school(town.district), entry_year=2017, number=1)
    child = make_student(town.oldest)
    turn = prepared(town)
    assert choices_from_text(turn.choices).classes == {str(town.oldest.public_id): ""}
    assert [each.way for each in preview_from_text(turn.preview).pupils] == [Way.LATER]
    assert place_of(child, TODAY) == ("中心幼儿园", "已毕业（2015级1班）")


def test_campaign_of_next_year_copies_days_and_title(town: TurningTown) -> None:
    campaign = make_campaign(town.district)
    Campaign.objects.filter(pk=campaign.pk).update(title="结对帮扶行动", report_due_on=date(2018, 6, 28))
    turned(town)
    opened = Campaign.objects.get(year=2019)
    assert (opened.title, opened.report_due_on) == ("结对帮扶行动", date(2019, 6, 28))
    assert list(opened.phases.values_list("starts_on", "ends_on"))[:2] == [
        (date(2019, 3, 5), date(2019, 3, 10)),
        (date(2019, 3, 11), date(2019, 6, 20)),
    ]


def test_campaign_alone_is_opened_in_january(town: TurningTown) -> None:
    make_campaign(town.district)
    turned(town, date(2019, 1, 10))
    assert Campaign.objects.filter(year=2019).exists()


def test_campaign_that_somebody_opened_meanwhile_is_not_opened_twice(town: TurningTown) -> None:
    make_campaign(town.district)
    turn = prepared(town)
    make_campaign(town.district, 2019)
    with pytest.raises(ValidationError, match="2019 年度的活动已经建立"):
        confirmed(turn, town.office)


def test_what_changed_since_it_was_shown_is_named_and_nothing_is_written(town: TurningTown) -> None:
    make_campaign(town.district)
    graduate = make_student(town.ninth, name="单小雨")
    turn = prepared(town)
    make_pairing(graduate, town.teacher)
    before = dump()
    with pytest.raises(ValidationError, match="单小雨的资料在核对之后有变动"):
        confirmed(turn, town.office)
    assert dump() == before
    confirmed(check_again(turn=turn, today=TODAY), town.office)
    assert not Pairing.objects.filter(ended_on=None).exists()


def test_confirming_twice_writes_once(town: TurningTown) -> None:
    make_student(town.sixth)
    turn = prepared(town)
    confirmed(turn, town.office)
    again = confirmed(turn, town.office)
    assert (again.state, Enrolment.objects.count()) == (YearTurn.State.CONFIRMED, 2)


def test_nothing_to_do_is_said_not_written(town: TurningTown) -> None:
    make_campaign(town.district)
    make_campaign(town.district, 2019)
    with pytest.raises(ValidationError, match="没有要办理的内容"):
        turned(town)


def test_one_turn_is_prepared_at_a_time(town: TurningTown) -> None:
    assert prepared(town) == prepared(town)
    assert discard_turn(turn=prepared(town), by=town.office, now=NOW).choices == ""
    assert YearTurn.objects.open().count() == 0


def test_stale_choice_is_refused(town: TurningTown) -> None:
    turn = prepared(town)
    decided(turn, classes={town.sixth: Way.LATER})
    choices = choices_from_text(turn.choices)
    with pytest.raises(ValidationError, match="刚被他人修改"):
        choose_ways(turn=turn, choices=choices, version=turn.version, by=town.office, today=TODAY)


def full_town(town: TurningTown) -> list[Student]:
    """Pupils of every kind with all that can end."""
    make_campaign(town.district)
    make_class_teacher(town.ninth, town.teacher)
    pupils = [
        make_student(school_class) for school_class in (town.oldest, town.sixth, town.ninth, town.third)
    ]
    for pupil in pupils:
        make_pairing(pupil, town.teacher)
        make_entry(pupil)
    return pupils


def test_undo_leaves_every_table_as_it_was(town: TurningTown) -> None:
    *_, third = full_town(town)
    before = dump()
    del before["pairings_yearturn"]
    turn = confirmed(decided(prepared(town), pupils={third: Way.REPEATED}), town.office)
    undone = undo_turn(turn=turn, by=town.office, now=NOW)
    after = dump()
    del after["pairings_yearturn"]
    assert after == before
    assert undone.state == YearTurn.State.UNDONE
    assert undone.change_set is not None
    assert undone.change_set.undone_by == town.office


def test_year_that_was_turned_back_can_be_turned_again(town: TurningTown) -> None:
    child, *_ = full_town(town)
    undo_turn(turn=turned(town), by=town.office, now=NOW)
    turned(town)
    assert place_of(child, TODAY) == ("中心小学", "一年级1班")


def test_undo_names_what_was_touched_since_and_changes_nothing(town: TurningTown) -> None:
    make_campaign(town.district)
    sixth = make_student(town.sixth)
    turn = turned(town)
    new = Enrolment.objects.open().get(student=sixth).school_class
    make_class_teacher(new, make_teacher(town.through), started_on=TODAY)
    before = dump()
    with pytest.raises(ValidationError, match=r"初中 2018 级 1 班（班级，已有班主任任职）"):
        undo_turn(turn=turn, by=town.office, now=NOW)
    assert dump() == before


def test_another_districts_pupils_stay_where_they_are(town: TurningTown) -> None:
    other = make_town()
    stranger = make_student(other.sixth)
    choice = {stranger: Way.TRANSFERRED}
    make_student(town.sixth)
    turn = confirmed(decided(prepared(town), pupils=choice), town.office)
    assert (turn.moved, Enrolment.objects.open().get(student=stranger).school_class) == (1, other.sixth)


def test_turn_costs_the_same_for_any_number_of_pupils(town: TurningTown) -> None:
    full_town(town)
    few = _queries(town)
    other = make_town()
    for _ in range(4):
        for pupil in full_pupils(other):
            make_pairing(pupil, other.teacher)
            make_entry(pupil)
    make_campaign(other.district)
    make_class_teacher(other.ninth, other.teacher)
    assert _queries(other) == few


def full_pupils(town: TurningTown) -> list[Student]:
    """One more pupil for each class."""
    return [make_student(school_class) for school_class in (town.oldest, town.sixth, town.ninth, town.third)]


def _queries(town: TurningTown) -> int:
    turn = prepared(town)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        confirmed(turn, town.office)
    return len(queries)


def test_turn_is_logged_with_its_number_of_pupils(town: TurningTown) -> None:
    full_town(town)
    turn = turned(town)
    event = AuditEvent.objects.filter(subject_id=str(turn.public_id)).order_by("-pk")[0]
    assert (event.subject, event.count, event.actor) == ("pairings.yearturn", 3, town.office)


def test_form_sent_twice_prepares_once(town: TurningTown) -> None:
    number = make_user(district=town.district).public_id
    values = {"district": town.district, "by": town.office, "today": TODAY, "submission_id": number}
    first = prepare_turn(**values)
    discard_turn(turn=first, by=town.office, now=NOW)
    assert prepare_turn(**values) == first
