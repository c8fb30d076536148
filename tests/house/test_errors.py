"""Any error at all is caught in four places only: each ends something that must have an end."""

import ast

from tests.house.tree import ROOMS, nodes, python

LAST_RESORTS = {
    "bot/cli.py": "a command ends with a sentence, not with a trace",
    "bot/errors.py": "a request ends with an answer",
    "bot/workers/runner.py": "a worker goes on with the next piece",
    "handlers/switchboard.py": "a citizen is given words and a telephone number",
}
ANY = frozenset({"Exception", "BaseException"})


def test_any_error_at_all_is_caught_in_four_places_only() -> None:
    places = {path for path in python(*ROOMS) if any(map(_catches_any, _handlers(path)))}
    assert places == set(LAST_RESORTS), "catch the error that you can answer, by its name"


def test_no_error_at_all_is_passed_over_in_silence() -> None:
    silent = [
        f"{path}:{call.lineno}: name the error that does not matter"
        for path in python(*ROOMS)
        for call in nodes(path, ast.Call)
        if ast.unparse(call.func).endswith("suppress") and any(map(_names_any, call.args))
    ]
    assert not silent, "\n".join(silent)


def _handlers(path: str) -> list[ast.ExceptHandler]:
    return list(nodes(path, ast.ExceptHandler))


def _catches_any(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or _names_any(handler.type)


def _names_any(expression: ast.expr) -> bool:
    return any(isinstance(one, ast.Name) and one.id in ANY for one in ast.walk(expression))
