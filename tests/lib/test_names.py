"""Search keys of names, on teachers."""

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import Teacher
from pairing_portal.lib.names import called, clean_reading
from tests.builders import make_school, make_teacher


def found(teacher: Teacher, *texts: str) -> list[bool]:
    """Whether each of the texts finds the teacher."""
    return [Teacher.objects.named(text, teacher.district_id).filter(pk=teacher.pk).exists() for text in texts]


@pytest.mark.django_db
def test_keys_follow_name_and_pinyin_whenever_the_row_is_saved() -> None:
    teacher = make_teacher(name="单秀英")
    assert (teacher.letters, teacher.initials, teacher.given_name) == ("shanxiuying", "sxy", "秀英")
    teacher.pinyin = "dan xiu ying"
    teacher.save(update_fields=["pinyin", "letters", "initials"])
    teacher.refresh_from_db()
    assert (teacher.letters, teacher.initials) == ("danxiuying", "dxy")
    assert found(teacher, "danxy", "shan") == [True, False]


@pytest.mark.django_db
def test_names_are_found_from_their_beginning_in_every_spelling() -> None:
    teacher = make_teacher(name="阿卜杜拉·买买提")
    assert found(teacher, "阿卜", "买买提", "阿卜杜拉.买买提", "abdlm", "abodula", "杜拉") == [True] * 5 + [
        False
    ]
    rare = make_teacher(name="刘𬭎")
    assert found(rare, "刘", "𬭎", "刘𬭎") == [True] * 3


@pytest.mark.django_db
def test_names_of_another_district_are_not_found() -> None:
    teacher = make_teacher(name="单秀英")
    other = make_school().district_id
    assert not Teacher.objects.named("单秀英", other).exists()
    assert not Teacher.objects.named("单秀英", None).exists()
    assert found(teacher, "单秀英") == [True]


def test_what_is_no_name_finds_nobody() -> None:
    assert called("张3") == called("%") == called("") == []


@pytest.mark.parametrize(
    ("typed", "reading"),
    [(" Shan  Xiao ", "shan xiao"), ("lü bu", "lv bu"), ("", ""), ("wang \ue000", "wang \ue000")],
)
def test_reading_is_lower_case_with_single_blanks(typed: str, reading: str) -> None:
    assert clean_reading(typed, kept="wang \ue000") == reading


@pytest.mark.parametrize("typed", ["单 晓", "shan4 xiao3", "shan-xiao"])
def test_reading_in_other_signs_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_reading(typed, kept="shan xiao")
    assert refused.value.code == "reading"
