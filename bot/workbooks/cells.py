"""Open a workbook from outside safely, and write its cells as the text that a clerk sees."""

import re
import zipfile
import zlib
from datetime import datetime
from io import BytesIO
from xml.etree.ElementTree import ParseError

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException

LARGEST, UNPACKED, MEMBERS = 8 << 20, 32 << 20, 500
"""Bytes of a file, bytes that it unpacks to, files that are packed in it."""
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97, and .xlsx with a password, begin."""

UNSEEN = re.compile("_x000D_|[\u200b-\u200f\u2060\ufeff]")
"""What Excel writes for a line end, and marks that come along when text is pasted."""

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, OverflowError),
)
"""What openpyxl and zipfile raise for a file that is not what it says."""


def no_workbook(content: bytes, *, largest: int = LARGEST, unpacked: int = UNPACKED) -> str:
    """Say why this is no workbook that can be opened safely; empty: it is one.

    Units: `largest` and `unpacked` are bytes of the file and of what it unpacks to.
    """
    if len(content) > largest:
        return f"{len(content) >> 20} MB: a workbook has at most {largest >> 20}"
    if content.startswith(OLD_EXCEL):
        return "an .xls file, or one with a password: save it as .xlsx without one"
    if not zipfile.is_zipfile(BytesIO(content)):
        return "no .xlsx file: save the workbook as .xlsx (not .csv, .pdf or .xls)"
    try:
        members = zipfile.ZipFile(BytesIO(content)).infolist()
    except BROKEN as error:
        return f"cannot be read ({first_line(error)}): save it anew as .xlsx"
    # zipfile never gives more of a member than the size it declares: the sum is a bound.
    if len(members) > MEMBERS or sum(one.file_size for one in members) > unpacked:
        return f"unpacks to more than {unpacked >> 20} MB: that is no workbook of ours"
    return ""


def text_of(cell: Cell | MergedCell) -> str:
    """Write a value as text, as Excel shows it.

    Raises:
        ValueError: it is a formula, an error or a truth value.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e", "b"):
        raise ValueError("a formula, an error or TRUE/FALSE: write the text itself")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def clean(text: str) -> str:
    """Take out what nobody typed.

    Raises:
        ValueError: it holds characters that are no text.
    """
    plain = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if any(not one.isprintable() and not one.isspace() for one in plain):
        raise ValueError("a character that cannot be shown: type the text anew")
    return plain.strip()


def first_line(error: BaseException) -> str:
    """Tell the first line of what a library says is wrong."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
