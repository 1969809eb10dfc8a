from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0002_open_promises_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="note_read_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="保密备注已阅日期"),
        ),
    ]
