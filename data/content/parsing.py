"""Read one file into its shape, and keep every mistake with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data.civic.errors import Mistake
from data.content.locate import Path, line_of, lines_of

S = TypeVar("S", bound=BaseModel)

_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(slots=True)
class Desk:
    """Where files are read one after the other, and their mistakes collected."""

    files: Mapping[str, bytes]
    mistakes: list[Mistake] = field(default_factory=list)
    _lines: dict[str, dict[Path, int]] = field(default_factory=dict)

    def named(self, folder: str, suffix: str) -> list[str]:
        """List the paths in a folder with a suffix, in order."""
        return sorted(p for p in self.files if p.startswith(folder) and p.endswith(suffix))

    def ids(self, folder: str) -> frozenset[str]:
        """Name what stands in the files of a folder, also in those that cannot be read."""
        return frozenset(PurePosixPath(path).stem for path in self.named(folder, ".toml"))

    def wrong(self, path: str, what: str, at: Path = ()) -> None:
        """Note a mistake at a place of a TOML file."""
        line = line_of(self._lines_of(path), at)
        self.mistakes.append(Mistake(where=path, what=what, line=line))

    def wrong_line(self, path: str, line: int, what: str) -> None:
        """Note a mistake on a line."""
        self.mistakes.append(Mistake(where=path, what=what, line=line))

    def text(self, path: str) -> str | None:
        """Read a file as UTF-8, with or without a byte-order mark; None if it is not."""
        try:
            return self.files[path].decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.wrong_line(path, self.files[path][: error.start].count(b"\n") + 1, "not UTF-8")
        return None

    def table(self, path: str) -> dict[str, Any] | None:
        """Read a TOML file; None, and a mistake, if it is not well-formed."""
        text = self.text(path)
        if text is None:
            return None
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._no_toml(path, text, str(error))
        return None

    def _lines_of(self, path: str) -> dict[Path, int]:
        """Find out on which lines of a file what stands; only where a mistake has to name one."""
        if path not in self._lines:
            text = self.files.get(path, b"").decode("utf-8-sig", errors="replace")
            self._lines[path] = lines_of(text)
        return self._lines[path]

    def _no_toml(self, path: str, text: str, message: str) -> None:
        found = _AT_LINE.search(message)
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        self.wrong_line(path, line, f"not TOML: {_AT_LINE.sub('', message)}")

    def shaped(self, path: str, shape: type[S], table: Any, at: Path = ()) -> S | None:
        """Fit a table into its shape; None, and its mistakes, if it does not fit."""
        try:
            return shape.model_validate(table)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_context=False):
                where = (*at, *(key for key in one["loc"] if key != "[key]"))
                named = ".".join(str(key) for key in where)
                message = one["msg"].removeprefix("Value error, ")
                self.wrong(path, f"{named}: {message}" if named else message, where)
        return None

    def read(self, path: str, shape: type[S]) -> S | None:
        """Read a whole TOML file into its shape."""
        table = self.table(path)
        return None if table is None else self.shaped(path, shape, table)

    def one(self, path: str, shape: type[S]) -> S | None:
        """Read a file that must be there."""
        if path not in self.files:
            self.mistakes.append(Mistake(where=path, what="the file is missing"))
            return None
        return self.read(path, shape)

    def lines(self, path: str) -> list[tuple[int, str]]:
        """Read the lines of a text file that are neither empty nor comments, with numbers."""
        text = self.text(path) or ""
        numbered = ((n, line.strip()) for n, line in enumerate(text.splitlines(), start=1))
        return [(n, line) for n, line in numbered if line and not line.startswith("#")]
