"""How high a row must be for wrapped Chinese text: spreadsheets do not grow rows with merged cells."""

import re
from collections.abc import Mapping, Sequence
from math import ceil

BODY_POINTS = 11
TITLE_POINTS = 18
LEAST, MOST = 20.0, 409.0  # points; 409 is Excel's limit
LEADING = 1.4  # line height over font size
PADDING = 5.0  # points above and below together
WIDE, NARROW = 2.1, 1.1  # column units taken by a Chinese character and by a digit at 11 points

WORD = re.compile(r"[!-~]+|\n|.", re.DOTALL)


def lines_needed(words: str, width: float, points: float = BODY_POINTS) -> int:
    """Lines the words take in a column of the width (Excel’s character units) when wrapped as Excel does."""
    scale = points / BODY_POINTS
    lines, used = 1, 0.0
    for word in WORD.findall(words):
        size = _size(word) * scale
        if word == "\n" or (used and used + size > width):
            lines, used = lines + 1, 0.0
        extra = ceil(size / width) - 1 if size > width else 0
        lines, used = lines + extra, used + size - extra * width
    return lines


def _size(word: str) -> float:
    """Column units of one Chinese character or one run of Latin characters; a line break takes none."""
    if word == "\n":
        return 0.0
    return NARROW * len(word) if word.isascii() else WIDE


def text_height(words: str, width: float, points: float = BODY_POINTS) -> float:
    """Row height in points for the words."""
    return min(MOST, max(LEAST, lines_needed(words, width, points) * points * LEADING + PADDING))


def row_heights(
    rows: Sequence[Sequence[object]],
    widths: Sequence[float],
    spans: Mapping[tuple[int, int], int] | None = None,
) -> list[float]:
    """Height in points of each row; a cell merged over several rows asks each of them for its share."""
    shares = spans or {}
    return [
        max(
            (
                text_height(str(value), width) / shares.get((number, index), 1)
                for index, (value, width) in enumerate(zip(row, widths, strict=True))
                if value is not None
            ),
            default=LEAST,
        )
        for number, row in enumerate(rows)
    ]
