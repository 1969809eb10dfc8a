"""Sessions that know their person, failed tries, and forms kept over a sign-in."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import pairing_portal.accounts.models.sessions
import pairing_portal.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_confirm_pairings"),
    ]

    operations = [
        # Django's own sessions, with what people searched for, are of no use any more.
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="SignInTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_index", models.CharField(max_length=64, verbose_name="登录名索引")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="来源地址")),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("is_forgiven", models.BooleanField(default=False, verbose_name="其后已登录")),
            ],
            options={
                "verbose_name": "登录尝试",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["name_index", "-at"], name="tries_of_a_name")],
            },
        ),
        migrations.CreateModel(
            name="UserSession",
            fields=[
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "session_key",
                    pairing_portal.accounts.models.sessions.KeyDigestField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="会话"
                    ),
                ),
                ("public_id", models.UUIDField(editable=False, unique=True, verbose_name="公开编号")),
                ("device", models.CharField(blank=True, max_length=40, verbose_name="设备")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="来源地址")),
                ("signed_in_at", models.DateTimeField(null=True, verbose_name="登录时间")),
                ("seen_at", models.DateTimeField(null=True, verbose_name="最近使用")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "登录的设备",
                "ordering": ["-seen_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="KeptForm",
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
                ("address", models.CharField(max_length=300, verbose_name="提交地址")),
                ("page", models.CharField(max_length=300, verbose_name="所在页面")),
                (
                    "content",
                    pairing_portal.lib.fields.EncryptedTextField(
                        blank=True, max_length=100000, null=True, verbose_name="内容"
                    ),
                ),
                ("has_files", models.BooleanField(default=False, verbose_name="带有文件")),
                ("kept_at", models.DateTimeField(verbose_name="保留时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填写人",
                    ),
                ),
            ],
            options={
                "verbose_name": "保留的表单",
                "ordering": ["-kept_at", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "address"), name="one_kept_form_per_address")
                ],
            },
        ),
    ]
