"""The fields of a list's filter, as the filter bar prints them."""

from django import forms
from django.utils.datastructures import MultiValueDict

from pairing_portal.lib.templatetags.conditions import condition


class Conditions(forms.Form):
    """One field of each kind that filters use."""

    kind = forms.ChoiceField(
        label="类别", choices=[("", "全部"), ("甲 & 乙", [("a", "<甲>"), ("b", "乙")])], required=False
    )
    ended = forms.BooleanField(label="包括已结束", required=False)


def test_condition_marks_the_chosen_option_and_escapes_words() -> None:
    printed = condition(Conditions(MultiValueDict({"kind": ["b"]}))["kind"])

    assert '<option value="">全部</option>' in printed
    assert '<optgroup label="甲 &amp; 乙"><option value="a">&lt;甲&gt;</option>' in printed
    assert '<option value="b" selected>乙</option>' in printed


def test_condition_labels_its_select() -> None:
    printed = condition(Conditions({})["kind"])

    assert '<label for="id_kind" class="form-label">类别</label><select name="kind"' in printed


def test_condition_leaves_other_fields_to_crispy_forms() -> None:
    printed = condition(Conditions({"ended": "on"})["ended"])

    assert 'class="checkboxinput form-check-input"' in printed
    assert "checked" in printed
