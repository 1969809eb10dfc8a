"""A workbook as plain rows: every cell at the place where Excel shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from pairing_portal.lib.workbooks.container import DAMAGED, LOCKED, Format, check_container, unpack
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from pairing_portal.lib.workbooks.sheet_parts import MAX_AREA, Place, check_areas, formula_cells

MAX_ROWS = 20_000
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle, first and last row and column counted from 1; only its first cell has a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `rows[0]` is Excel’s row 1, `rows[0][0]` its A1; the rows of hidden sheets are not read."""

    name: str
    is_visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    formulas: frozenset[Place] = frozenset()
    merges: tuple[Merge, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the sheet holds a value."""
        return not any(cell is not None for row in self.rows for cell in row)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets in the order of their tabs."""

    sheets: tuple[Sheet, ...]


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """All sheets of an .xlsx or .xls; raises WorkbookRefused with a sentence for whoever sent it.

    Formula cells are known for .xlsx only: an .xls gives the value it was last saved with.
    """
    formulas: dict[str, frozenset[Place]] = {}
    if check_container(content, file_name) == Format.XLSX:
        parts = unpack(content)
        check_areas(parts)
        formulas = formula_cells(parts)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            sheets = [_read_sheet(book, item, formulas) for item in book.sheets_metadata if _is_table(item)]
    except PasswordError as error:
        raise WorkbookRefused(LOCKED, "encrypted") from error
    except CalamineError as error:
        raise WorkbookRefused(DAMAGED, "damaged") from error
    return Workbook(tuple(sheets))


def _is_table(item: SheetMetadata) -> bool:
    return item.typ == SheetTypeEnum.WorkSheet


def _read_sheet(book: CalamineWorkbook, item: SheetMetadata, formulas: dict[str, frozenset[Place]]) -> Sheet:
    if item.visible != SheetVisibleEnum.Visible:
        return Sheet(item.name, is_visible=False, rows=())
    source = book.get_sheet_by_name(item.name)
    if source.total_height * source.total_width > MAX_AREA:
        sentence = f"工作表“{item.name}”的内容延伸得太远。请删除名单下方和右侧的空白行列后再上传。"
        raise WorkbookRefused(sentence, "area_too_large")
    raw: list[list[RawCell]] = source.to_python(skip_empty_area=False)
    rows = tuple(tuple([normalise(cell) for cell in row]) for row in raw)
    _check_size(item.name, rows)
    return Sheet(item.name, True, rows, formulas.get(item.name, frozenset()), _merges(source, item.name))


def _check_size(name: str, rows: tuple[tuple[Cell, ...], ...]) -> None:
    filled = [row for row in rows if row.count(None) < len(row)]
    if len(filled) > MAX_ROWS:
        sentence = f"工作表“{name}”有 {len(filled)} 行，最多 {MAX_ROWS} 行。请分成几个文件上传。"
        raise WorkbookRefused(sentence, "too_many_rows")
    if any(cell is not None for row in filled for cell in row[MAX_COLUMNS:]):
        sentence = f"工作表“{name}”超过 {MAX_COLUMNS} 列。请只留名单所需的列后再上传。"
        raise WorkbookRefused(sentence, "too_many_columns")


def _merges(source: CalamineSheet, name: str) -> tuple[Merge, ...]:
    """The merged ranges, cut off at the sheet’s last row; refused when they overlap beyond all sense."""
    found = tuple(_cut(source.merged_cell_ranges or (), source.total_height))
    if sum(merge.bottom - merge.top + 1 for merge in found) > MAX_AREA:
        raise WorkbookRefused(f"工作表“{name}”的合并单元格有误。请取消合并后再上传。", "merges_overlap")
    return found


def _cut(ranges: Iterable[tuple[Place, Place]], height: int) -> Iterable[Merge]:
    for (top, left), (bottom, right) in ranges:
        last = min(bottom + 1, max(height, top + 1))
        yield Merge(top + 1, left + 1, last, right + 1)
