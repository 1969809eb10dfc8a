"""The office's own workbooks by kind of list: empty forms, rows that came back, the register filled in."""

from collections.abc import Mapping, Sequence
from datetime import date

from pairing_portal.accounts.models import District, School
from pairing_portal.lib.workbooks.filling import FillInDocument
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairings.exports.choices import PAIRING_FILLINGS, TEACHER_FILLINGS
from pairings.imports.columns import PAIRING_COLUMNS, TEACHER_COLUMNS
from students.actions.imports import as_mended
from students.exports.blank import blank_form, blank_register
from students.exports.choices import REGISTER_FILLINGS, Filling
from students.exports.prefilled import listed_pupils, prefilled
from students.exports.returned import returned, returned_rows
from students.imports.columns import register_columns
from students.imports.layouts import laid_out
from students.imports.previews import preview_from_text
from students.models import Register, RosterImport
from students.models.registers import RegisterEntryQuerySet

Kind = RosterImport.Kind
FILLINGS: Mapping[str, Mapping[str, Filling]] = {
    Kind.COUNTY_FILED: REGISTER_FILLINGS,
    Kind.DISTRICT_RECOGNISED: REGISTER_FILLINGS,
    Kind.TEACHERS: TEACHER_FILLINGS,
    Kind.PAIRINGS: PAIRING_FILLINGS,
}
TITLES = {
    Kind.TEACHERS: "{year}年{district}教师花名册",
    Kind.PAIRINGS: "{year}年{district}开展“三秦教师结对帮扶贫困学生”专项行动结对名单",
}


def columns_of(kind: str, on: date) -> Sequence[HeaderColumn]:
    """The columns of a list on the day."""
    if kind in Register.values:
        return register_columns(Register(kind), on)
    return TEACHER_COLUMNS if kind == Kind.TEACHERS else PAIRING_COLUMNS


def blank(kind: Kind, district: District, on: date) -> FillInDocument:
    """The empty form of a list, with the district's open schools to choose from."""
    schools = school_names(district, on)
    if kind in Register.values:
        return blank_register(Register(kind), district, schools, on)
    columns = [column for column in columns_of(kind, on) if column.key in FILLINGS[kind]]
    title = TITLES[kind].format(year=on.year, district=district.name)
    return blank_form(title, columns, FILLINGS[kind], schools, on)


def school_names(district: District, on: date) -> list[str]:
    """The district's open schools."""
    return list(School.objects.filter(district=district).open(on).values_list("name", flat=True))


def refused_rows(roster: RosterImport, mark: str) -> FillInDocument:
    """The refused rows of an open import."""
    columns = columns_of(roster.kind, roster.listed_on)
    workbook = laid_out(as_mended(roster), roster)
    rows, titles = returned_rows(workbook, preview_from_text(roster.preview or ""), columns)
    return returned(roster, rows, titles, columns, FILLINGS[roster.kind], mark)


def register_to_correct(
    register: Register, entries: RegisterEntryQuerySet, year: int, district: District, on: date, mark: str
) -> FillInDocument:
    """The register of the year as of the day, filled in."""
    lines = listed_pupils(entries.filter(register=register), on)
    return prefilled(register, year, district, school_names(district, on), lines, on, mark)
