"""Sort and search keys for Chinese names, with surnames read as surnames: 折 she, 单 shan."""

import re
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
    return "".join(syllable[0] for syllable in _syllables(name))
