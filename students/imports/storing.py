"""A workbook as sealed text between preview and confirm: what was read, not the file."""

import json

from pairing_portal.lib.workbooks.packing import packed, packed_day, unpacked, unpacked_day
from pairing_portal.lib.workbooks.sheets import Workbook


def workbook_as_text(workbook: Workbook) -> str:
    """The sheets as JSON, every cell at its place; of hidden ones there is only the name."""
    return json.dumps([packed(sheet) for sheet in workbook.sheets], default=packed_day)


def workbook_from_text(text: str) -> Workbook:
    """The workbook that `workbook_as_text` wrote."""
    return Workbook(tuple(map(unpacked, json.loads(text, object_hook=unpacked_day))))
