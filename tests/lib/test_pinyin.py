"""Pinyin keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib.pinyin import pinyin_initials, pinyin_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张三", "zhang san"),
        ("曾哲", "zeng zhe"),
        ("单晓", "shan xiao"),
        ("折小雨", "she xiao yu"),
        ("解雨", "xie yu"),
        ("仇英", "qiu ying"),
        ("区明", "ou ming"),
        ("任燕", "ren yan"),
        ("查明", "zha ming"),
        ("朴明", "piao ming"),
        ("缪雨", "miao yu"),
        ("单于明", "chan yu ming"),
        ("单于", "shan yu"),
        ("欧阳明", "ou yang ming"),
        ("吕单", "lv dan"),
        ("买买提·艾力", "mai mai ti ai li"),
        ("John Smith", "john smith"),
        ("", ""),
    ],
)
def test_pinyin_key_reads_surnames_as_surnames(name: str, key: str) -> None:
    assert pinyin_key(name) == key


def test_pinyin_initials_are_the_first_letters() -> None:
    assert pinyin_initials("折小雨") == "sxy"


def test_pinyin_key_keeps_a_character_nobody_has_read() -> None:
    assert pinyin_key("王\ue000") == "wang \ue000"


@given(st.text(max_size=20))
def test_pinyin_key_and_initials_take_any_text(text: str) -> None:
    assert len(pinyin_initials(text)) == len(pinyin_key(text).split(" ")) - (not pinyin_key(text))
