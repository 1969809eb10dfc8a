"""What must be chosen before a download, and what is forgotten again."""

from datetime import date
from typing import Any

import pytest

from reports.forms import ExportForm

DAY, TODAY = date(2018, 5, 10), date(2018, 5, 10)


def _form(**data: Any) -> ExportForm:
    filled = {"edition": "school", "as_of": "2018-05-10", "reason": "", "notice_ends_on": ""} | data
    return ExportForm(filled, year=2018, day=DAY, today=TODAY)


def test_school_edition_needs_no_more_than_the_defaults() -> None:
    assert _form().is_valid()


@pytest.mark.parametrize("reason", ["", "报送", "   "])
def test_full_edition_needs_a_reason(reason: str) -> None:
    assert set(_form(edition="full", reason=reason).errors) == {"reason"}


@pytest.mark.parametrize("ends_on", ["", "2018-05-09", "不是日期"])
def test_notice_needs_an_end_that_is_not_over(ends_on: str) -> None:
    assert set(_form(edition="notice", notice_ends_on=ends_on).errors) == {"notice_ends_on"}


def test_notice_has_no_optional_columns() -> None:
    form = _form(edition="notice", notice_ends_on="2018-05-10", with_optional="on")
    assert form.is_valid()
    assert form.cleaned_data["with_optional"] is False


def test_notice_may_end_today() -> None:
    assert _form(edition="notice", notice_ends_on="2018-05-10").is_valid()


@pytest.mark.parametrize("as_of", ["2017-12-31", "2018-05-11", "", "乱写"])
def test_day_lies_in_the_year_and_not_ahead(as_of: str) -> None:
    assert "as_of" in _form(as_of=as_of).errors


def test_end_of_a_notice_means_nothing_to_other_editions() -> None:
    form = _form(notice_ends_on="乱写")
    assert form.is_valid()
    assert form.cleaned_data["notice_ends_on"] is None
