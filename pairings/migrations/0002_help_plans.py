import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_groups_and_rights"),
        ("pairings", "0001_first_tables"),
        ("students", "0002_indexes_for_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HelpPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="公开编号"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                (
                    "submission_id",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="提交编号"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("need", models.TextField(blank=True, max_length=500, verbose_name="困难与需求")),
                ("goal", models.TextField(blank=True, max_length=300, verbose_name="目标")),
                (
                    "measures",
                    models.CharField(
                        blank=True,
                        help_text="会印在附件3的“帮扶措施”一栏，请写得简短。",
                        max_length=200,
                        verbose_name="帮扶措施",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="pairings.pairing",
                        verbose_name="结对",
                    ),
                ),
            ],
            options={
                "verbose_name": "帮扶计划",
                "ordering": ["-year", "-pk"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("created_by", "submission_id"),
                        name="pairings_helpplan_submitted_once",
                        violation_error_message="这张表已经提交过了。",
                    ),
                    models.UniqueConstraint(
                        fields=("pairing", "year"),
                        name="help_plan_once_per_year",
                        violation_error_message="这一对本年度已有帮扶计划，请打开后修改。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goal", ""), ("measures", ""), ("need", ""), _negated=True),
                        name="help_plan_says_something",
                        violation_error_message="困难与需求、目标、帮扶措施，请至少填写一项。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="公开编号"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                (
                    "submission_id",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="提交编号"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                ("teacher_name", models.CharField(editable=False, max_length=30, verbose_name="教师姓名")),
                ("noted_on", models.DateField(verbose_name="日期")),
                ("term_year", models.PositiveSmallIntegerField(editable=False, verbose_name="学期年份")),
                (
                    "season",
                    models.CharField(
                        choices=[("spring", "春"), ("autumn", "秋")],
                        editable=False,
                        max_length=8,
                        verbose_name="学期",
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField(editable=False, verbose_name="本学期第几条")),
                (
                    "subject",
                    models.CharField(
                        blank=True,
                        help_text="可不填，如：数学、作业习惯。",
                        max_length=20,
                        verbose_name="学科或关注点",
                    ),
                ),
                (
                    "words",
                    models.CharField(help_text="一句话就行。", max_length=200, verbose_name="学习情况"),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="study_notes",
                        to="students.student",
                        verbose_name="学生",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="study_notes",
                        to="accounts.teacher",
                        verbose_name="记录教师",
                    ),
                ),
            ],
            options={
                "verbose_name": "学习情况记录",
                "ordering": ["-noted_on", "-pk"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("created_by", "submission_id"),
                        name="pairings_studynote_submitted_once",
                        violation_error_message="这张表已经提交过了。",
                    ),
                    models.UniqueConstraint(
                        fields=("student", "term_year", "season", "slot"),
                        name="study_note_once_per_slot",
                        violation_error_message="刚有人为该生写了一条，请再保存一次。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot__gte", 1), ("slot__lte", 3)),
                        name="study_note_three_a_term",
                        violation_error_message="每名学生每学期最多三条学习情况记录。",
                    ),
                ],
            },
        ),
    ]
