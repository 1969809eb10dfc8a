"""The reader as a process of its own: calamine panics and over-allocates on damaged files (safety B1).

`python -m pairing_portal.lib.workbooks.reader` takes a checked workbook on standard input and answers in JSON.
"""

import gc
import json
import resource
import sys
from collections.abc import Iterable
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pairing_portal.lib.workbooks.cells import Cell, RawCell, normalise
from pairing_portal.lib.workbooks.container import BLOATED, DAMAGED, LOCKED, ZIP_MAGIC, unpack
from pairing_portal.lib.workbooks.packing import packed, packed_day
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheet_layout import NOTHING_TOLD, Told, told_by_parts
from pairing_portal.lib.workbooks.sheet_parts import MAX_AREA, check_areas
from pairing_portal.lib.workbooks.sheets import Merge, Place, Sheet

MAX_SHEETS = 100
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_ANSWER = 64 * 1024 * 1024
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20


def main() -> None:
    """Read standard input within the limits of memory and time; write the sheets, or the refusal."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # the process ends before collecting could pay
    try:
        sys.stdout.write(_answer(sys.stdin.buffer.read()))
    except WorkbookRefused as refusal:
        sys.stdout.write(json.dumps({"refused": [refusal.message, refusal.code]}))
    except MemoryError:
        sys.stdout.write(json.dumps({"refused": [BLOATED, "too_much_memory"]}))


def _answer(content: bytes) -> str:
    """The sheets in JSON, no more than the asking process can hold as well."""
    answer = json.dumps({"sheets": [packed(sheet) for sheet in read_sheets(content)]}, default=packed_day)
    if len(answer) > MAX_ANSWER:
        raise WorkbookRefused(BLOATED, "answer_too_large")
    return answer


def read_sheets(content: bytes) -> list[Sheet]:
    """All sheets of a workbook whose container was checked; raises WorkbookRefused."""
    told: dict[str, Told] = {}
    if content.startswith(ZIP_MAGIC):
        parts = unpack(content)
        check_areas(parts)
        told = told_by_parts(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            _check_sheets(book)
            return [
                _read_sheet(book, item, told.get(item.name, NOTHING_TOLD))
                for item in book.sheets_metadata
                if _is_table(item)
            ]
    except PasswordError as error:
        raise WorkbookRefused(LOCKED, "encrypted") from error
    except CalamineError as error:
        raise WorkbookRefused(DAMAGED, "damaged") from error


def _check_sheets(book: CalamineWorkbook) -> None:
    """A workbook has a sheet with cells; but sheets cost a line each, and may all name the same part."""
    if not any(map(_is_table, book.sheets_metadata)):
        raise WorkbookRefused(DAMAGED, "damaged")
    if len(book.sheets_metadata) > MAX_SHEETS:
        sentence = f"这个文件有 {len(book.sheets_metadata)} 张工作表，最多 {MAX_SHEETS} 张。请只留名单所在的工作表后再上传。"
        raise WorkbookRefused(sentence, "too_many_sheets")


def _is_table(item: SheetMetadata) -> bool:
    return item.typ == SheetTypeEnum.WorkSheet


def _read_sheet(book: CalamineWorkbook, item: SheetMetadata, told: Told) -> Sheet:
    if item.visible != SheetVisibleEnum.Visible:
        return Sheet(item.name, is_visible=False, rows=())
    source = book.get_sheet_by_name(item.name)
    if (source.total_height + 1) * (source.total_width + 1) > MAX_AREA:
        sentence = f"工作表“{item.name}”的内容延伸得太远。请删除名单下方和右侧的空白行列后再上传。"
        raise WorkbookRefused(sentence, "area_too_large")
    raw: list[list[RawCell]] = source.to_python(skip_empty_area=False)
    rows = tuple(tuple([normalise(cell) for cell in row]) for row in raw)
    _check_size(item.name, rows)
    merges = _merges(source, len(rows), item.name)
    return Sheet(
        item.name,
        True,
        rows,
        told.formulas,
        merges,
        hidden_rows=told.hidden_rows,
        hidden_columns=told.hidden_columns,
        counts_from_1904=told.counts_from_1904,
    )


def _check_size(name: str, rows: tuple[tuple[Cell, ...], ...]) -> None:
    filled = [row for row in rows if row.count(None) < len(row)]
    if len(filled) > MAX_ROWS:
        sentence = f"工作表“{name}”有 {len(filled)} 行，最多 {MAX_ROWS} 行。请分成几个文件上传。"
        raise WorkbookRefused(sentence, "too_many_rows")
    if any(cell is not None for row in filled for cell in row[MAX_COLUMNS:]):
        sentence = f"工作表“{name}”超过 {MAX_COLUMNS} 列。请只留名单所需的列后再上传。"
        raise WorkbookRefused(sentence, "too_many_columns")


def _merges(source: CalamineSheet, height: int, name: str) -> tuple[Merge, ...]:
    """The merged ranges, cut off at the sheet’s last row; refused when they overlap beyond all sense."""
    found = tuple(_cut(source.merged_cell_ranges or (), height))
    if sum(merge.bottom - merge.top + 1 for merge in found) > MAX_AREA:
        raise WorkbookRefused(f"工作表“{name}”的合并单元格有误。请取消合并后再上传。", "merges_overlap")
    return found


def _cut(ranges: Iterable[tuple[Place, Place]], height: int) -> Iterable[Merge]:
    for (top, left), (bottom, right) in ranges:
        last = min(bottom + 1, max(height, top + 1))
        yield Merge(top + 1, left + 1, last, right + 1)


if __name__ == "__main__":
    main()
