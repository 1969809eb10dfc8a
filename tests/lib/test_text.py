"""Clean text, names and addresses."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pairing_portal.lib.text import (
    Address,
    CleanCharField,
    CleanNameField,
    CleanTextField,
    clean_name,
    clean_text,
    format_address,
    parse_address,
)


def name_or_code(text: str) -> str:
    """The cleaned name, or the code of the refusal."""
    try:
        return clean_name(text)
    except ValidationError as refused:
        return refused.code or ""


any_text = st.text(st.characters(), max_size=40)  # lone surrogates included
tricky_text = st.text(
    st.sampled_from("a é王\u0301\u200b\u202e\ufeff\r\n\t\u2028\x00\u3000\ufffe😀𬭎"), max_size=12
)


def test_a_pile_of_accents_is_cut_before_it_costs_minutes() -> None:
    piled = "e" + "\u0315\u0300" * 500_000  # normalised as it stands, this takes over half an hour

    assert len(clean_text(piled)) <= 31
    assert clean_text("e\u0301" * 2_000) == "é" * 2_000


@given(any_text | tricky_text, st.booleans())
def test_cleaning_text_twice_changes_nothing(text: str, multiline: bool) -> None:
    once = clean_text(text, multiline=multiline)

    assert clean_text(once, multiline=multiline) == once


@given(any_text | tricky_text)
def test_clean_text_is_one_line_of_visible_characters(text: str) -> None:
    cleaned = clean_text(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not {unicodedata.category(character) for character in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    cleaned.encode()


@pytest.mark.parametrize(
    "name", ["康涵㛃", "林红𬭎", "𬍛", "龑堃玥赟", "买买提·艾力", "\ue863某", "葛\U000e0101某"]
)
def test_rare_characters_survive(name: str) -> None:
    assert clean_text(name) == name
    assert clean_name(name) == name


def test_line_breaks_stay_only_in_multiline_text() -> None:
    typed = " 第一行\r\n第二行\u2028第三行\t\u200b "

    assert clean_text(typed, multiline=True) == "第一行\n第二行\n第三行"
    assert clean_text(typed) == "第一行 第二行 第三行"


def test_bidi_and_null_characters_go() -> None:
    assert clean_text("王\u202e小\x00明\u2066") == "王小明"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王　小 明 ", "王小明"),
        ("王小明（转学）", "王小明"),
        ("王小明(男)[借读]", "王小明"),
        ("姓\n名", "姓名"),
        ("买买提•艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("王", "王"),
    ],
)
def test_name_is_cleaned(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_missing"),
        ("（空）", "name_missing"),
        ("—", "name_characters"),
        ("-", "name_missing"),
        ("王小明2", "name_characters"),
        ("=1+1", "name_characters"),
        ("王（小明", "name_characters"),
        ("王" * 31, "name_length"),
    ],
)
def test_name_error_says_what_is_wrong(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        clean_name(typed)

    assert caught.value.code == code


@given(any_text)
def test_name_is_cleaned_for_good_or_refused(text: str) -> None:
    once = name_or_code(text)

    assert once in {"name_missing", "name_length", "name_characters"} or clean_name(once) == once


def test_form_fields_clean_before_they_measure() -> None:
    assert CleanCharField(max_length=3).clean("\u200b 王小明\r\n ") == "王小明"
    assert CleanTextField(max_length=5).clean(" 一行\x00\r\n二行 ") == "一行\n二行"
    assert CleanNameField().clean("王小明（转学）") == "王小明"
    assert CleanNameField(required=False).clean("") == ""


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("麻镇王家墕村3组", Address("麻镇", "王家墕村", "3组")),
        ("麻镇王家墕村 ３组", Address("麻镇", "王家墕村", "3组")),
        ("镇川镇镇羌村一组", Address("镇川镇", "镇羌村", "一组")),
        ("麻镇前柏树洼3组", Address("麻镇", "前柏树洼", "3组")),
        ("王家墕村", Address("", "王家墕村", "")),
        ("府谷镇河滨社区2号楼", Address("府谷镇", "河滨社区", "2号楼")),
        ("麻镇王家墕村第三村民小组", Address("麻镇", "王家墕村", "第三村民小组")),
        ("县城", Address("", "县城", "")),
        ("", Address("", "", "")),
    ],
)
def test_address_is_split(typed: str, address: Address) -> None:
    assert parse_address(typed) == address


@given(st.text(st.sampled_from("麻镇乡村社区第民小组 3三王"), max_size=14))
def test_address_loses_nothing_but_blanks(text: str) -> None:
    assert format_address(parse_address(text)) == text.replace(" ", "")
