"""Rows of a table that are not entries: totals, signatures, notes, headers printed again."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pairing_portal.lib.workbooks.cells import Cell, as_text
from pairing_portal.lib.workbooks.titles import plain

TOTALS = re.compile(r"^(本页|本校|本表|全校|学区)?(合计|总计|小计|共计|累计)([\d(（,，;；共男女人名元].*)?$")
SIGNATURES = re.compile(
    r"^(单位|学校)?(负责人|审核人?|审批人?|填表人?|填报人?|制表人?|经办人?|校长|园长|领导)(签字|签名|签章|盖章)?([(（].*)?$"
)
NOTES = re.compile(r"^(填表|填报)?(说明|注|注意|备注|要求)(\d.*)?$")
COLONS = re.compile(r"[:：]")


def is_foot(row: Sequence[Cell], columns: Sequence[int]) -> bool:
    """Whether the row opens with a foot word and leaves most of the recognised columns (from 0) empty."""
    first = next((index for index, cell in enumerate(row) if cell is not None), None)
    if first is None or not (_opens(TOTALS, row[first]) or _opens(SIGNATURES, row[first]) or is_note(row)):
        return False
    filled = sum(1 for index in columns if index != first and index < len(row) and row[index] is not None)
    return filled * 2 <= len(columns)


def is_note(row: Sequence[Cell]) -> bool:
    """Whether the row opens the explanation under the table (填表说明, 注)."""
    return _opens(NOTES, next((cell for cell in row if cell is not None), None))


@lru_cache(maxsize=512)
def _opens(words: re.Pattern[str], cell: Cell) -> bool:
    """Whether the text up to its first colon is one of the words; rows of one school begin alike."""
    return isinstance(cell, str) and words.match(plain(COLONS.split(as_text(cell))[0])) is not None
