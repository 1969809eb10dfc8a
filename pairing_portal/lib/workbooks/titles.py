"""What the cells of a header say: one row of titles, or two rows whose upper one heads several lower ones."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pairing_portal.lib.workbooks.cells import as_text
from pairing_portal.lib.workbooks.sheets import Sheet

Names = tuple[str, ...]  # what one column may be called, the exactest first

SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*＊:：√✓]+")
NOTE = re.compile(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]")
LONG_NUMBER = re.compile(r"\d{12,}x?")
GROUP_WORDS = re.compile(r"(的?(基本|个人)?(信息|情况|资料))$")
# Somebody who is not whom the row is about: what stands below is theirs, and never the pupil’s.
OTHER_PEOPLE = frozenset({"监护人", "家长", "户主", "父亲", "母亲", "父", "母", "父母", "父母亲"})
PERSONAL = re.compile(r"身份证|证件|姓名|名字|性别|民族|出生|年龄|学籍")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A header reduced to what it says: no spaces, line breaks, colons, stars or ticks, half-width, lower case."""
    return SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def spellings(text: str) -> Names:
    """The header as written and without its bracketed note: 人均年收入（元） is also 人均年收入."""
    whole = plain(text)
    bare = NOTE.sub("", whole)
    return (whole, bare) if bare and bare != whole else (whole,)


def names_of_row(sheet: Sheet, number: int) -> list[Names]:
    """Each column’s names by the row of that number; a blank cell has none."""
    row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
    return [spellings(as_text(cell)) if cell is not None else () for cell in row]


def heads_a_group(sheet: Sheet, number: int) -> bool:
    """Whether a cell of the row stands above several of the next: merged, or with blanks to its right."""
    if any(merge.top == number for merge in sheet.merges):
        return True
    if number >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[number - 1], sheet.rows[number]
    return any(
        left is not None and right is None and None not in below
        for left, right, below in zip(upper, upper[1:], pairwise(lower), strict=False)
    )


def names_of_two_rows(sheet: Sheet, number: int) -> list[Names]:
    """Each column’s names when upper cells head several lower ones: 监护人 over 姓名 is 监护人姓名."""
    upper, lower = names_of_row(sheet, number), names_of_row(sheet, number + 1)
    lower += [()] * (len(upper) - len(lower))
    for merge in sheet.merges:
        if merge.top == number == merge.bottom:
            upper[merge.left - 1 : merge.right] = [upper[merge.left - 1]] * (merge.right - merge.left + 1)
    for index in range(1, len(upper)):
        if not upper[index] and lower[index] and lower[index - 1]:
            upper[index] = upper[index - 1]
    return [_joined(above, below) for above, below in zip(upper, lower, strict=False)]


def _joined(above: Names, below: Names) -> Names:
    """学生基本情况 over 姓名 is 学生姓名; what stands below 监护人 is not the pupil’s own."""
    if not below:
        return above
    tops = tuple(dict.fromkeys(top for text in above for top in (text, GROUP_WORDS.sub("", text)) if top))
    is_others = not OTHER_PEOPLE.isdisjoint(tops) and any(map(PERSONAL.search, below))
    return (*(top + low for top in tops for low in below), *(() if is_others else below))


def labelled(names: Sequence[Names]) -> tuple[tuple[int, str], ...]:
    """Position (from 0) and label of each titled column; a title that comes again says so, long numbers do not."""
    labels: list[tuple[int, str]] = []
    times: dict[str, int] = {}
    for index, spelled in enumerate(names):
        if spelled:
            title = LONG_NUMBER.sub("●●●●●●", spelled[0])
            times[title] = times.get(title, 0) + 1
            labels.append((index, title if times[title] == 1 else f"{title}（第{times[title]}个）"))
    return tuple(labels)
