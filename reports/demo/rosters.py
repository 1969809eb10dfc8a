"""The made-up lists of two years, brought in through the same code that the office's own files go through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.workbooks.reading import read_workbook
from pairings.imports.pairing_up import plan_pairings
from pairings.imports.staffing import plan_teachers
from reports.demo.people import Helper, Home, Pupil, make_helpers, make_homes, make_pupils
from reports.demo.workbooks import county_workbook, district_workbook, pairing_workbook, teacher_workbook
from students.actions.imports import ListSettings, Upload, confirm_roster, receive_roster
from students.imports.planning import Planner, plan_register
from students.models import RosterImport

DAYS_SINCE_LISTED = 80
DAYS_TO_PAIR = 5
COUNTY_SHARE = 0.62

Kind = RosterImport.Kind
PLANNERS: dict[str, Planner] = {
    Kind.TEACHERS: plan_teachers,
    Kind.PAIRINGS: plan_pairings,
    Kind.COUNTY_FILED: plan_register,
    Kind.DISTRICT_RECOGNISED: plan_register,
}


@dataclass(frozen=True)
class Cohort:
    """Everybody the lists speak of."""

    homes: list[Home]
    pupils: list[Pupil]
    helpers: list[Helper]


@dataclass(frozen=True, slots=True)
class Roster:
    """One file on its way in."""

    kind: str
    year: int
    day: date
    content: bytes
    is_confirmed: bool = True

    @property
    def file_name(self) -> str:
        """The name an office would give it."""
        return f"{Kind(self.kind).label}-{self.year}.xlsx"


def make_cohort(random: Random, today: date) -> Cohort:
    """Households, pupils around the day of this year's lists, and teachers."""
    day = today - timedelta(days=DAYS_SINCE_LISTED)
    return Cohort(make_homes(random), make_pupils(random, day), make_helpers(random))


def rosters(cohort: Cohort, random: Random, today: date) -> Iterator[Roster]:
    """Last year's lists, this year's, and one more that waits for the office."""
    this_day = today - timedelta(days=DAYS_SINCE_LISTED)
    last_day = this_day - timedelta(days=365)
    newcomers = [replace(helper, leads="") for helper in cohort.helpers]
    yield Roster(
        Kind.TEACHERS, today.year - 1, last_day, teacher_workbook(newcomers, today.year - 1, last_day)
    )
    since: dict[str, date] = {}
    for year, day in ((today.year - 1, last_day), (today.year, this_day)):
        yield from _registers(cohort, random, year, day, since)
    yield Roster(Kind.TEACHERS, today.year, this_day, teacher_workbook(cohort.helpers, today.year, this_day))
    yield _revised(cohort, today)


def _registers(
    cohort: Cohort, random: Random, year: int, day: date, since: dict[str, date]
) -> Iterator[Roster]:
    """The year's three lists; `since` remembers by ID number the day from which a pupil has been helped."""
    at_school = [pupil for pupil in cohort.pupils if pupil.is_at_school(day) and random.random() > 0.05]
    county = [pupil for pupil in at_school if Random(pupil.id_number).random() < COUNTY_SHARE]
    district = [pupil for pupil in at_school if pupil not in county]
    yield Roster(Kind.COUNTY_FILED, year, day, county_workbook(county, cohort.homes, year, day))
    yield Roster(Kind.DISTRICT_RECOGNISED, year, day, district_workbook(district, cohort.homes, year, day))
    pairs_day = day + timedelta(days=DAYS_TO_PAIR)
    pairs = [
        (helper, pupil, since.setdefault(pupil.id_number, pairs_day))
        for helper, pupil in _pairs(cohort.helpers, at_school)
    ]
    yield Roster(Kind.PAIRINGS, year, pairs_day, pairing_workbook(pairs, year, pairs_day))


def _pairs(helpers: list[Helper], pupils: list[Pupil]) -> list[tuple[Helper, Pupil]]:
    """Most pupils with a teacher that stays theirs from year to year; some pupils and some teachers left over."""
    willing = [helper for index, helper in enumerate(helpers) if index % 6 != 5]
    pairs = []
    for pupil in pupils:
        draw = Random(f"{pupil.id_number} pairing")
        if draw.random() > 0.12:
            pairs.append((draw.choice(willing), pupil))
    return sorted(pairs, key=lambda pair: (helpers.index(pair[0]), pair[1].id_number))


def _revised(cohort: Cohort, today: date) -> Roster:
    """A newer district list that somebody uploaded and nobody has confirmed: moved homes, new phones."""
    homes = [
        replace(home, phone=f"1390001{index:04d}") if index % 9 == 0 else home
        for index, home in enumerate(cohort.homes)
    ]
    pupils = [
        pupil
        for pupil in cohort.pupils
        if pupil.is_at_school(today) and Random(pupil.id_number).random() >= COUNTY_SHARE
    ]
    content = district_workbook(pupils, homes, today.year, today)
    return Roster(Kind.DISTRICT_RECOGNISED, today.year, today, content, is_confirmed=False)


def bring_in(
    roster: Roster, district: District, *, by: User, now: datetime, say: Callable[[str], None]
) -> None:
    """Upload, compare and, unless it is to wait, confirm; all of it as the pages do."""
    planner = PLANNERS[roster.kind]
    upload = Upload.of(roster.content, roster.file_name, read_workbook(roster.content, roster.file_name))
    settings = ListSettings(roster.kind, roster.year, roster.day)
    received = receive_roster(upload=upload, settings=settings, planner=planner, district=district, by=by)
    if roster.is_confirmed:
        confirm_roster(roster=received, planner=planner, accepts_alarm=True, by=by, now=now)
    counts = received.counts
    say(f"  {roster.file_name}　共 {counts['rows']} 行，新增 {counts['new']}，变更 {counts['changed']}")
