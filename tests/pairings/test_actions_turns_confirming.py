"""Turning the year: prepared, confirmed once as it was shown, and taken back while nothing has touched it."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairing_portal.audit.models import AuditEvent
from pairings.actions.turn_choices import choices_from_text
from pairings.actions.turns import check_again, choose_ways, discard_turn, prepare_turn, undo_turn
from pairings.models import Campaign, Pairing, Way, YearTurn
from students.models import Enrolment, Student
from tests.builders import (
    make_campaign,
    make_class_teacher,
    make_entry,
    make_pairing,
    make_student,
    make_teacher,
)
from tests.pairings.turning import (
    NOW,
    TODAY,
    TurningTown,
    confirmed,
    decided,
    make_town,
    place_of,
    prepared,
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
    number = uuid4()
    first = prepare_turn(district=town.district, by=town.office, today=TODAY, submission_id=number)
    discard_turn(turn=first, by=town.office, now=NOW)
    again = prepare_turn(district=town.district, by=town.office, today=TODAY, submission_id=number)
    assert again == first
