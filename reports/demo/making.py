"""Sets the made-up district up from nothing: lists, pairings, visits, accounts."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from pairing_portal.accounts.actions import open_district
from pairing_portal.accounts.models import District, Role, School, Teacher, User
from pairings.actions.campaigns import open_campaign, set_phases
from pairings.models import Campaign, LeadershipMember, Phase
from reports.demo.accounts import SignIn, open_account
from reports.demo.people import PRIMARY_SCHOOLS, TOWN
from reports.demo.rosters import bring_in, make_cohort, rosters
from reports.demo.story import (
    end_some,
    hand_some_over,
    log_visits,
    propose_pairings,
    settle_most,
    teacher_with_most_pupils,
)
from reports.demo.studies import plan_and_note

SEED = 20180305
Say = Callable[[str], None]


def make_demo(*, today: date, now: datetime, say: Say) -> list[SignIn]:
    """Everything from the district to the last visit, dated back from today; returns the sign-ins."""
    random = Random(SEED)
    admin, first = open_account(Role.ADMIN, None, by=None, now=now)
    district = open_district(
        district=District(
            name=f"{TOWN}学区", county="府谷县", town=TOWN, county_office="府谷县教育扶贫办公室"
        ),
        by=admin,
    )
    _open_campaigns(district, admin, today)
    say("名册导入")
    for roster in rosters(make_cohort(random, today), random, today):
        bring_in(roster, district, by=admin, now=now, say=say)
    say("账号")
    sign_ins = [first, *_open_accounts(district, admin, today, now)]
    say("移交、结束与家访")
    settle_most(district, by=admin, today=today)
    hand_some_over(district, by=admin, today=today, random=random)
    end_some(district, by=admin, today=today, random=random)
    propose_pairings(district, by=admin, today=today, now=now)
    say(f"  家访记录 {log_visits(district, by=admin, today=today, random=random)} 条")
    plan_and_note(district, by=admin, today=today, random=random)
    return sign_ins


def _open_campaigns(district: District, by: User, today: date) -> None:
    """Last year's by the plan's dates, this year's around today, so that a phase is always under way."""
    open_campaign(district=district, year=today.year - 1, by=by)
    campaign = open_campaign(district=district, year=today.year, by=by)
    days = {
        Phase.Number.MOBILISE: (today - timedelta(days=85), today - timedelta(days=75)),
        Phase.Number.CARRY_OUT: (today - timedelta(days=74), today + timedelta(days=22)),
        Phase.Number.TAKE_STOCK: (today + timedelta(days=23), today + timedelta(days=27)),
        Phase.Number.KEEP_GOING: (today + timedelta(days=28), date(today.year + 2, 12, 31)),
    }
    set_phases(campaign=campaign, periods={int(number): period for number, period in days.items()})
    Campaign.objects.filter(pk=campaign.pk).update(report_due_on=today + timedelta(days=32))


def _open_accounts(district: District, admin: User, today: date, now: datetime) -> list[SignIn]:
    """One account for each other role, those of teachers with their teacher."""
    head = LeadershipMember.objects.get(teacher__district=district, post=LeadershipMember.Post.HEAD)
    school = School.objects.get(district=district, name=PRIMARY_SCHOOLS[1])
    teachers = {
        Role.LEADER: head.teacher,
        Role.SCHOOL: Teacher.objects.get(school=school, post="校长"),
        Role.TEACHER: teacher_with_most_pupils(district, today),
    }
    others = [role for role in Role if role != Role.ADMIN]
    return [open_account(role, district, by=admin, now=now, teacher=teachers.get(role))[1] for role in others]
