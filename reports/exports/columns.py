"""Columns as data: what they print, in which editions, and what must not be blank."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from pairing_portal.lib.workbooks.pen import Value
from reports.exports.lines import Placed
from reports.models import Edition

L = TypeVar("L")

FULL, SCHOOL = Edition.FULL, Edition.SCHOOL
BOTH = frozenset({FULL, SCHOOL})


def never(line: object) -> bool:
    """The cell may be blank."""
    return False


def always(line: object) -> bool:
    """The cell must be filled for everybody."""
    return True


@dataclass(frozen=True)
class Column(Generic[L]):
    """One column of 上报版 or 校内版; it stands in no edition that it does not name.

    `mask` hides the value in every edition but the full one. `width` is in Excel's character units.
    `shared` cells are merged where consecutive lines belong together; an `optional` column is printed when asked
    for. 公示版 is refused here with ValueError: its columns are the closed list `NoticeColumn`.
    """

    title: str
    value: Callable[[L], Value]
    editions: AbstractSet[Edition] = frozenset()
    width: float = 8
    mask: Callable[[str], str] | None = None
    required: Callable[[L], bool] = never
    is_left: bool = False
    is_shared: bool = False
    is_optional: bool = False

    def __post_init__(self) -> None:
        if not self.editions <= BOTH:
            raise ValueError(f"{self.title}: a notice holds name, school, grade and class, nothing else")

    def shown(self, line: L, edition: Edition) -> Value:
        """The value as the edition prints it; blank text leaves the cell empty."""
        value = self.value(line)
        if self.mask is not None and edition != FULL:
            return self.mask(str(value or "")) or None
        return None if value == "" else value

    def is_missing(self, line: L) -> bool:
        """Whether the cell must be filled for this line and is not."""
        return self.required(line) and self.value(line) in ("", None)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """All that a public notice may say of a pupil (safety D5)."""

    school: str
    grade: str
    class_number: str
    name: str

    @classmethod
    def of(cls, line: Placed) -> "NoticeRow":
        """Leave everything else of the line behind."""
        return cls(line.school, line.grade, line.class_number, line.student.name)


class NoticeColumn(Enum):
    """The columns of every notice, with their widths; an enumeration cannot be extended."""

    SCHOOL = ("学校", 44.0)
    GRADE = ("年级", 20.0)
    CLASS = ("班级", 16.0)
    NAME = ("学生姓名", 32.0)

    @property
    def title(self) -> str:
        """The words at the head of the column."""
        return self.value[0]

    @property
    def width(self) -> float:
        """The width in Excel's character units."""
        return self.value[1]

    def of(self, row: NoticeRow) -> str:
        """The cell of the row."""
        return {
            NoticeColumn.SCHOOL: row.school,
            NoticeColumn.GRADE: row.grade,
            NoticeColumn.CLASS: row.class_number,
            NoticeColumn.NAME: row.name,
        }[self]
