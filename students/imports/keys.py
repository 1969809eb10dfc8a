"""The key of a row in a prefilled workbook: it ties the row to its pupil however the rows are sorted."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from pairing_portal.lib.workbooks.cells import Cell
from pairing_portal.lib.workbooks.parsing import text
from students.models import RegisterEntry, Student

SHAPE = re.compile(r"([0-9a-f]{32})-([0-9]{1,9})-([0-9]{1,9})")
NOT_A_KEY = "系统编号不完整。请从预填表里原样复制这一格；新增的学生留空。"


@dataclass(frozen=True, slots=True)
class RowKey:
    """Whom the row means, and the versions of pupil and entry it was printed from."""

    public_id: UUID
    student_version: int
    entry_version: int

    @classmethod
    def of(cls, student: Student, entry: RegisterEntry) -> "RowKey":
        """The key of a pupil on a register as both stand."""
        return cls(student.public_id, student.version, entry.version)

    def __str__(self) -> str:
        return f"{self.public_id.hex}-{self.student_version}-{self.entry_version}"

    def is_current(self, student: Student, entry: RegisterEntry) -> bool:
        """Whether nobody has changed the pupil or the entry since the workbook was made."""
        return (student.version, entry.version) == (self.student_version, self.entry_version)


def row_key(cell: Cell) -> RowKey | str:
    """A key as printed, blank for a pupil the workbook adds; code `key_shape`."""
    words = text(cell).lower()
    if not words:
        return ""
    found = SHAPE.fullmatch(words)
    if found is None:
        raise ValidationError(NOT_A_KEY, code="key_shape")
    return RowKey(UUID(found[1]), int(found[2]), int(found[3]))
