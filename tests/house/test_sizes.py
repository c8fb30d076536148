"""Nothing in the house is too long to be read in one go."""

import ast

from tests.house.tree import HOME, ROOMS, lines, nodes, python, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_RECEPTION = 300, 40, 80


def test_a_file_has_one_idea_and_few_lines() -> None:
    long = [
        f"{path}: {len(lines(path))} lines, {LONGEST_FILE} at most: divide it by its ideas"
        for path in python(*ROOMS, "tests")
        if len(lines(path)) > LONGEST_FILE
    ]
    assert not long, "\n".join(long)


def test_the_reception_is_short_enough_to_be_read_first() -> None:
    assert len(lines("bot/reception.py")) <= LONGEST_RECEPTION


def test_a_function_is_short() -> None:
    long = [
        f"{path}:{one.lineno}: {one.name} is longer than {LONGEST_FUNCTION} lines"
        for path in python(*ROOMS)
        for one in _functions(path)
        if one.end_lineno and one.end_lineno - one.lineno >= LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_a_package_says_what_it_is_and_does_nothing() -> None:
    busy = [
        f"{path}: a docstring and nothing else stands in a package's own file"
        for path in python(*ROOMS, "tests")
        if path.endswith("__init__.py")
        and (ast.get_docstring(tree(path)) is None or len(tree(path).body) > 1)
    ]
    assert not busy, "\n".join(busy)


def test_every_folder_of_a_room_is_a_package() -> None:
    folders = {path.rpartition("/")[0] for path in python(*ROOMS)}
    assert not [one for one in sorted(folders) if not (HOME / one / "__init__.py").exists()]


def _functions(path: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [*nodes(path, ast.FunctionDef), *nodes(path, ast.AsyncFunctionDef)]
