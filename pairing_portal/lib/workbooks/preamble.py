"""What the lines above a table say about when it was drawn up."""

import re
from collections.abc import Iterable
from datetime import date

CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九０１２３４５６７８９", "00012345678901234567" + "89")
YEAR = re.compile(r"(20\d{2})\s*[年春秋]")
DAY = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")


def year_in(preamble: Iterable[str]) -> int | None:
    """The year the list is for (2018年…, 二〇一八年…), or None."""
    for text in preamble:
        found = YEAR.search(text.translate(CHINESE_DIGITS))
        if found:
            return int(found[1])
    return None


def day_in(preamble: Iterable[str]) -> date | None:
    """The day the list describes (2018年3月5日, 2018.03.05, 2018-03-05), or None."""
    for text in preamble:
        for found in DAY.finditer(text.translate(CHINESE_DIGITS)):
            day = _day(int(found[1]), int(found[2]), int(found[3]))
            if day is not None:
                return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
