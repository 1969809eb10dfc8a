"""One form with every kind of field, for the gallery."""

from typing import ClassVar

from django import forms

from pairing_portal.lib.forms import DateField, SubmissionForm

WAYS = [("home", "上门"), ("phone", "电话"), ("video", "视频"), ("office", "来校面谈"), ("school", "校内")]
ACTS = [
    ("talk", "谈心"),
    ("lessons", "辅导"),
    ("gift", "送物"),
    ("policy", "政策宣传"),
    ("thrift", "勤俭教育"),
]


class SampleFilter(forms.Form):
    """Conditions of a list."""

    name = forms.CharField(label="姓名", required=False)
    school = forms.ChoiceField(label="学校", required=False, choices=[("", "全部学校"), ("1", "中心小学")])
    paired = forms.ChoiceField(label="结对", required=False, choices=[("", "不限"), ("no", "未结对")])
    village = forms.CharField(label="村", required=False)


class SampleForm(SubmissionForm):
    """A visit, shortened."""

    visited_on = DateField(label="日期", help_text="当天或之前的日期。")
    way = forms.ChoiceField(label="方式", choices=WAYS, widget=forms.RadioSelect)
    acts = forms.MultipleChoiceField(
        label="做了什么",
        choices=ACTS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="可多选。",
    )
    teacher = forms.ChoiceField(label="教师", choices=[("", "请选择"), ("1", "折建国"), ("2", "单秀英")])
    situation = forms.CharField(label="情况", widget=forms.Textarea(attrs={"rows": 3}))
    is_planned = forms.BooleanField(label="按计划进行的家访", required=False)
    kind = forms.ChoiceField(
        label="名册",
        choices=[("county", "县乡建档立卡"), ("district", "学区认定")],
        widget=forms.RadioSelect,
        required=False,
    )
    roster = forms.FileField(label="名册文件", required=False, help_text=".xlsx 或 .xls，不超过 5 MB。")
    chip_fields: ClassVar = ("way", "acts")
