"""Stretches the demo's words to what the forms allow, to see which page breaks."""

from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from pairing_portal.accounts.models import School, Teacher
from pairings.models import HelpPlan, StudyNote
from students.models import Household, RegisterEntry, Student
from visits.models import Visit

NAME = "·阿卜杜热合曼·买合木提江·艾力克木"
PLACE = "（含原石板沟、后柏树洼两个自然村及移民搬迁安置点）"
SCHOOL = "（麻镇中心学校附属寄宿制教学点暨农村留守儿童关爱中心）"
SENTENCE = "家里住得远，雪天走山路要一个多小时，祖父母年纪大，孩子放学后先帮着喂羊再写作业；"


def lengthen() -> None:
    """Every name to 18 characters or more, every note to several lines."""
    for model, field, words, limit in (
        (Student, "name", NAME, 30),
        (Student, "guardian_name", NAME, 30),
        (Student, "village", PLACE, 30),
        (Teacher, "name", NAME, 30),
        (School, "name", SCHOOL, 60),
        (Household, "head_name", NAME, 30),
        (RegisterEntry, "situation", SENTENCE * 4, 200),
        (Visit, "situation", SENTENCE * 8, 500),
        (Visit, "help_given", SENTENCE * 4, 300),
        (HelpPlan, "need", SENTENCE * 8, 500),
        (HelpPlan, "goal", SENTENCE * 4, 300),
        (StudyNote, "words", SENTENCE * 3, 200),
    ):
        model.objects.update(**{field: Left(Concat(F(field), Value(words)), limit)})
