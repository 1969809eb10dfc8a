"""What undoing takes back, in words, before somebody decides."""

from collections import Counter
from collections.abc import Iterator

from pairing_portal.undo.models import ChangeSet, TableChange
from pairing_portal.undo.steps import Step, rows_of, step_of, table_of

FEW = 6


def points_of(change_set: ChangeSet) -> list[str]:
    """A line for each row where there are few, else the numbers table by table."""
    changes = list(change_set.steps.order_by("pk"))
    if sum(change.row_count for change in changes) <= FEW:
        return list(dict.fromkeys(line for change in changes for line in _by_name(step_of(change))))
    made: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for change in changes:
        (changed if change.columns else made)[_table_words(change)] += change.row_count
    return [
        *(f"删除新增的{name} {count} 条。" for name, count in made.items()),
        *(f"恢复改动过的{name} {count} 条。" for name, count in changed.items()),
    ]


def _by_name(step: Step) -> Iterator[str]:
    verb = "删除" if step.is_creation else "恢复"
    for row in rows_of(step.model).filter(public_id__in=step.rows):
        yield f"{verb}{row._meta.verbose_name}：{row.in_full}。"


def _table_words(change: TableChange) -> str:
    return str(table_of(change.table)._meta.verbose_name)
