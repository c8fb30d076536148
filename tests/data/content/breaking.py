"""Break the smallest release in one place, and see what the reader says of it."""

from collections.abc import Mapping

from data.civic.errors import Mistakes
from data.content.files import manifest_of
from data.content.reader import read

Files = Mapping[str, bytes]

GUIDE, BUNDLE = "guides/dog.toml", "bundles/pup.toml"
INTENT, TALK = "intents/dog.toml", "intents/hello.toml"
PLACES, SOURCES, WORDING = "places/330109.toml", "sources/dogs.toml", "wording/desks.toml"
GOLDEN, HELD_OUT, VARIANTS = "golden/golden.tsv", "held_out/some.tsv", "lexicon/variants.tsv"
DANGER, LIMITS = "rules/danger.toml", "rules/limits.toml"


def mistakes_in(files: Files) -> list[tuple[str, int | None, str]]:
    try:
        read(files, manifest=manifest_of(files))
    except Mistakes as refused:
        return [(one.where, one.line, one.what) for one in refused.mistakes]
    return []


def changed(files: Files, path: str, before: str, after: str) -> Files:
    text = files[path].decode()
    assert before in text
    return {**files, path: text.replace(before, after, 1).encode()}


def line_of(files: Files, path: str, words: str) -> int:
    text = files[path].decode()
    return text[: text.index(words)].count("\n") + 1


def blames(broken: Files, path: str, *, at: str, what: str) -> bool:
    """Say whether the reader blames that file alone, and on the line where `at` stands."""
    found = mistakes_in(broken)
    line = line_of(broken, path, at)
    here = any((where, number) == (path, line) and what in said for where, number, said in found)
    return here and {where for where, _, _ in found} == {path}
