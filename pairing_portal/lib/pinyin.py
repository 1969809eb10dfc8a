"""Sort and search keys for Chinese names, with surnames read as surnames: 折 she, 单 shan."""

import re
from collections.abc import Iterator
from functools import lru_cache

from pypinyin import lazy_pinyin

_PIECES = re.compile(r"[A-Za-z]+|[^\s·'’A-Za-z-]")
_READINGS = """
    曾 zeng 单 shan 折 she 解 xie 仇 qiu 区 ou 任 ren 查 zha 朴 piao 缪 miao 盖 ge 翟 zhai 乐 yue 员 yun
    黑 he 种 chong 卜 bu 洗 xian 覃 qin 秘 bi 隗 wei 繁 po 句 gou 祭 zhai 都 du 能 nai
"""
_SURNAMES = dict(zip(_READINGS.split()[::2], _READINGS.split()[1::2], strict=True))
_DOUBLE_SURNAMES = {
    "单于": ["chan", "yu"],
    "尉迟": ["yu", "chi"],
    "万俟": ["mo", "qi"],
    "澹台": ["tan", "tai"],
}
_DOUBLE_SURNAME_LENGTH = 2
_COMMON_DOUBLE_SURNAMES = {
    *_DOUBLE_SURNAMES,
    *("欧阳", "上官", "司马", "诸葛", "皇甫", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "东方"),
}
_SYLLABLE = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:[iu]?a(?:i|o|n|ng)?|[iuv]?e(?:i|n|ng|r)?|i(?:n|ng|u|ong)?|ou?|ong|u(?:i|n|o)?|v)"
)


@lru_cache(maxsize=20_000)
def _syllable(piece: str) -> str:
    """The most usual reading of one character; the character itself where none is known."""
    return lazy_pinyin(piece)[0].lower()


def _syllables(name: str) -> list[str]:
    pieces = _PIECES.findall(name)
    double = _DOUBLE_SURNAMES.get("".join(pieces[:_DOUBLE_SURNAME_LENGTH]))
    if double and len(pieces) > _DOUBLE_SURNAME_LENGTH:
        return [*double, *map(_syllable, pieces[_DOUBLE_SURNAME_LENGTH:])]
    return [_SURNAMES.get(piece, "") or _syllable(piece) for piece in pieces[:1]] + [
        *map(_syllable, pieces[1:])
    ]


def pinyin_key(name: str) -> str:
    """Lower-case syllables with a blank between them: 折小雨 to "she xiao yu"; "" for an empty name."""
    return " ".join(_syllables(name))


def pinyin_initials(name: str) -> str:
    """First letters of the syllables: 折小雨 to "sxy"."""
    return initials_of(pinyin_key(name))


def letters_of(pinyin: str) -> str:
    """The key without its blanks: "she xiao yu" to "shexiaoyu"."""
    return pinyin.replace(" ", "")


def initials_of(pinyin: str) -> str:
    """The first letters of a key: "she xiao yu" to "sxy"."""
    return "".join(syllable[0] for syllable in pinyin.split())


def given_name(name: str) -> str:
    """What people call somebody by: 折小雨 to 小雨, 欧阳小雨 to 小雨, 阿卜杜拉·买买提 to 买买提."""
    if "·" in name:
        return name.partition("·")[2]
    is_double = name[:_DOUBLE_SURNAME_LENGTH] in _COMMON_DOUBLE_SURNAMES
    return name[_DOUBLE_SURNAME_LENGTH if is_double and len(name) > _DOUBLE_SURNAME_LENGTH else 1 :]


def typed_letters(text: str) -> str:
    """The letters of what was typed in pinyin, blanks and case aside, ü as v; "" for text in other characters."""
    letters = "".join(text.lower().replace("ü", "v").replace("'", "").replace("’", "").split())
    return letters if letters.isascii() and letters.isalpha() else ""


def surname_splits(letters: str) -> Iterator[tuple[str, str]]:
    """The ways to read letters as a whole surname before initials: "zhangxm" gives zha, zhan and zhang."""
    for length in range(2, len(letters)):
        if _SYLLABLE.fullmatch(letters[:length]):
            yield letters[:length], letters[length:]
