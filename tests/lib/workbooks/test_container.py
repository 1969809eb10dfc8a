from io import BytesIO
from zipfile import ZIP_BZIP2, ZipFile

import pytest

from pairing_portal.lib.workbooks.container import MAX_FILE_BYTES, Format, check_container
from pairing_portal.lib.workbooks.refusals import WorkbookRefused
from tests.lib.workbooks.samples import ROSTERS, make_xlsx, make_zip, parts_of, with_parts

XLSX = make_xlsx([["姓名"], ["谢梅俊"]])
XLS = (ROSTERS / "附件2-学区认定-2018.xls").read_bytes()


def utf16(name: str) -> bytes:
    return f"{name}\0".encode("utf-16-le")


def ole(*streams: str) -> bytes:
    return XLS[:8] + bytes(504) + b"".join(utf16(name) for name in streams)


def with_duplicate_names() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in ("xl/workbook.xml", "xl/Workbook.xml", "[Content_Types].xml"):
            archive.writestr(name, b"<x/>")
    return buffer.getvalue()


def with_encrypted_entry() -> bytes:
    start = XLSX.rindex(b"PK\x01\x02")
    return XLSX[: start + 8] + b"\x01" + XLSX[start + 9 :]


def lying_about_its_size() -> bytes:
    """A bomb whose directory declares ten bytes of a part of a million."""
    content = bytearray(make_zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": bytes(1_000_000)}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def compressed_otherwise() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_BZIP2) as archive:
        for name, part in parts_of(XLSX).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def xls_with_password() -> bytes:
    """The sample with its second record turned into FILEPASS."""
    start = XLS.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    return XLS[:start] + b"\x2f\x00" + XLS[start + 2 :]


CASES = {
    "too large": (XLSX + bytes(MAX_FILE_BYTES), "file_too_large"),
    "empty": (b"", "empty"),
    "truncated xlsx": (XLSX[: len(XLSX) // 2], "damaged"),
    "damaged inside": (XLSX[:60] + bytes(40) + XLSX[100:], "damaged"),
    "bzip2": (compressed_otherwise(), "damaged"),
    "macros": (with_parts(XLSX, **{"xl/vbaProject.bin": b"x"}), "macros"),
    "external links": (with_parts(XLSX, **{"xl/externalLinks/externalLink1.xml": b"x"}), "external_links"),
    "many entries": (
        with_parts(XLSX, **{f"xl/media/{n}.png": b"x" for n in range(101)}),
        "unpacked_too_large",
    ),
    "ratio": (with_parts(XLSX, **{"xl/media/a.png": bytes(3_000_000)}), "unpacked_too_large"),
    "lying size": (lying_about_its_size(), "damaged"),
    "duplicate names": (with_duplicate_names(), "duplicate_names"),
    "encrypted entry": (with_encrypted_entry(), "encrypted"),
    "encrypted xlsx": (ole("EncryptedPackage"), "encrypted"),
    "xls with password": (xls_with_password(), "encrypted"),
    "xls with macros": (ole("Workbook", "_VBA_PROJECT_CUR"), "macros"),
    "doc": (ole("WordDocument"), "word"),
    "ole without workbook": (ole("Contents"), "damaged"),
    "docx": (make_zip({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), "word"),
    "pptx": (make_zip({"[Content_Types].xml": b"x", "ppt/slides.xml": b"x"}), "slides"),
    "ods": (make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "opendocument"),
    "xlsb": (make_zip({"[Content_Types].xml": b"x", "xl/workbook.bin": b"x"}), "binary_workbook"),
    "zip": (make_zip({"名单.txt": b"x"}), "not_a_workbook"),
    "html": ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "markup"),
    "xml spreadsheet": (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "markup"),
    "css": (b"td { color: red }", "text"),
    "csv": ("姓名,性别\n谢梅俊,女\n".encode(), "text"),
    "csv in gb18030": ("姓名,性别\n谢梅俊,女\n".encode("gb18030"), "text"),
    "pdf": (b"%PDF-1.7\n", "pdf"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "image"),
    "noise": (bytes(range(256)), "not_a_workbook"),
}


@pytest.mark.parametrize(("content", "code"), CASES.values(), ids=CASES)
def test_container_refuses_with_a_sentence_that_says_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        check_container(content, "名单.xls")
    assert refusal.value.code == code
    assert "请" in refusal.value.message
    assert refusal.value.message.endswith("。")


def test_container_goes_by_content_not_by_name() -> None:
    assert check_container(XLSX, "名单.xls") == Format.XLSX
    assert check_container(XLS, "名单.xlsx") == Format.XLS
