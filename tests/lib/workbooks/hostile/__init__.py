"""Files made to harm whoever opens them, each built by code and named by what it attacks (safety B1)."""

from tests.lib.workbooks.hostile.compound import OLES
from tests.lib.workbooks.hostile.harmless import HARMLESS
from tests.lib.workbooks.hostile.outside import FOREIGN, LINKS
from tests.lib.workbooks.hostile.parts import XLSX, Build
from tests.lib.workbooks.hostile.sheets import SHEETS
from tests.lib.workbooks.hostile.xml import XMLS
from tests.lib.workbooks.hostile.zips import ZIPS

__all__ = ["HARMLESS", "REFUSED", "XLSX", "Build"]

REFUSED = ZIPS | XMLS | SHEETS | LINKS | FOREIGN | OLES
