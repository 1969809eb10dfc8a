"""Pairings as of any day, and one pairing's own page."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import (
    make_class,
    make_entry,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_visit,
)
from tests.pairings.office import Office, hand_over_form, words

pytestmark = pytest.mark.django_db
MAY_1 = date(2018, 5, 1)


def test_list_shows_each_side_of_a_hand_over_on_its_day(office: Office) -> None:
    pairing = make_pairing(office.pupil("王艺涵"), office.teacher)
    office.client.post(
        reverse("pairing_hand_over", args=[pairing.public_id]), hand_over_form(office.colleague)
    )
    before = office.client.get(reverse("pairing_list"), {"on": "2018-04-30"})
    after = office.client.get(reverse("pairing_list"), {"on": "2018-05-01"})
    teachers = [[line.pairing.teacher.name for line in answer.context["lines"]] for answer in (before, after)]
    assert teachers == [["折建国"], ["单秀英"]]


def test_list_counts_people_once_and_leaves_other_districts_out(office: Office) -> None:
    for name in ("甲", "乙"):
        make_pairing(office.pupil(name), office.teacher)
    answer = office.client.get(reverse("pairing_list"))
    assert answer.context["totals"] == {"pairings": 2, "teachers": 1, "students": 2}
    assert "异区" not in words(answer)


def test_list_names_a_teacher_once_for_all_pupils(office: Office) -> None:
    for name in ("甲", "乙"):
        make_pairing(office.pupil(name), office.teacher)
    lines = office.client.get(reverse("pairing_list")).context["lines"]
    assert [line.shows_teacher for line in lines] == [True, False]


@pytest.mark.parametrize(("text", "found"), [("sxy", 1), ("艺涵", 1), ("wangyh", 1), ("wyx", 0), ("", 1)])
def test_list_is_searched_by_either_name_in_any_spelling(office: Office, text: str, found: int) -> None:
    make_pairing(office.pupil("王艺涵"), office.colleague)
    office.client.post(reverse("pairing_list_search"), {"text": text})
    assert len(office.client.get(reverse("pairing_list")).context["lines"]) == found


def test_list_shows_ended_pairings_when_asked(office: Office) -> None:
    make_pairing(office.pupil("甲"), office.teacher, ended_on=MAY_1, end_reason="other")
    assert not office.client.get(reverse("pairing_list")).context["lines"]
    assert len(office.client.get(reverse("pairing_list"), {"ended": "on"}).context["lines"]) == 1


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"focus": "study"}, {"甲"}),
        ({"register": "county_filed"}, {"甲"}),
        ({"register": "none"}, {"乙"}),
        ({"register": "district_recognised"}, set()),
        ({"focus": "no-such", "on": "2018-02-30", "teacher": "x", "school": "y"}, {"甲", "乙"}),
    ],
)
def test_list_filters_and_ignores_what_makes_no_sense(
    office: Office, conditions: dict[str, str], found: set[str]
) -> None:
    make_pairing(office.pupil("甲"), office.teacher, focus=("study",))
    make_pairing(make_student(office.school_class, name="乙"), office.colleague, focus=("living",))
    lines = office.client.get(reverse("pairing_list"), conditions).context["lines"]
    assert {line.pairing.student.name for line in lines} == found


def test_list_filters_by_school_of_the_day_and_by_teacher(office: Office) -> None:
    make_pairing(office.pupil("甲"), office.teacher)
    elsewhere = make_school(office.school_class.school.district)
    make_pairing(make_student(make_class(elsewhere), name="乙"), office.colleague)
    for conditions in ({"school": str(elsewhere.public_id)}, {"teacher": str(office.colleague.public_id)}):
        lines = office.client.get(reverse("pairing_list"), conditions).context["lines"]
        assert [line.pairing.student.name for line in lines] == ["乙"]


def test_search_keeps_the_name_out_of_the_address(office: Office) -> None:
    make_pairing(office.pupil("甲生"), office.teacher)
    make_pairing(office.pupil("乙生"), office.teacher)
    answer = office.client.post(reverse("pairing_list_search"), {"text": "乙"})
    assert answer["Location"] == reverse("pairing_list")
    lines = office.client.get(reverse("pairing_list")).context["lines"]
    assert [line.pairing.student.name for line in lines] == ["乙生"]


@pytest.mark.parametrize("size", [3, 30])
def test_list_costs_the_same_for_any_length(
    office: Office, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        make_pairing(office.pupil(f"学生{number}"), make_teacher(office.teacher.school))
    with django_assert_max_num_queries(14):
        assert len(office.client.get(reverse("pairing_list")).context["lines"]) == size


def test_detail_shows_visits_notes_and_who_helped_before(office: Office) -> None:
    former = make_pairing(
        office.pupil("王艺涵"),
        office.teacher,
        ended_on=MAY_1,
        end_reason="handed_over",
        handover_note="约好周三补课。",
    )
    pairing = make_pairing(former.student, office.colleague, started_on=MAY_1)
    make_visit(pairing.student, office.colleague, pairing=pairing)
    answer = office.client.get(pairing.get_absolute_url())
    assert (answer.context["visits"], answer.context["home_visits"]) == (1, 1)
    assert "约好周三补课。" in words(answer)
    assert former.get_absolute_url() in words(answer)
    assert AuditEvent.objects.filter(action=Action.READ, subject_id=str(pairing.public_id)).exists()


def test_list_goes_on_to_the_next_page_and_names_the_teacher_again(office: Office) -> None:
    for number in range(52):
        make_pairing(office.pupil(f"学生{number}"), office.teacher)
    first = office.client.get(reverse("pairing_list"))
    second = office.client.get(reverse("pairing_list") + first.context["page"].next)
    shown = [{line.pairing.pk for line in answer.context["lines"]} for answer in (first, second)]
    assert [len(keys) for keys in shown] == [50, 2]
    assert not shown[0] & shown[1]
    assert second.context["lines"][0].shows_teacher


def test_list_on_a_day_of_another_year_shows_that_years_registers(office: Office) -> None:
    student = office.pupil("王艺涵")
    make_entry(student, year=2019, listed_on=date(2019, 3, 5), register="district_recognised")
    make_pairing(student, office.teacher)
    answer = office.client.get(reverse("pairing_list"), {"on": "2019-04-01"})
    assert [line.register for line in answer.context["lines"]] == ["学区认定"]
