"""The rules of the house that no tool checks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "intents", "data")
FILE_LINES, FUNCTION_LINES, RECEPTION_LINES = 300, 40, 80
HAN = re.compile(r"[\u3400-\u9fff]")
FORBIDDEN = re.compile(
    r"(?:^|_)(?:users?|managers?|services?|utils?|helpers?|common|base|processors?|info)(?:_|$)"
)
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

CATCH_ALL = {"bot/cli.py", "bot/errors.py", "bot/workers/runner.py", "handlers/switchboard.py"}
"""The four places that catch whatever comes; each logs with an id."""

OTHERS_WORDS = {
    "WeChatService": "WeChat's own word: a service account",
    "ServiceNames": "the names of what citizens are served with, no class that serves",
}
"""Names that hold a word we do not use, because it is somebody else's."""

CHINESE = {
    "bot/cli.py": "the project's own name",
    "bot/workbooks/filled_in.py": "dates as clerks write them into a workbook",
    "intents/ear_bench.py": "the sentence of reference that the bench measures by",
    "intents/elsewhere.py": "patterns the ear parses",
    "intents/numbers.py": "patterns the ear parses",
    "intents/places.py": "patterns the ear parses",
    "intents/slots.py": "patterns the ear parses",
}
"""Files whose strings may hold Chinese, and why; all else that is read is content."""


def sources(*rooms: str) -> list[Path]:
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "node_modules" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        named(path): lines
        for path in sources(*ROOMS, "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{named(path)}:{one.lineno} {one.name}"
        for path in sources(*ROOMS)
        for one in functions(tree_of(path))
        if (one.end_lineno or 0) - one.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_the_reception_is_short_enough_to_be_read_first() -> None:
    text = (ROOT / "bot/reception.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= RECEPTION_LINES


def test_every_init_holds_only_a_docstring() -> None:
    for path in sources(*ROOMS):
        if path.name == "__init__.py":
            tree = tree_of(path)
            assert len(tree.body) == 1, named(path)
            assert ast.get_docstring(tree), named(path)


def test_every_folder_with_code_is_a_room_with_a_docstring() -> None:
    folders = {path.parent for path in sources(*ROOMS)}
    assert [named(one) for one in folders if not (one / "__init__.py").exists()] == []


def test_everything_is_caught_in_four_places_only() -> None:
    catching = {
        named(path)
        for path in sources(*ROOMS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and _catches_all(node)
    }
    assert catching == CATCH_ALL


def _catches_all(handler: ast.ExceptHandler) -> bool:
    kinds = ast.walk(handler.type) if handler.type else ()
    names = {node.id for node in kinds if isinstance(node, ast.Name)}
    return handler.type is None or bool(names & {"Exception", "BaseException"})


def test_words_are_content_and_do_not_stand_in_python() -> None:
    speaking = {
        named(path)
        for path in sources("bot", "handlers", "intents")
        if any(HAN.search(text) for text in _strings(tree_of(path)))
    }
    assert speaking - CHINESE.keys() == set()
    assert CHINESE.keys() - speaking == set(), "no longer needed on the list"


def _strings(tree: ast.Module) -> Iterator[str]:
    """List the strings of a file that are no docstrings."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def test_no_name_says_nothing() -> None:
    """Modules, classes and functions are called after what they are in the citizen's world."""
    empty = [
        f"{named(path)}: {name}"
        for path in sources(*ROOMS)
        for name in _names(path)
        if FORBIDDEN.search(CAMEL.sub("_", name).lower()) and name not in OTHERS_WORDS
    ]
    assert empty == []


def _names(path: Path) -> Iterator[str]:
    yield path.stem
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef):
            yield node.name
    yield from (one.name for one in functions(tree_of(path)))


def test_tests_mirror_the_rooms() -> None:
    """What is tested of a folder stands in the folder of the same name."""
    tested = {path.parent for room in ROOMS for path in (ROOT / "tests" / room).rglob("test_*.py")}
    for folder in tested:
        assert (ROOT / folder.relative_to(ROOT / "tests")).is_dir(), named(folder)


@pytest.mark.parametrize("room", ROOMS)
def test_no_test_imitates_or_sleeps(room: str) -> None:
    banned = re.compile(r"unittest\.mock|monkeypatch\.setattr|mocker|\btime\.sleep\(")
    found = [
        named(path)
        for path in sources(f"tests/{room}", "tests/journeys", "tests/faults")
        if banned.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_environment_variable_that_is_set_is_written_down() -> None:
    """What an operator may set stands in the operations document, with its prefix."""
    written = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    from bot.settings import PREFIX, Settings  # noqa: PLC0415  (its fields are the list)

    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    demo_only = {f"{PREFIX}DEMO_CONTROL_URL", f"{PREFIX}DEMO_CONTROL_TOKEN"}
    assert [name for name in names if name not in written and name not in demo_only] == []
