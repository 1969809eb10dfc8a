import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_confirm_pairings"),
        ("pairings", "0002_help_plans"),
        ("students", "0002_indexes_for_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposalBatch",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "待领导小组确认"),
                            ("returned", "已退回"),
                            ("published", "已发布"),
                            ("withdrawn", "已作废"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "covers",
                    models.CharField(
                        choices=[
                            ("unpaired", "只安排还没有教师的在册学生"),
                            ("all", "成员没有学生可帮时，也请已有教师的在册学生多一位教师"),
                        ],
                        default="unpaired",
                        max_length=12,
                        verbose_name="安排对象",
                    ),
                ),
                (
                    "cap",
                    models.PositiveSmallIntegerField(
                        help_text="连同现有的学生一起算。",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(30),
                        ],
                        verbose_name="每位教师最多帮扶",
                    ),
                ),
                ("weights", models.JSONField(blank=True, default=dict, verbose_name="看重程度")),
                (
                    "seen",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="计算时的教师和成员"
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="给领导小组的说明")),
                ("computed_at", models.DateTimeField(blank=True, null=True, verbose_name="计算时间")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="退回说明")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal_batches",
                        to="accounts.district",
                        verbose_name="学区",
                    ),
                ),
                (
                    "excluded",
                    models.ManyToManyField(
                        blank=True,
                        help_text="如长期病休、外出支教。其他在岗教师都参加安排。",
                        related_name="+",
                        to="accounts.teacher",
                        verbose_name="这次不安排的教师",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "结对方案",
                "ordering": ["-created_at", "-pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                (
                    "source",
                    models.CharField(
                        choices=[("machine", "系统"), ("hand", "手工")],
                        default="machine",
                        max_length=8,
                        verbose_name="来源",
                    ),
                ),
                ("is_pinned", models.BooleanField(default=False, verbose_name="固定")),
                ("is_second", models.BooleanField(default=False, verbose_name="增加的教师")),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="理由代码")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="理由")),
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
                    "school_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="students.schoolclass",
                        verbose_name="计算时的班级",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="students.student",
                        verbose_name="学生",
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="accounts.teacher",
                        verbose_name="帮扶教师",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="pairings.proposalbatch",
                        verbose_name="结对方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案中的一对",
                "ordering": ["pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="proposalbatch",
            index=models.Index(fields=["district", "state"], name="proposal_batch_by_state"),
        ),
        migrations.AddConstraint(
            model_name="proposalbatch",
            constraint=models.UniqueConstraint(
                fields=("created_by", "submission_id"),
                name="pairings_proposalbatch_submitted_once",
                violation_error_message="这张表已经提交过了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("created_by", "submission_id"),
                name="pairings_proposal_submitted_once",
                violation_error_message="这张表已经提交过了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                fields=("batch", "student"),
                name="proposal_one_per_batch_and_student",
                violation_error_message="该生已在这个方案里。",
            ),
        ),
    ]
