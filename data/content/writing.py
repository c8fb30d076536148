"""Write a table as a content file: stable order, readable, the comments of before kept."""

from collections.abc import Iterable, Mapping
from typing import Any

import tomli_w

from data.content.comments import kept

Table = Mapping[str, Any]
"""A table of a content file as `tomllib` reads it."""


def toml_of(table: Table, *, before: bytes = b"") -> bytes:
    """Write a TOML file; `before` is the file whose comments stay where they stood."""
    text = tomli_w.dumps(table, multiline_strings=True, indent=2)
    return kept(before.decode("utf-8-sig", errors="replace"), text).encode()


def lines_as_file(lines: Iterable[str]) -> bytes:
    """Write a text file, one entry a line: no blank at the ends of a line or of the file."""
    return ("\n".join(line.rstrip() for line in lines).strip("\n") + "\n").encode()
