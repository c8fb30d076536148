"""Words stand where they belong: what people read in content, what things are called in names."""

import ast
import re

from tests.house.tree import ROOMS, nodes, python

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

PARSED = {
    "bot/cli.py": "the name of the house",
    "bot/workbooks/filled_in.py": "how a clerk writes a date",
    "intents/ear_bench.py": "the sentence whose segmentation is the measure of speed",
    "intents/dwelling.py": "how one says where one is and lives",
    "intents/elsewhere.py": "how another place is named",
    "intents/normalise.py": "the bounds of the Han characters themselves",
    "intents/numbers.py": "how numbers of cases, cars and days are written",
    "intents/places.py": "what stands at the end of a place's name",
    "intents/spoken_digits.py": "how digits are spoken and written out",
    "intents/slots.py": "how dates, hours and counts of people are said",
}
"""Files that may hold Han characters, because they read them: which, and what for."""

EMPTY = {"base", "common", "helper", "info", "manager", "processor", "service", "user", "util"}
EMPTY_WORDS = frozenset({*EMPTY, *(f"{word}s" for word in EMPTY)})
NAMED_SO_BY_OTHERS = {
    "WeChatService": "a service account (服务号) is what WeChat calls this kind",
    "ServiceNames": "the names of public services, as citizens say them",
}
"""Names that hold such a word in a sense of its own."""


def test_what_people_read_stands_in_content_not_in_python() -> None:
    spoken = [
        f"{path}:{one.lineno}: {one.value!r}: move it to data/content or a template"
        for path in python("bot", "handlers", "intents")
        if path not in PARSED
        for one in _in_han(path)
    ]
    assert not spoken, "\n".join(spoken)


def test_every_file_that_may_hold_han_characters_does() -> None:
    assert not [path for path in PARSED if not _in_han(path)], "take them off the list"


def test_what_stands_in_the_house_is_called_by_what_it_is() -> None:
    empty = [
        f"{path}: {name}: says too little: call it what a clerk would"
        for path in python(*ROOMS)
        for name in _names(path)
        if name not in NAMED_SO_BY_OTHERS and EMPTY_WORDS & set(_words_of(name))
    ]
    assert not empty, "\n".join(empty)


def _in_han(path: str) -> list[ast.Constant]:
    """List the strings with Han characters in a file that are more than words about the code."""
    about = {id(one.value) for one in nodes(path, ast.Expr)}
    strings = (one for one in nodes(path, ast.Constant) if isinstance(one.value, str))
    return [one for one in strings if HAN.search(str(one.value)) and id(one) not in about]


def _names(path: str) -> list[str]:
    module = path.rpartition("/")[2].removesuffix(".py")
    return [module, *(one.name for one in nodes(path, ast.ClassDef))]


def _words_of(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
