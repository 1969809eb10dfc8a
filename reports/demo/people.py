"""The made-up people: names are drawn from parts, ID numbers lie in a county that does not exist."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from pairing_portal.lib.codes import Sex
from pairing_portal.lib.identifiers import make_resident_id
from pairing_portal.lib.school_years import GRADES_IN_STAGE, Stage, grade_name, school_year

COUNTY = "610899"
TOWN = "麻镇"
KINDERGARTEN = "麻镇中心幼儿园"
THROUGH_SCHOOL = "麻镇九年制学校"
PRIMARY_SCHOOLS = ("麻镇中心小学", THROUGH_SCHOOL, "杨家湾小学", "石堡塔小学")
VILLAGES = ("杨家湾村", "石堡塔村", "柳树墕村", "沙梁村", "前柏树洼村", "后柏树洼村", "王家墕村", "石板沟村")
SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎折单解曾任"
)
GIVEN = "安柏川岱恩帆谷禾佳楷岚苗宁沛琪然书桐苇溪彦泽舟竹梓晨曦朗月星河远山青禹若兰㛃𬭎玥婧赟"
HOME_COUNT = 150


@dataclass(frozen=True, slots=True)
class Pupil:
    """A made-up pupil; `cohort` is the school year of the first kindergarten year."""

    name: str
    sex: Sex
    id_number: str
    cohort: int
    home_school: str
    class_number: int
    is_boarder: bool
    household: int

    def years_on(self, on: date) -> int:
        """School years since the first kindergarten year: 0 is 小班, 3 is 一年级, 11 is 九年级."""
        return school_year(on) - self.cohort

    def is_at_school(self, on: date) -> bool:
        """Whether the pupil is in one of the twelve years on the day."""
        return 0 <= self.years_on(on) < sum(GRADES_IN_STAGE.values())

    def place(self, on: date) -> tuple[str, str]:
        """School and grade of the day, in words."""
        years = self.years_on(on)
        if years < GRADES_IN_STAGE[Stage.PRESCHOOL]:
            return KINDERGARTEN, grade_name(Stage.PRESCHOOL, years + 1)
        years -= GRADES_IN_STAGE[Stage.PRESCHOOL]
        if years < GRADES_IN_STAGE[Stage.PRIMARY]:
            return self.home_school, grade_name(Stage.PRIMARY, years + 1)
        return THROUGH_SCHOOL, grade_name(Stage.MIDDLE, years - GRADES_IN_STAGE[Stage.PRIMARY] + 1)


@dataclass(frozen=True, slots=True)
class Home:
    """A made-up household."""

    number: str
    head: str
    guardian: str
    phone: str
    village: str
    group: int


@dataclass(frozen=True, slots=True)
class Helper:
    """A made-up teacher; `leads` is the class led on the day of the roster, such as 三年级1班."""

    name: str
    sex: Sex
    school: str
    post: str
    title: str
    phone: str
    leads: str = ""
    group_post: str = ""


def make_name(random: Random) -> str:
    """A surname with one or two given characters."""
    return random.choice(SURNAMES) + "".join(random.sample(GIVEN, random.choice((1, 2, 2))))


def make_homes(random: Random) -> list[Home]:
    """Households with a number, a head and a phone that nobody has."""
    homes = []
    for number in range(HOME_COUNT):
        head = make_name(random)
        guardian = head if random.random() < 0.5 else make_name(random)
        phone = f"1390000{number:04d}"
        homes.append(
            Home(f"61089{number:05d}", head, guardian, phone, random.choice(VILLAGES), random.randint(1, 6))
        )
    return homes


def make_pupils(random: Random, on: date) -> list[Pupil]:
    """One or two pupils per household, spread over the twelve years of the day and one year beyond either end."""
    pupils: list[Pupil] = []
    for household in range(HOME_COUNT):
        for _ in range(random.choice((1, 1, 1, 2))):
            pupils.append(_make_pupil(random, on, household, len(pupils)))
    return pupils


def _make_pupil(random: Random, on: date, household: int, index: int) -> Pupil:
    years = random.randint(-1, 12)
    cohort = school_year(on) - years
    born = date(cohort - 4, 9, 1).toordinal() + random.randint(0, 364)
    birth_date = date.fromordinal(min(born, on.toordinal() - 800))
    sex = random.choice((Sex.MALE, Sex.FEMALE))
    id_number = make_resident_id(COUNTY, birth_date, index * 2 + (1 if sex == Sex.MALE else 0))
    return Pupil(
        name=make_name(random),
        sex=sex,
        id_number=id_number,
        cohort=cohort,
        home_school=random.choice(PRIMARY_SCHOOLS),
        class_number=random.randint(1, 2),
        is_boarder=years > 5 and random.random() < 0.6,
        household=household,
    )


def make_helpers(random: Random) -> list[Helper]:
    """The teachers of the five schools: a head each, class teachers for two classes a grade, and others."""
    helpers: list[Helper] = []
    for school, classes in _classes_by_school().items():
        for position in range(len(classes) + 3):
            leads = classes[position - 1] if 1 <= position <= len(classes) else ""
            helpers.append(_make_helper(random, school, position, leads, len(helpers)))
    return _with_group_posts(helpers)


def _classes_by_school() -> dict[str, list[str]]:
    primary = [f"{grade_name(Stage.PRIMARY, grade)}1班" for grade in range(1, 7)]
    middle = [f"{grade_name(Stage.MIDDLE, grade)}1班" for grade in range(1, 4)]
    small = [f"{grade_name(Stage.PRESCHOOL, grade)}{number}班" for grade in range(1, 4) for number in (1, 2)]
    schools = {school: list(primary) for school in PRIMARY_SCHOOLS}
    schools[THROUGH_SCHOOL] += middle
    return {**schools, KINDERGARTEN: small}


def _make_helper(random: Random, school: str, position: int, leads: str, index: int) -> Helper:
    post = {0: "园长" if school == KINDERGARTEN else "校长", 1: "教务主任"}.get(position, "教师")
    return Helper(
        name=make_name(random),
        sex=random.choice((Sex.MALE, Sex.FEMALE)),
        school=school,
        post=post,
        title=random.choice(("高级教师", "一级教师", "一级教师", "二级教师")),
        phone=f"1380000{index:04d}",
        leads=leads,
    )


def _with_group_posts(helpers: list[Helper]) -> list[Helper]:
    """The heads form the leading group: 组长, 副组长, 成员."""
    posts = iter(("组长", "副组长", "成员", "成员", "成员"))
    return [replace(one, group_post=next(posts)) if one.post in ("校长", "园长") else one for one in helpers]
