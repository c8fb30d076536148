"""How the tests themselves are kept: beside what they test, and honest."""

import re

from tests.house.tree import HOME, ROOMS, lines, python

DISHONEST = re.compile(r"unittest\.mock|\bmonkeypatch\.setattr\b|\bmocker\b|\btime\.sleep\(")


def test_tests_mirror_the_rooms() -> None:
    tested = {path.rpartition("/")[0] for path in python(*(f"tests/{room}" for room in ROOMS))}
    astray = [one for one in tested if not (HOME / one.removeprefix("tests/")).is_dir()]
    assert not astray, f"no such room: {astray}"


def test_nothing_is_imitated_and_nobody_sleeps() -> None:
    found = [
        f"{path}:{number}: use the real thing, and tests/waiting.py"
        for path in python("tests")
        if path != "tests/house/test_tests.py"
        for number, line in enumerate(lines(path), start=1)
        if DISHONEST.search(line)
    ]
    assert not found, "\n".join(found)
