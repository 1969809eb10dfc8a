"""Attacks on the archive that an .xlsx is."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_STORED, ZipFile, ZipInfo

from tests.lib.workbooks.hostile.parts import NOISE, SHEET_PART, XLSX, Build, sheet
from tests.lib.workbooks.samples import make_zip, parts_of, with_parts


def overlapping() -> bytes:
    """Many directory entries that all point to the same packed bytes."""
    content = make_zip(parts_of(XLSX) | {"xl/media/a.bin": NOISE})
    start, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    directory, tail = content[start:end], bytearray(content[end:])
    entry = directory[directory.rindex(b"PK\x01\x02") :]
    copies = [entry.replace(b"xl/media/a.bin", f"xl/media/{number:02}bin".encode()) for number in range(12)]
    grown = directory + b"".join(copy[: len(entry)] for copy in copies)
    count = int.from_bytes(tail[10:12], "little") + len(copies)
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = len(grown).to_bytes(4, "little")
    return content[:start] + grown + bytes(tail)


def lying_about_size(declared: int) -> bytes:
    """A part whose directory entry declares another size than it has."""
    content = bytearray(make_zip(parts_of(XLSX) | {"xl/media/z.bin": bytes(3_000_000)}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = declared.to_bytes(4, "little")
    return bytes(content)


def nested() -> bytes:
    """A zip in a zip in a zip, each full of zeros."""
    inner = make_zip({"zeros": bytes(4_000_000)})
    for _ in range(3):
        inner = make_zip({f"{number}.zip": inner for number in range(10)})
    return with_parts(XLSX, **{"xl/embeddings/bomb.zip": inner})


def duplicate_sheet_part() -> bytes:
    """The same part twice: one for the check, one for the reader."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts_of(XLSX).items():
            archive.writestr(name, part)
        info = ZipInfo(SHEET_PART.upper())
        archive.writestr(info, sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    return buffer.getvalue()


def encrypted_entry() -> bytes:
    """An entry that asks for a password."""
    start = XLSX.rindex(b"PK\x01\x02")
    return XLSX[: start + 8] + b"\x01" + XLSX[start + 9 :]


def compressed_otherwise() -> bytes:
    """A method of packing that no Excel uses."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_BZIP2) as archive:
        for name, part in parts_of(XLSX).items():
            archive.writestr(name, part)
    return buffer.getvalue()


def names_that_climb() -> bytes:
    """Parts whose names lead out of the folder they would be unpacked to."""
    parts = parts_of(XLSX) | {"../../../../tmp/evil.xml": b"x", "/etc/cron.d/evil": b"x"}
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def directory_count_lies() -> bytes:
    """An end record that promises more entries than there are."""
    content, end = bytearray(XLSX), XLSX.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    return bytes(content)


def header_outside() -> bytes:
    """A directory entry whose local header would lie beyond the file."""
    content = bytearray(XLSX)
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 42 : entry + 46] = (0x7FFFFFF0).to_bytes(4, "little")
    return bytes(content)


ZIPS: dict[str, tuple[Build, set[str]]] = {
    "zip bomb by ratio": (
        lambda: with_parts(XLSX, **{"xl/media/a.png": bytes(30_000_000)}),
        {"unpacked_too_large"},
    ),
    "zip bomb by size": (
        lambda: with_parts(XLSX, **{f"xl/media/{n}.bin": bytes(1_500_000) + NOISE for n in range(40)}),
        {"unpacked_too_large"},
    ),
    "size declared too small": (lambda: lying_about_size(10), {"damaged"}),
    "size declared as four gigabytes": (lambda: lying_about_size(0xFFFFFFF0), {"unpacked_too_large"}),
    "overlapping entries": (overlapping, {"overlapping"}),
    "two parts of one name": (duplicate_sheet_part, {"duplicate_names"}),
    "more than a hundred parts": (
        lambda: with_parts(XLSX, **{f"xl/media/{n}.png": b"x" for n in range(120)}),
        {"unpacked_too_large"},
    ),
    "entry with a password": (encrypted_entry, {"encrypted"}),
    "packed by another method": (compressed_otherwise, {"damaged"}),
    "names that climb out": (names_that_climb, {"damaged"}),
    "directory that counts wrong": (directory_count_lies, {"damaged"}),
    "header outside the file": (header_outside, {"damaged"}),
    "cut off at the first part": (lambda: XLSX[:60], {"damaged"}),
    "cut off in the middle": (lambda: XLSX[: len(XLSX) // 2], {"damaged"}),
    "cut off before the end record": (lambda: XLSX[:-30], {"damaged"}),
    "a byte changed inside a part": (lambda: XLSX[:70] + bytes([XLSX[70] ^ 0xFF]) + XLSX[71:], {"damaged"}),
    "too large": (lambda: XLSX + bytes(6_000_000), {"file_too_large"}),
}
