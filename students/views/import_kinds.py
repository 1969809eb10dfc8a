"""What a file is, of which year and which day: said by the person, else told by the file, else as looked at."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.school_years import Season, Term
from pairing_portal.lib.workbooks.headers import HeaderColumn
from pairing_portal.lib.workbooks.kinds import guess_kind, guess_sheets
from pairing_portal.lib.workbooks.preamble import CHINESE_DIGITS, day_in, year_in
from pairing_portal.lib.workbooks.sheets import Workbook
from pairing_portal.lib.workbooks.tables import find_tables
from pairings.actions.campaigns import planned_phases
from pairings.imports.columns import (
    PAIRING_COLUMNS,
    PAIRING_TITLE_WORDS,
    TEACHER_COLUMNS,
    TEACHER_TITLE_WORDS,
)
from pairings.imports.pairing_up import plan_pairings
from pairings.imports.staffing import plan_teachers
from pairings.models import Phase
from students.actions.imports import ListSettings
from students.imports.columns import TITLE_WORDS, register_columns
from students.imports.layouts import header_hash, heads, layout_of, remembered
from students.imports.planning import Planner, plan_register
from students.models import Register, RosterImport

Kind = RosterImport.Kind
PLANNERS: Mapping[str, Planner] = {
    Kind.COUNTY_FILED: plan_register,
    Kind.DISTRICT_RECOGNISED: plan_register,
    Kind.TEACHERS: plan_teachers,
    Kind.PAIRINGS: plan_pairings,
}
WORDS: Mapping[str, Sequence[str]] = {
    Kind.COUNTY_FILED: TITLE_WORDS[Register.COUNTY_FILED],
    Kind.DISTRICT_RECOGNISED: TITLE_WORDS[Register.DISTRICT_RECOGNISED],
    Kind.TEACHERS: TEACHER_TITLE_WORDS,
    Kind.PAIRINGS: PAIRING_TITLE_WORDS,
}
TERM = re.compile(r"(20\d{2})\s*年?\s*([春秋])")
UNTOLD = "看不出这是哪一种名册。请在“更多设置”里选择名册类型后再上传。"


def all_columns(on: date) -> Mapping[str, Sequence[HeaderColumn]]:
    """The columns of every kind of list, in the words in use on the day."""
    return {
        Kind.COUNTY_FILED: register_columns(Register.COUNTY_FILED, on),
        Kind.DISTRICT_RECOGNISED: register_columns(Register.DISTRICT_RECOGNISED, on),
        Kind.TEACHERS: TEACHER_COLUMNS,
        Kind.PAIRINGS: PAIRING_COLUMNS,
    }


def guessed_settings(given: Mapping[str, Any], request: StaffRequest) -> ListSettings:
    """Kind, year and day of an upload; ValidationError when the kind cannot be told."""
    workbook = given["file"].workbook
    columns = all_columns(request.today)
    kind = given["kind"] or guess_kind(workbook, columns, WORDS)
    if kind is None:
        raise ValidationError(UNTOLD)
    preamble = _preamble(workbook, columns[kind])
    year = given["year"] or year_in(preamble) or request.year
    told = given["listed_on"] or day_in(preamble) or _term_start(preamble)
    if told is None or told > request.today:
        told = _usual_day(year, request.today)
    sheets = guess_sheets(workbook, columns, WORDS)
    settings = ListSettings(kind, year, told, {"sheets": sheets} if sheets else {})
    return as_remembered(settings, workbook, request)


def as_remembered(settings: ListSettings, workbook: Workbook, request: StaffRequest) -> ListSettings:
    """The settings with what the columns of these headers were said to mean before, unless this file was told."""
    choices, kind = settings.choices, settings.kind
    if kind in choices.get("columns", {}) or request.user.district is None:
        return settings
    columns = all_columns(request.today)[kind]
    laid = replace(workbook, layout=layout_of(workbook, choices, kind))
    kept = remembered(request.user.district, kind, header_hash(laid, columns))
    if not kept:
        return settings
    columns_chosen = {**choices.get("columns", {}), kind: kept}
    return replace(settings, choices={**choices, "columns": columns_chosen, "remembered": kind})


def _usual_day(year: int, today: date) -> date:
    """Today for a list of this year; else the day on which the plan has that year's registers drawn up."""
    drawn_up = planned_phases(year)[Phase.Number.MOBILISE][0]
    return min(today, drawn_up) if year != today.year else today


def _preamble(workbook: Workbook, columns: Sequence[HeaderColumn]) -> list[str]:
    """Title and 填报 lines above the tables."""
    return [text for table in find_tables(heads(workbook), columns).tables for text in table.preamble]


def _term_start(preamble: Sequence[str]) -> date | None:
    """The first day of the term a title names (2018年春)."""
    for text in preamble:
        if found := TERM.search(text.translate(CHINESE_DIGITS)):
            return Term(int(found[1]), Season.SPRING if found[2] == "春" else Season.AUTUMN).started_on
    return None
