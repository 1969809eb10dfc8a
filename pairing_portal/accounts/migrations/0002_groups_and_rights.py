"""The groups of the portal and what each may do."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

RIGHTS = {
    "manage_accounts": "管理账号",
    "manage_district": "管理学区设置",
    "read_audit": "查看操作记录",
    "see_district": "查看全学区",
    "see_school": "查看本校",
    "keep_people": "维护学校和教师",
    "keep_registers": "维护学生和名册",
    "keep_pairings": "维护结对",
    "export_attachments": "导出附件",
    "record_visits": "记录家访",
    "record_for_others": "代录纸质记录",
    "read_restricted": "查看保密备注",
    "read_summaries": "查看上报材料",
}
OFFICE = (
    "see_district",
    "keep_people",
    "keep_registers",
    "keep_pairings",
    "export_attachments",
    "record_for_others",
)
GROUPS = {
    "admin": (*OFFICE, "manage_accounts", "manage_district", "read_audit"),
    "office": OFFICE,
    "aid": (),
    "school": ("see_school",),
    "leader": ("see_district", "read_restricted"),
    "teacher": ("record_visits",),
    "county": ("read_summaries",),
}


def make_groups(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the rights and hand them to the groups."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="accounts", model="user"
    )
    permission_model = apps.get_model("auth", "Permission")
    rights = {
        codename: permission_model.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in RIGHTS.items()
    }
    for name, codenames in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.set([rights[codename] for codename in codenames])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_first_tables"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
