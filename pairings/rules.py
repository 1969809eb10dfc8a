"""What a portal needs before it can do its work, step by step."""

from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District, School, Teacher
from pairings.models import Campaign, Pairing
from students.models import Register, RegisterEntry


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One thing to have before work begins; `count` says how many there are."""

    code: str
    label: str
    is_done: bool
    count: int


def set_up_steps(district: District | None, year: int, on: date) -> tuple[SetUpStep, ...]:
    """District, schools, campaign, teachers, the two registers, pairings: in the order they are needed."""
    schools = School.objects.filter(district=district).open(on).count()
    campaigns = Campaign.objects.filter(district=district, year=year).count()
    teachers = Teacher.objects.filter(district=district).employed(on).count()
    listed = RegisterEntry.objects.listed(year, on).filter(student__district=district)
    county = listed.filter(register=Register.COUNTY_FILED).count()
    recognised = listed.filter(register=Register.DISTRICT_RECOGNISED).count()
    pairings = Pairing.objects.active(on).filter(student__district=district).count()
    if district is None:
        schools = campaigns = teachers = county = recognised = pairings = 0
    return (
        SetUpStep("district", "学区信息", district is not None, int(district is not None)),
        SetUpStep("schools", "学校", schools > 0, schools),
        SetUpStep("campaign", "年度活动与四个阶段", campaigns > 0, campaigns),
        SetUpStep("teachers", "教师名单", teachers > 0, teachers),
        SetUpStep("county_register", "县乡建档立卡名册", county > 0, county),
        SetUpStep("district_register", "学区认定名册", recognised > 0, recognised),
        SetUpStep("pairings", "结对", pairings > 0, pairings),
    )
