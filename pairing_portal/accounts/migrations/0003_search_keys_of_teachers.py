"""Teachers are found by pinyin, by initials and by given name; their reading can be corrected."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pairing_portal.lib.names import NameKeyField

KEYS = ["letters", "initials", "given_name"]


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give the teachers on file their keys."""
    for teacher in apps.get_model("accounts", "Teacher").objects.only("name", "pinyin").iterator():
        teacher.save(update_fields=KEYS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_groups_and_rights")]

    operations = [
        migrations.AddField(
            model_name="teacher",
            name="letters",
            field=NameKeyField("拼音字母", source="pinyin", rule="letters"),
        ),
        migrations.AddField(
            model_name="teacher",
            name="initials",
            field=NameKeyField("拼音首字母", source="pinyin", rule="initials"),
        ),
        migrations.AddField(
            model_name="teacher",
            name="given_name",
            field=NameKeyField("名", source="name", rule="given_name"),
        ),
        migrations.AlterField(
            model_name="teacher",
            name="pinyin",
            field=models.CharField(
                "姓名拼音",
                max_length=120,
                blank=True,
                db_index=True,
                help_text="排序和查找用；多音字可改，如 shan xiao。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["district", "name", "pinyin"], name="teacher_by_name"),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["district", "given_name", "pinyin"], name="teacher_by_given_name"),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["district", "letters", "pinyin"], name="teacher_by_letters"),
        ),
        migrations.AddIndex(
            model_name="teacher",
            index=models.Index(fields=["district", "initials", "pinyin"], name="teacher_by_initials"),
        ),
    ]
