"""What happened in the made-up district since the lists came in: visits, hand-overs, ends."""

from datetime import date, datetime, timedelta
from random import Random

from pairing_portal.accounts.models import District, Teacher, User
from pairings.actions.pairings import end_pairing, hand_over
from pairings.actions.proposals import pin, propose, submit
from pairings.metrics import MANY_PUPILS, pairings_off_register, teachers_without_pupil
from pairings.models import Heading, Pairing, ProposalBatch
from students.actions.leaving_classes import left_classes
from students.models import Enrolment
from visits.actions import log_visit, mark_followed_up
from visits.models import Visit

HAND_OVERS = 6
ENDS = 4
LEFT_OPEN = 5
DAYS_SINCE_SETTLED = 65
KEPT_AFTER = 20  # days: older promises were kept
SHARE_NEVER_MET = 0.1
DAYS_SINCE_MET = (1, 4, 11, 19, 28, 40, 52, 75, 96)
MEETINGS_TOLD = 4
ON_THE_PHONE = "电话里祖父说孩子感冒好了，明天返校。"
SITUATIONS = (
    "祖母在家照看，孩子作业按时完成，愿意跟老师说话。",
    "父亲在外打工，母亲身体不好，家里今年收成一般。",
    "孩子数学吃力，晚上没人辅导，已约好周三课后补习。",
    "家中刚修过窑，借了一些钱，孩子情绪平稳。",
    "孩子近来话少，问了才说想念父母，已和班主任商量多谈心。",
    "讲了资助政策，家长问寄宿补助何时发，已记下回去核实。",
)
HELP = ("送了作业本和一双棉鞋。", "辅导了一个小时数学。", "送去两本课外书，约定读完讲给老师听。", "")
PROMISES = ("带去数学练习册", "核实寄宿生补助", "联系卫生院复查", "请班主任调换座位")
ASKS = "本学期新列入名册的学生，请领导小组审定。"
MET = ("祖母", "祖父", "母亲", "父亲", "祖父母")


def hand_some_over(district: District, *, by: User, today: date, random: Random) -> None:
    """Teachers pass pupils on to colleagues who help nobody yet, a month ago."""
    on = today - timedelta(days=30)
    pairings = Pairing.objects.active(on).filter(student__district=district).order_by("pk")
    free = list(teachers_without_pupil(district, on))[:HAND_OVERS]
    for pairing, teacher in zip(random.sample(list(pairings), len(free)), free, strict=True):
        hand_over(
            pairing=pairing,
            to=teacher,
            on=on,
            reason=Pairing.EndReason.HANDED_OVER,
            note="已上门两次，孩子怕生，慢慢来；答应期末带一本字典。",
            by=by,
            today=today,
        )


def end_some(district: District, *, by: User, today: date, random: Random) -> None:
    """A few pairings end for good, three weeks ago."""
    on = today - timedelta(days=21)
    pairings = list(
        Pairing.objects.active(on).filter(student__district=district, started_on__lt=on).order_by("pk")
    )
    reasons = (Pairing.EndReason.TEACHER_LEFT, Pairing.EndReason.OTHER)
    for pairing in random.sample(pairings, ENDS):
        end_pairing(
            pairing=pairing, on=on, reason=random.choice(reasons), note="等学区另行安排。", by=by, today=today
        )


def settle_most(district: District, *, by: User, today: date) -> None:
    """The office ended the pairings of pupils this year's lists no longer name; some wait, graduates for the year's turn."""
    graduates = Enrolment.objects.open().filter(school_class__in=left_classes(district, today))
    everybody = Pairing.objects.filter(student__district=district).exclude(
        student__in=graduates.values("student")
    )
    left = pairings_off_register(everybody, today.year, today).order_by("student__pinyin", "pk")
    for pairing in left[LEFT_OPEN:]:
        on = max(pairing.started_on, today - timedelta(days=DAYS_SINCE_SETTLED))
        end_pairing(pairing=pairing, on=on, reason=Pairing.EndReason.NOT_LISTED, note="", by=by, today=today)


def log_visits(district: District, *, by: User, today: date, random: Random) -> int:
    """Visits to most pupils: some lately, some long ago, some never; returns how many."""
    pairings = (
        Pairing.objects.filter(student__district=district).select_related("teacher", "student").order_by("pk")
    )
    written = 0
    for pairing in pairings:
        for day in _days(pairing, today, random):
            visit = log_visit(visit=_visit(pairing, day, random), by=pairing.teacher.user or by)
            if visit.follow_up_on and visit.follow_up_on < today - timedelta(days=KEPT_AFTER):
                mark_followed_up(visit=visit, on=visit.follow_up_on, by=by)
            written += 1
    return written


def _days(pairing: Pairing, today: date, random: Random) -> list[date]:
    """The days on which this teacher met this pupil: every month or two, last time lately or long ago; some never."""
    last = min(today, (pairing.ended_on or today) - timedelta(days=1))
    if random.random() < SHARE_NEVER_MET:
        return []
    day, days = last - timedelta(days=random.choice(DAYS_SINCE_MET)), list[date]()
    while day > pairing.started_on and len(days) < MEETINGS_TOLD:
        days.append(day)
        day -= timedelta(days=random.randint(25, 55))
    return days[::-1]


def _visit(pairing: Pairing, day: date, random: Random) -> Visit:
    way = random.choice((Visit.Way.HOME, Visit.Way.HOME, Visit.Way.PHONE, Visit.Way.AT_SCHOOL))
    visit = Visit(student=pairing.student, teacher=pairing.teacher, visited_on=day, way=way)
    visit.is_planned = random.random() < 0.5
    if way == Visit.Way.HOME and random.random() < 0.08:
        visit.nobody_home, visit.situation = True, "家中无人，邻居说都下地去了，改天再来。"
        return visit
    visit.whom_met = random.choice(MET) if way != Visit.Way.AT_SCHOOL else ""
    visit.acts = random.sample(["talk", "tutoring", "gift", "policy", "thrift"], random.randint(1, 2))
    visit.headings = list(pairing.focus) or [Heading.STUDY]
    visit.situation, visit.help_given = random.choice(SITUATIONS), random.choice(HELP)
    if way == Visit.Way.PHONE and random.random() < 0.4:
        visit.situation, visit.help_given = ON_THE_PHONE, ""
    visit.difficulties = random.sample(list(Visit.Difficulty.values), random.choice((0, 0, 0, 1, 2)))
    if random.random() < 0.15:
        visit.follow_up = random.choice(PROMISES)
        visit.follow_up_on = day + timedelta(days=random.randint(7, 30))
    visit.restricted_note = "父母正在分居，孩子知道，请勿当面提起。" if random.random() < 0.05 else ""
    return visit


def propose_pairings(district: District, *, by: User, today: date, now: datetime) -> None:
    """The office proposed a teacher for every pupil who waits, fixed one pair, and put it before the group."""
    batch = propose(
        batch=ProposalBatch(district=district, year=today.year, cap=MANY_PUPILS, remark=ASKS),
        excluded=(),
        fills=True,
        by=by,
        today=today,
        now=now,
    )
    pin(proposal=batch.proposals.placed()[0], is_pinned=True, by=by)
    submit(batch=batch, by=by, today=today, now=now)


def teacher_with_most_pupils(district: District, on: date) -> Teacher:
    """A class teacher with several pupils: the one whose account the demo hands out."""
    pairings = Pairing.objects.active(on).filter(
        teacher__district=district, teacher__led_classes__isnull=False
    )
    loads: dict[int, int] = {}
    for teacher_id in pairings.values_list("teacher", flat=True):
        loads[teacher_id] = loads.get(teacher_id, 0) + 1
    return Teacher.objects.get(pk=max(loads, key=lambda pk: (loads[pk], -pk)))
