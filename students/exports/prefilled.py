"""This year's register filled in, to be corrected in Excel and brought back; each row carries its pupil's key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pairing_portal.accounts.models import District
from pairing_portal.lib.school_years import Stage
from pairing_portal.lib.workbooks.filling import FillInDocument
from pairing_portal.lib.workbooks.pen import Value
from students.exports.blank import TITLES
from students.exports.choices import REGISTER_FILLINGS, fill_columns
from students.imports.columns import register_columns
from students.imports.facts import ENTRY_KEYS, SECRET, shown
from students.imports.keys import RowKey
from students.models import Enrolment, Register, RegisterEntry

# The ID number tells sex and birth date; the address stands in its three parts, which read back as they are.
LEFT_AWAY = {"sex", "birth_date", "address"}
STAGES = list(Stage)
LEAD = "改好后在“名册导入”里上传。空着的格子表示不改；“系统编号”一列请不要改动。"
GUIDE = (
    ("怎样改", "直接改格子里的内容，可以排序、筛选、删去不用改的行。没有改的格子导入时不算变更。"),
    ("空着的格子", "空着表示不改，删掉格子里的内容不会抹掉登记的内容。"),
    (
        "证件号码",
        "身份证号、学籍号、残疾人证号不打印在这里；空着表示不改，缺的可以补填。要更正已登记的号码，请到学生页面修改。",
    ),
    ("系统编号", "每一行靠它认出是哪名学生，请不要改动。本表只能在本学区导入。"),
    ("同时有人修改", "下载以后又在平台上改过的学生，导入时逐项问您用哪一边的。"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil on the register with the place of the day."""

    entry: RegisterEntry
    place: Enrolment | None


def listed_pupils(entries: QuerySet[RegisterEntry], on: date) -> list[Listed]:
    """The entries with each pupil's place on the day, class by class; two queries."""
    enrolments = Enrolment.objects.active(on).filter(student__in=entries.values("student"))
    places = {each.student_id: each for each in enrolments.select_related("school_class__school")}
    listed = (
        Listed(entry, places.get(entry.student_id)) for entry in entries.select_related("student__household")
    )
    return sorted(listed, key=_by_class)


def _by_class(line: Listed) -> tuple[Any, ...]:
    student = line.entry.student
    if line.place is None:
        return "", 0, 0, 0, student.pinyin, student.pk
    school_class = line.place.school_class
    stage = STAGES.index(Stage(school_class.stage))
    return (
        *(school_class.school.name, stage, -school_class.entry_year, school_class.number),
        *(student.pinyin, student.pk),
    )


def prefilled(
    register: Register,
    year: int,
    district: District,
    schools: Sequence[str],
    lines: Sequence[Listed],
    on: date,
    mark: str,
) -> FillInDocument:
    """The register as of the day, one row a pupil, the key last; the numbers are left blank."""
    columns = [each for each in register_columns(register, on) if each.key not in LEFT_AWAY]
    return FillInDocument(
        title=TITLES[register].format(year=year, district=district.name),
        lead=LEAD,
        columns=fill_columns(columns, REGISTER_FILLINGS, on, schools),
        rows=tuple(tuple(_cell(column.key, line, on) for column in columns) for line in lines),
        guide=GUIDE,
        mark=mark,
    )


def _cell(key: str, line: Listed, on: date) -> Value:
    """The cell as the import reads it back, None where nothing is known or nothing is to be printed."""
    if key in SECRET:
        return None
    if key in PLACE_CELLS:
        return PLACE_CELLS[key](line.place, on) if line.place else None
    if key in ENTRY_KEYS:
        return _plain(key, getattr(line.entry, key))
    return PUPIL_CELLS.get(key, _fact(key))(line.entry) or None


def _fact(key: str) -> Callable[[RegisterEntry], str]:
    return lambda entry: shown(key, getattr(entry.student, key))


def _plain(key: str, value: Any) -> Value:
    """Amounts, days and counts stay what they are; sets of codes are written out."""
    if value in (None, "", ()):
        return None
    return shown(key, value) if isinstance(value, tuple) else value


PLACE_CELLS: Mapping[str, Callable[[Enrolment, date], str | None]] = {
    "school": lambda place, on: place.school_class.school.name,
    "class_grade": lambda place, on: place.school_class.grade(on),
    "class_number": lambda place, on: f"{place.school_class.number}班",
    "is_boarder": lambda place, on: shown("is_boarder", place.is_boarder),
}
PUPIL_CELLS: Mapping[str, Callable[[RegisterEntry], str]] = {
    "key": lambda entry: str(RowKey.of(entry.student, entry)),
    "household_number": lambda entry: entry.student.household.number if entry.student.household else "",
    "head_name": lambda entry: entry.student.household.head_name if entry.student.household else "",
}
