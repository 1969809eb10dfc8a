"""Workbooks as untidy as offices send them, each with what a careful clerk reads out of it.

Every oddity is one small file made on the spot; its truth stands beside it, field by field.
"""

from tests.students.odd.cells import CELLS
from tests.students.odd.making import Oddity
from tests.students.odd.sheets import SHEETS
from tests.students.odd.tables import TABLES
from tests.students.odd.words import WORDS

ODDITIES: tuple[Oddity, ...] = (*TABLES, *SHEETS, *CELLS, *WORDS)
