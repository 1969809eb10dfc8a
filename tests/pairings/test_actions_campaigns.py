"""The year's campaign: the plan's dates, and what the office may make of them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import Role
from pairings.actions.campaigns import check_phases, open_campaign, planned_phases
from pairings.metrics import deadline_words, phase_states
from pairings.models import Campaign
from tests.builders import make_district, make_user


@pytest.mark.django_db
def test_open_campaign_takes_the_dates_of_the_plan() -> None:
    district = make_district()
    campaign = open_campaign(district=district, year=2018, by=make_user(Role.OFFICE, district=district))
    assert campaign.report_due_on == date(2018, 6, 30)
    assert list(campaign.phases.values_list("number", "starts_on", "ends_on")) == [
        (1, date(2018, 3, 5), date(2018, 3, 10)),
        (2, date(2018, 3, 11), date(2018, 6, 20)),
        (3, date(2018, 6, 21), date(2018, 6, 25)),
        (4, date(2018, 6, 26), date(2020, 12, 31)),
    ]


@pytest.mark.django_db
def test_open_campaign_returns_the_one_that_is_there() -> None:
    district = make_district()
    first = open_campaign(district=district, year=2018, by=None)
    assert open_campaign(district=district, year=2018, by=None) == first
    assert Campaign.objects.count() == 1


@pytest.mark.django_db
def test_phase_states_count_the_last_day_as_part_of_the_phase() -> None:
    campaign = open_campaign(district=make_district(), year=2018, by=None)
    states = [state.state for state in phase_states(campaign, date(2018, 6, 20))]
    assert states == ["done", "current", "todo", "todo"]
    assert phase_states(campaign, date(2018, 6, 20))[1].words == "进行中，今天结束"


@pytest.mark.parametrize(
    ("day", "words"), [((6, 29), "还有 1 天"), ((6, 30), "今天截止"), ((7, 1), "已过 1 天")]
)
def test_deadline_day_is_still_in_time(day: tuple[int, int], words: str) -> None:
    assert deadline_words(date(2018, 6, 30), date(2018, *day)) == words


def test_check_phases_accepts_the_plan() -> None:
    check_phases(planned_phases(2018))


@pytest.mark.parametrize(
    ("number", "period", "words"),
    [
        (2, (date(2018, 3, 10), date(2018, 6, 20)), "第 2 阶段要在第 1 阶段结束之后开始"),
        (3, (date(2018, 6, 25), date(2018, 6, 21)), "结束日期不能早于开始日期"),
        (4, (date(2018, 6, 20), date(2018, 12, 31)), "第 4 阶段不能早于第 3 阶段开始"),
    ],
)
def test_check_phases_refuses_in_a_sentence(number: int, period: tuple[date, date], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        check_phases(planned_phases(2018) | {number: period})
