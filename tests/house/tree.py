"""The files of the house, line by line."""

from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "intents", "data")
FOLDERS = (*ROOMS, "tests", "docs", ".ci")
STRANGERS = frozenset({"node_modules", "__pycache__"})


def everything() -> list[str]:
    """List every file that belongs to the house, as paths from its home."""
    top = sorted(path.name for path in HOME.iterdir() if path.is_file())
    return [*top, *(path for folder in FOLDERS for path in below(folder))]


def python() -> list[str]:
    """List the Python files of the rooms."""
    return [path for room in ROOMS for path in below(room) if path.endswith(".py")]


@cache
def below(folder: str) -> list[str]:
    """List the files in a folder of the house."""
    found = (path.relative_to(HOME) for path in (HOME / folder).rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if STRANGERS.isdisjoint(path.parts))


@cache
def lines(path: str) -> list[str]:
    """Read the lines of a file; none if it is no text."""
    try:
        return (HOME / path).read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []
