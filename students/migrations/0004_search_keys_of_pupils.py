"""Pupils are found by pinyin, by initials and by given name, through an index each."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pairing_portal.lib.names import NameKeyField

KEYS = ["letters", "initials", "given_name"]


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give the pupils on file their keys."""
    for student in apps.get_model("students", "Student").objects.only("name", "pinyin").iterator():
        student.save(update_fields=KEYS)


class Migration(migrations.Migration):
    dependencies = [("students", "0003_disability_and_heads")]

    operations = [
        migrations.AddField(
            model_name="student",
            name="letters",
            field=NameKeyField("拼音字母", source="pinyin", rule="letters"),
        ),
        migrations.AddField(
            model_name="student",
            name="initials",
            field=NameKeyField("拼音首字母", source="pinyin", rule="initials"),
        ),
        migrations.AddField(
            model_name="student",
            name="given_name",
            field=NameKeyField("名", source="name", rule="given_name"),
        ),
        migrations.AlterField(
            model_name="student",
            name="pinyin",
            field=models.CharField(
                "姓名拼音",
                max_length=120,
                blank=True,
                help_text="排序和查找用；多音字可改，如 shan xiao。",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="student", name="student_by_name"),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["district", "name", "pinyin"], name="student_by_name"),
        ),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["district", "given_name", "pinyin"], name="student_by_given_name"),
        ),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["district", "letters", "pinyin"], name="student_by_letters"),
        ),
        migrations.AddIndex(
            model_name="student",
            index=models.Index(fields=["district", "initials", "pinyin"], name="student_by_initials"),
        ),
    ]
