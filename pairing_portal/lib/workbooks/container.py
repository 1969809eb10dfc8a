"""What kind of file was sent and whether it is safe to open, told before any reader sees it."""

import zlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pairing_portal.lib.workbooks.refusals import SAVE_AS_XLSX, WorkbookRefused

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 100
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCAL_HEADER_BYTES = 30
IS_ENCRYPTED = 0x1
BIFF8_GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILEPASS = 0x2F
SECTOR = 512

XML_ENDINGS = (".xml", ".rels", ".vml")
DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
LONGEST_TEXT_BYTES = 64 * 1024

MACROS = "这个文件带有宏。请用 Excel 或 WPS 另存为不带宏的 .xlsx 后再上传。"
LOCKED = "这个文件设了打开密码。请取消密码、保存后再上传。"
DAMAGED = "这个文件不完整或已损坏。请重新打开原文件，另存为 .xlsx 后再上传。"
LINKED = "这个文件引用了别的工作簿或外部数据。请在“数据”选项卡中断开链接、删除连接，保存后再上传。"
LONG_TEXT = "有的单元格文字过长，不像是名单。请删去这些文字，只留名单后再上传。"
TOO_LARGE = "文件超过 5 MB。请删去图片和无关的工作表，只留名单后再上传。"
BLOATED = "这个文件展开后过大。请把名单复制到新建的工作簿，保存为 .xlsx 后再上传。"


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"


def check_container(content: bytes, file_name: str) -> Format:
    """The format of the workbook by its bytes, its parts unpacked and checked; raises WorkbookRefused (safety B1)."""
    found = check_format(content, file_name)
    if found == Format.XLSX:
        unpack(content)
    return found


def check_format(content: bytes, file_name: str) -> Format:
    """The format by the first bytes, whatever the file is named, nothing unpacked; raises WorkbookRefused."""
    if len(content) > MAX_FILE_BYTES:
        raise WorkbookRefused(TOO_LARGE, "file_too_large")
    if content.startswith(ZIP_MAGIC):
        return Format.XLSX
    if content.startswith(OLE_MAGIC):
        _check_ole(content)
        return Format.XLS
    what, code = _foreign_kind(content, file_name)
    raise WorkbookRefused(f"这个文件{what}，不是 Excel 工作簿。{SAVE_AS_XLSX}", code)


def unpack(content: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx by name, unpacked no further than it declares; raises WorkbookRefused."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise WorkbookRefused(DAMAGED, "damaged") from error
    names = [entry.filename for entry in entries]
    _check_sizes(entries, len(content))
    _check_names(names)
    _check_places(content, entries)
    parts = {entry.filename: _inflate(content, entry) for entry in entries}
    _check_kind(parts)
    _check_xml(parts)
    return parts


def _check_sizes(entries: list[ZipInfo], packed: int) -> None:
    """A zip bomb announces itself in its directory; `_inflate` catches the one that lies there."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * packed:
        raise WorkbookRefused(BLOATED, "unpacked_too_large")
    if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
        raise WorkbookRefused(LOCKED, "encrypted")


def _check_names(names: list[str]) -> None:
    lowered = [name.lower() for name in names]
    if any(name.startswith("/") or ".." in name.split("/") for name in lowered):
        raise WorkbookRefused(DAMAGED, "damaged")
    if len(set(lowered)) != len(lowered):
        raise WorkbookRefused(DAMAGED, "duplicate_names")
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in lowered):
        raise WorkbookRefused(MACROS, "macros")
    if any(name.startswith(("xl/externallinks/", "xl/connections")) for name in lowered):
        raise WorkbookRefused(LINKED, "external_links")


def _check_places(content: bytes, entries: list[ZipInfo]) -> None:
    """Parts that share bytes unpack to many times what was sent."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise WorkbookRefused(DAMAGED, "overlapping")
        end = _start_of_data(content, entry) + entry.compress_size


def _inflate(content: bytes, entry: ZipInfo) -> bytes:
    """One part’s bytes, checked against the length and the checksum that its directory entry declares."""
    packed = _packed_bytes(content, entry)
    if entry.compress_type == ZIP_STORED:
        data = packed
    elif entry.compress_type == ZIP_DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error as error:
            raise WorkbookRefused(DAMAGED, "damaged") from error
    else:
        raise WorkbookRefused(DAMAGED, "damaged")
    if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
        raise WorkbookRefused(DAMAGED, "damaged")
    return data


def _packed_bytes(content: bytes, entry: ZipInfo) -> bytes:
    start = _start_of_data(content, entry)
    return content[start : start + entry.compress_size]


def _start_of_data(content: bytes, entry: ZipInfo) -> int:
    header = content[entry.header_offset : entry.header_offset + LOCAL_HEADER_BYTES]
    if len(header) < LOCAL_HEADER_BYTES or not header.startswith(ZIP_MAGIC):
        raise WorkbookRefused(DAMAGED, "damaged")
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return entry.header_offset + LOCAL_HEADER_BYTES + names


def _check_kind(parts: Mapping[str, bytes]) -> None:
    """A zip may be a Word document or an OpenDocument sheet; only an .xlsx has a workbook part in XML."""
    if "xl/workbook.xml" in parts and "[Content_Types].xml" in parts:
        if b"macroEnabled" in parts["[Content_Types].xml"]:
            raise WorkbookRefused(MACROS, "macros")
        return
    what, code = next(_zip_kinds(parts), ("是压缩包", "not_a_workbook"))
    raise WorkbookRefused(f"这个文件{what}，不是 Excel 工作簿。{SAVE_AS_XLSX}", code)


def _check_xml(parts: Mapping[str, bytes]) -> None:
    """No office program writes a document type, which is what entity bombs and reads from outside need."""
    if any(
        sign in part
        for name, part in parts.items()
        if name.lower().endswith(XML_ENDINGS)
        for sign in DOCTYPES
    ):
        raise WorkbookRefused(DAMAGED, "document_type")
    if any(_has_long_text(part) for name, part in parts.items() if name.lower().endswith(XML_ENDINGS)):
        raise WorkbookRefused(LONG_TEXT, "text_too_long")


def _has_long_text(part: bytes) -> bool:
    """Whether somewhere no element begins for long: Excel takes 32,767 characters in a cell at most."""
    starts = range(0, len(part) - LONGEST_TEXT_BYTES, LONGEST_TEXT_BYTES)
    return any(part.find(b"<", start, start + LONGEST_TEXT_BYTES) < 0 for start in starts)


def _zip_kinds(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    if any(name.startswith("word/") for name in parts):
        yield "是 Word 文档", "word"
    if any(name.startswith("ppt/") for name in parts):
        yield "是演示文稿", "slides"
    if b"opendocument" in parts.get("mimetype", b""):
        yield "是 OpenDocument 文档（.ods）", "opendocument"
    if "xl/workbook.bin" in parts:
        yield "是二进制工作簿（.xlsb）", "binary_workbook"


def _check_ole(content: bytes) -> None:
    """An .xls shares its container with .doc and encrypted .xlsx: stream names tell them apart."""
    if _has_stream(content, "EncryptedPackage") or _has_filepass(content):
        raise WorkbookRefused(LOCKED, "encrypted")
    if _has_stream(content, "_VBA_PROJECT_CUR"):
        raise WorkbookRefused(MACROS, "macros")
    if _has_stream(content, "WordDocument"):
        raise WorkbookRefused(f"这个文件是 Word 文档，不是 Excel 工作簿。{SAVE_AS_XLSX}", "word")
    if not (_has_stream(content, "Workbook") or _has_stream(content, "Book")):
        raise WorkbookRefused(DAMAGED, "damaged")


def _has_stream(content: bytes, name: str) -> bool:
    """Directory names are UTF-16 and padded with zeros, so a match ends in a zero character."""
    return f"{name}\0".encode("utf-16-le") in content


def _has_filepass(content: bytes) -> bool:
    """Whether the workbook stream opens with a password record ([MS-XLS] 2.4.117) after the first BOF."""
    start = content.find(BIFF8_GLOBALS)
    if start < 0 or start % SECTOR:
        return False
    position, end = start, start + SECTOR
    while position + 4 <= end:
        if int.from_bytes(content[position : position + 2], "little") == FILEPASS:
            return True
        position += 4 + int.from_bytes(content[position + 2 : position + 4], "little")
    return False


def _foreign_kind(content: bytes, file_name: str) -> tuple[str, str]:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head:
        return "是空的", "empty"
    if head.startswith(b"%pdf"):
        return "是 PDF", "pdf"
    if head.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"bm")):
        return "是图片", "image"
    if head.startswith(b"<"):
        return "其实是网页或 XML 文本", "markup"
    if file_name.lower().endswith((".csv", ".txt")) or _is_text(content):
        return "其实是文本（如 CSV）", "text"
    return "的格式无法识别", "not_a_workbook"


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
