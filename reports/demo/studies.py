"""What some teachers planned for their pupils this year and noted about their studies; most did neither."""

from datetime import date, timedelta
from random import Random

from pairing_portal.accounts.models import District, User
from pairings.actions.plans import write_plan
from pairings.actions.study_notes import note_study
from pairings.models import HelpPlan, Pairing, StudyNote

SHARE_PLANNED = 0.3
SHARE_NOTED = 0.25
NOTED_DAYS_AGO = (45, 12)
NEEDS = (
    "父母在外，晚上作业没人看；数学底子薄。",
    "祖母年纪大，孩子周末要帮家里干活，缺课外书。",
    "性格内向，不爱说话，家里经济紧张。",
)
GOALS = ("期末数学及格，按时交作业。", "每月读完一本书，能讲给老师听。", "愿意在课上发言，不缺课。")
MEASURES = ("每周三课后补数学，每月家访一次。", "送课外书，隔周谈心。", "联系班主任多关心，节前上门看望。")
NOTES = (
    ("数学", "乘法口诀熟了，应用题还要人领着读题。"),
    ("作业习惯", "这个月作业都按时交，字也工整了。"),
    ("", "上课愿意举手了，期中比上学期进步八名。"),
)


def plan_and_note(district: District, *, by: User, today: date, random: Random) -> None:
    """Plans and notes for a few of the pairings in force, more of them where the teacher has an account."""
    pairings = Pairing.objects.active(today).filter(student__district=district)
    for pairing in pairings.select_related("teacher__user", "student").order_by("pk"):
        author = pairing.teacher.user
        if author or random.random() < SHARE_PLANNED:
            plan = HelpPlan(pairing=pairing, year=today.year, need=random.choice(NEEDS))
            plan.goal, plan.measures = random.choice(GOALS), random.choice(MEASURES)
            write_plan(plan=plan, by=author or by)
        if author or random.random() < SHARE_NOTED:
            _note(pairing, author or by, today, random)


def _note(pairing: Pairing, by: User, today: date, random: Random) -> None:
    for days in NOTED_DAYS_AGO:
        note = StudyNote(
            student=pairing.student, teacher=pairing.teacher, noted_on=today - timedelta(days=days)
        )
        note.subject, note.words = random.choice(NOTES)
        note_study(note=note, by=by)
