"""Pinyin keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib.pinyin import (
    given_name,
    initials_of,
    letters_of,
    pinyin_initials,
    pinyin_key,
    surname_splits,
    typed_letters,
)


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


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("折小雨", "小雨"),
        ("欧阳小雨", "小雨"),
        ("单于明", "明"),
        ("欧阳", "阳"),
        ("阿卜杜拉·买买提", "买买提"),
        ("折", ""),
        ("", ""),
    ],
)
def test_given_name_is_what_people_call_somebody_by(name: str, given: str) -> None:
    assert given_name(name) == given


@pytest.mark.parametrize(
    ("text", "letters"),
    [("She Xiao", "shexiao"), ("lü", "lv"), ("xi'an", "xian"), ("小雨", ""), ("she1", ""), (" ", "")],
)
def test_typed_letters_are_pinyin_or_nothing(text: str, letters: str) -> None:
    assert typed_letters(text) == letters


def test_surname_splits_read_whole_syllables_alone() -> None:
    assert list(surname_splits("zhangxm")) == [("zha", "ngxm"), ("zhan", "gxm"), ("zhang", "xm")]
    assert list(surname_splits("zxm")) == []


@given(st.text("折单欧阳小雨明·", max_size=12))
def test_every_surname_in_full_before_initials_is_one_of_the_splits(name: str) -> None:
    syllables = pinyin_key(name).split()
    assert letters_of(pinyin_key(name)) == "".join(syllables)
    if len(syllables) > 1:
        rest = initials_of(" ".join(syllables[1:]))
        assert (syllables[0], rest) in surname_splits(syllables[0] + rest)
