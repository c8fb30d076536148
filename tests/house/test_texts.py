"""What no text of the house may name, and what every document must lead to."""

import ast
import re
import sys
from pathlib import PurePosixPath

import pytest

from tests.house.tree import HOME, ROOMS, below, everything, lines, nodes, python

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.:])/(?:home|root|work|Users)/\w"),
    "the host of a package index": re.compile(
        r"://[^/\s]*(?:pypi|pythonhosted|npm|mirror|debian)|index-url\s*[= ]|/simple/?(?:\s|$)"
    ),
    "a file outside the house": re.compile(r"(?<![\w-])(?:shared|reference)/\w"),
    "a paper outside the house": re.compile(
        r"(?<![\w-])(?:domain(?: notes|\.md)|(?:design|nlu|store)\.md|channels notes)"
    ),
}
EXEMPT = {
    "tests/house/test_texts.py": "the rules themselves",
    "tests/data/store/mongod/test_start_line.py": "a made-up home with a gap in its name",
}

STORE = re.compile(r"^\s*(?:import|from) (?:motor|pymongo|bson)\b")
PAST_THE_LINTER = re.compile(r"\b(?:__import__|import_module)\(")
BLANKET = re.compile(r"#\s*(?:noqa(?!: [A-Z])|type: ignore(?!\[))")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text_names(what: str) -> None:
    paths = [path for path in everything() if path not in EXEMPT]
    assert not _found(paths, FORBIDDEN[what])


def test_the_database_has_one_door() -> None:
    outside = [path for path in python(*ROOMS) if not path.startswith("data/store/")]
    assert not _found(outside, STORE), "what speaks to MongoDB belongs in data/store"


def test_records_and_rules_import_the_standard_library_alone() -> None:
    ours = {*sys.stdlib_module_names, "data"}
    strange = [
        f"{path}: {name}"
        for path in python("data/civic")
        for name in imported(path)
        if name.partition(".")[0] not in ours
    ]
    assert not strange, "what needs a package stands above data/civic"


def test_nothing_is_imported_past_the_linter() -> None:
    assert not _found(python(*ROOMS), PAST_THE_LINTER), "import it by its name, at the top"


def test_who_silences_a_checker_names_the_rule() -> None:
    assert not _found(python(*ROOMS), BLANKET), "say which rule is meant, and why"


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = ["README.md", *(path for path in below("docs") if path.endswith(".md"))]
    broken = [
        f"{path}:{number}: {target}"
        for path in documents
        for number, line in enumerate(lines(path), start=1)
        for target in LINK.findall(line)
        if not (HOME / PurePosixPath(path).parent / target).exists()
    ]
    assert not broken


def imported(path: str) -> list[str]:
    """List the modules that a Python file imports, wherever in it."""
    plain = [one.name for node in nodes(path, ast.Import) for one in node.names]
    return [*plain, *(node.module or "" for node in nodes(path, ast.ImportFrom))]


def _found(paths: list[str], pattern: re.Pattern[str]) -> list[str]:
    """List the lines in which a pattern stands."""
    return [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(lines(path), start=1)
        if pattern.search(line)
    ]
