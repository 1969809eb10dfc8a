"""What is said above the rows about the sheets of a file: what was not read, and what was read though hidden."""

from collections.abc import Iterator, Sequence

from pairing_portal.lib.workbooks.entries import column_letters
from pairing_portal.lib.workbooks.sheets import CHOICES, Span, Workbook
from pairing_portal.lib.workbooks.tables import Table, Tables

NAMED_AT_MOST = 8
REMEMBERED = "已按上次保存的列对应读取；有不对的，请在“列对应”里修改。"


def notes_on(workbook: Workbook, found: Tables) -> Iterator[str]:
    """A sentence for each thing the sender should know."""
    if workbook.layout.is_remembered:
        yield REMEMBERED
    for table in found.tables:
        yield from _notes_on_table(table)
    for name in found.sheets_without:
        yield f"工作表“{name}”里没有找到表头，没有读取。"
    yield from _notes_on_sheets(workbook)


def _notes_on_sheets(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        if sheet.name in workbook.layout.passed_over:
            yield f"工作表“{sheet.name}”看起来是另一种名册，没有读取；要导入它，请另外上传一次并选择名册类型。"
        elif not sheet.is_visible and sheet.name != CHOICES:
            yield f"工作表“{sheet.name}”是隐藏的，没有读取；其中有名单的，请取消隐藏、保存后再上传。"


def _notes_on_table(table: Table) -> Iterator[str]:
    if table.missing_required:
        yield f"工作表“{table.sheet_name}”没有“{'、'.join(table.missing_required)}”列，没有读取。"
        return
    if table.hidden_rows:
        rows = _some([_rows(span) for span in table.hidden_rows])
        yield f"工作表“{table.sheet_name}”的第 {rows} 行是隐藏行，也已读取。不该导入的，请从文件里删除后再上传。"
    if table.hidden_columns:
        labels = dict(table.labels)
        columns = _some([f"{column_letters(index)} 列（{labels[index]}）" for index in table.hidden_columns])
        yield f"工作表“{table.sheet_name}”的 {columns}是隐藏列，也已读取。"


def _rows(span: Span) -> str:
    first, last = span
    return str(first) if first == last else f"{first}–{last}"


def _some(words: Sequence[str]) -> str:
    more = " 等" if len(words) > NAMED_AT_MOST else ""
    return "、".join(words[:NAMED_AT_MOST]) + more
