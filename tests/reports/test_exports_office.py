"""LibreOffice prints each attachment one page wide, with the header on every page."""

import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from pairing_portal.accounts.models import School
from reports.exports.attachments import ATTACHMENTS
from reports.exports.columns import NoticeColumn
from reports.models import Edition, Export
from tests.builders import make_class, make_entry, make_pairing, make_student, make_teacher
from tests.reports.sheets import issue
from tests.reports.town import AFTER, Town

PUPILS = 120


@pytest.fixture
def large_town(town: Town) -> Town:
    """The town with enough pupils on each list for more than one page."""
    school_class = make_class(School.objects.get(name="中心小学"))
    helped_by = town.recognised.pairings.get().teacher
    for number in range(PUPILS):
        student = make_student(school_class)
        register = "county_filed" if number % 2 else "district_recognised"
        make_entry(student, register=register, situation="父亲长期患病，母亲务农" * 4)
        make_pairing(student, helped_by if number % 3 else make_teacher(school_class.school))
    return town


def _as_pdf(files: dict[str, bytes], place: Path) -> dict[str, PdfReader]:
    """Every file as LibreOffice prints it, by one run with a profile of its own."""
    for name, content in files.items():
        (place / f"{name}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(place)]
    books = [str(place / f"{name}.xlsx") for name in files]
    subprocess.run([*command, *books], check=True, capture_output=True, timeout=180)
    return {name: PdfReader(place / f"{name}.pdf") for name in files}


def _outer_columns(kind: int, edition: Edition) -> tuple[str, str]:
    """The titles of the leftmost and the rightmost column."""
    columns = ATTACHMENTS[Export.Attachment(kind)].columns_of(edition, with_optional=False)
    titles = [column.title for column in columns]
    return (titles[0], titles[-1]) if titles else ("学校", NoticeColumn.NAME.title)


def _is_one_page_wide(pages: list[str], outer: tuple[str, str]) -> bool:
    """Whether every page but the last, which may hold the foot alone, has both outer columns, and says its number."""
    numbered = all(f"第{number}页，共{len(pages)}页" in text for number, text in enumerate(pages, start=1))
    return len(pages) > 1 and numbered and all(title in text for text in pages[:-1] for title in outer)


@pytest.mark.office
def test_attachments_print_one_page_wide_with_header_and_mark(large_town: Town, tmp_path: Path) -> None:
    asked = [(kind, edition, False) for kind in (1, 2, 3) for edition in Edition]
    asked += [(1, Edition.FULL, True), (2, Edition.FULL, True)]
    files = {
        f"{kind}{edition}{more}": issue(large_town.office, kind, edition, AFTER, with_optional=more).content
        for kind, edition, more in asked
    }
    pdfs = _as_pdf(files, tmp_path)
    texts = {name: ["".join(page.extract_text().split()) for page in pdf.pages] for name, pdf in pdfs.items()}
    narrow = [
        (kind, edition, more)
        for kind, edition, more in asked
        if not _is_one_page_wide(texts[f"{kind}{edition}{more}"], _outer_columns(kind, edition))
    ]
    assert narrow == []
    assert all("导出编号" in text for pages in texts.values() for text in pages)
    assert all(page.mediabox.width > page.mediabox.height for pdf in pdfs.values() for page in pdf.pages)
