"""More that can be logged: devices signed out, locks lifted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_undone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("signed_in", "登录"),
                    ("sign_in_failed", "登录失败"),
                    ("signed_out", "退出"),
                    ("session_ended", "退出设备"),
                    ("unlocked", "解除登录锁定"),
                    ("password_set", "设置密码"),
                    ("code_issued", "发放一次性登录码"),
                    ("account_created", "新建账号"),
                    ("account_changed", "修改账号"),
                    ("created", "新增"),
                    ("changed", "修改"),
                    ("ended", "结束"),
                    ("moved", "调动"),
                    ("handed_over", "移交结对"),
                    ("import_previewed", "上传名册"),
                    ("import_confirmed", "确认导入"),
                    ("import_discarded", "放弃导入"),
                    ("undone", "撤销"),
                    ("read", "查看"),
                    ("revealed", "查看证件号码"),
                    ("exported", "导出"),
                    ("denied", "拒绝访问"),
                ],
                max_length=24,
                verbose_name="操作",
            ),
        ),
    ]
