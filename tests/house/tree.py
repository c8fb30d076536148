"""The files of the house, read once: what its rules are held against."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

HOME = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "intents", "data")
FOLDERS = (*ROOMS, "tests", "docs", ".ci")
STRANGERS = frozenset({"node_modules", "__pycache__"})

N = TypeVar("N", bound=ast.AST)


def everything() -> list[str]:
    """List every file that belongs to the house, as paths from its home."""
    top = sorted(path.name for path in HOME.iterdir() if path.is_file())
    return [*top, *(path for folder in FOLDERS for path in below(folder))]


def python(*folders: str) -> list[str]:
    """List the Python files of folders."""
    return [path for folder in folders for path in below(folder) if path.endswith(".py")]


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


@cache
def tree(path: str) -> ast.Module:
    """Parse a Python file."""
    return ast.parse("\n".join(lines(path)), path)


def nodes(path: str, kind: type[N]) -> Iterator[N]:
    """Walk the nodes of one kind in a Python file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kind))
