"""The leading group may confirm what the office proposes."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CODENAME, NAME = "confirm_pairings", "确认结对方案"
GROUP = "leader"


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the right and hand it to the leading group."""
    content_type = apps.get_model("contenttypes", "ContentType").objects.get(
        app_label="accounts", model="user"
    )
    right, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=CODENAME, defaults={"name": NAME}
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=GROUP)
    group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_search_keys_of_teachers")]
    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "default_permissions": (),
                "ordering": ["username", "pk"],
                "permissions": [
                    ("manage_accounts", "管理账号"),
                    ("manage_district", "管理学区设置"),
                    ("read_audit", "查看操作记录"),
                    ("see_district", "查看全学区"),
                    ("see_school", "查看本校"),
                    ("keep_people", "维护学校和教师"),
                    ("keep_registers", "维护学生和名册"),
                    ("keep_pairings", "维护结对"),
                    ("confirm_pairings", "确认结对方案"),
                    ("export_attachments", "导出附件"),
                    ("record_visits", "记录家访"),
                    ("record_for_others", "代录纸质记录"),
                    ("read_restricted", "查看保密备注"),
                    ("read_summaries", "查看上报材料"),
                ],
                "verbose_name": "账号",
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
