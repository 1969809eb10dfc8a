"""Turning the year: who goes where, what stays and what ends."""

from datetime import date, timedelta

import pytest

from pairing_portal.accounts.models import Teacher
from pairings.actions.turn_choices import choices_from_text
from pairings.actions.turn_previews import preview_from_text
from pairings.models import Pairing, Way, YearTurn
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass
from tests.builders import (
    make_class,
    make_class_teacher,
    make_entry,
    make_pairing,
    make_school,
    make_student,
)
from tests.pairings.turning import (
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


def test_graduate_whose_pairing_began_in_autumn_leaves_on_the_day_of_confirming(town: TurningTown) -> None:
    graduate = make_student(town.ninth)
    pairing = make_pairing(graduate, town.teacher, started_on=date(2018, 9, 6))
    turn = prepared(town)
    assert [each.on for each in preview_from_text(turn.preview).pupils] == ["办理当天"]
    tomorrow = TODAY + timedelta(days=1)
    confirmed(turn, town.office, tomorrow)
    pairing.refresh_from_db()
    assert pairing.ended_on == Enrolment.objects.get(student=graduate).ended_on == tomorrow


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


def test_pairing_whose_teacher_has_left_is_named_and_kept(town: TurningTown) -> None:
    pairing = make_pairing(make_student(town.third, name="任小禾"), town.colleague)
    Teacher.objects.filter(pk=town.colleague.pk).update(ended_on=date(2018, 7, 1), end_reason="retired")
    turn = prepared(town)
    shown = preview_from_text(turn.preview).departed
    assert [(each.name, each.teacher) for each in shown] == [("任小禾", "单秀英")]
    confirmed(turn, town.office)
    pairing.refresh_from_db()
    assert pairing.ended_on is None
