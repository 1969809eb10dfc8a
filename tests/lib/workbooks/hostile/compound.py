"""Attacks on the old format, .xls."""

from tests.lib.workbooks.hostile.parts import XLS, Build

XLS_TITLE = "2018年麻镇学区认定的在校贫困学生信息汇总表"
SECTOR = 512
GLOBALS = b"\x09\x08\x10\x00\x00\x06\x05\x00"


def ole(*streams: str) -> bytes:
    """The head of a compound file, and the names of its streams."""
    return XLS[:8] + bytes(504) + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)


def patched(position: int, number: int, size: int = 4) -> bytes:
    """The sample .xls with one number replaced."""
    return XLS[:position] + number.to_bytes(size, "little") + XLS[position + size :]


def with_password() -> bytes:
    """The sample with its second record turned into the one that asks for a password."""
    start = XLS.index(GLOBALS) + 20
    return XLS[:start] + b"\x2f\x00" + XLS[start + 2 :]


def chain_in_a_circle() -> bytes:
    """Every sector of the allocation table follows itself."""
    table = int.from_bytes(XLS[76:80], "little")
    start = (table + 1) * SECTOR
    circle = b"".join(number.to_bytes(4, "little") for number in range(SECTOR // 4))
    return XLS[:start] + circle + XLS[start + SECTOR :]


def strings_without_end() -> bytes:
    """A table of strings that promises four thousand million of them."""
    start = XLS.index(b"\xfc\x00", XLS.index(GLOBALS))
    return XLS[: start + 4] + b"\xff\xff\xff\x7f" * 2 + XLS[start + 12 :]


OLES: dict[str, tuple[Build, set[str]]] = {
    "an .xlsx with a password": (lambda: ole("EncryptedPackage"), {"encrypted"}),
    "an .xls with a password": (with_password, {"encrypted"}),
    "an .xls with macros": (lambda: ole("Workbook", "_VBA_PROJECT_CUR"), {"macros"}),
    "a Word document of old": (lambda: ole("WordDocument"), {"word"}),
    "a compound file of something else": (lambda: ole("Contents"), {"damaged"}),
    "an .xls cut off": (lambda: XLS[: len(XLS) // 3], {"damaged"}),
    "only the head of an .xls": (lambda: XLS[:SECTOR], {"damaged"}),
    "sectors in a circle": (chain_in_a_circle, {"damaged", "too_slow", "too_much_memory"}),
    "sectors of two thousand million bytes": (lambda: patched(30, 31, 2), {"damaged"}),
    "an allocation table outside the file": (lambda: patched(76, 0x7FFFFFF0), {"damaged"}),
    "a directory outside the file": (lambda: patched(48, 0x7FFFFFF0), {"damaged"}),
}
