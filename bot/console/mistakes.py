"""Mistakes in content, made ready for words: which kind it is, and what it names.

The messages are written for whoever edits files; a page has its own words for each kind.
"""

import re
from dataclasses import dataclass

from data.civic.errors import Mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A mistake by its kind; `words` is the message itself, for kinds that no page knows."""

    path: str
    line: int | None
    kind: str
    named: tuple[str, ...]
    words: str


KINDS: tuple[tuple[str, str], ...] = (
    ("example_elsewhere", r"['\"](.+)['\"] is an example of (\w+) too"),
    ("example_twice", r"an example stands twice"),
    ("stands_twice", r"(.+) stands twice"),
    ("same_key", r"(\S+): the same key stands in another file too"),
    ("unknown", r"no (\w+) '(.+)' stands anywhere"),
    ("unknown_label", r"no intent '(.*?)'"),
    ("file_name", r"the id (\S+) and the file's name must be the same"),
    ("missing_file", r"the file is missing"),
    ("missing_words", r"\[(\w+)\] is missing"),
    ("placeholder", r"\[(\w+)\] has no placeholder \{(.+)\}"),
    ("unanswered", r"no desk answers the kind (\w+)"),
    ("nothing_to_say", r"nothing to say"),
    ("not_toml", r"not TOML: (.*)"),
    ("not_utf8", r"not UTF-8"),
    ("samples", r"samples that nobody has adopted: ([^.]+)"),
    ("field_missing", r"([\w.\[\]]+): Field required"),
    ("field_unknown", r"([\w.\[\]]+): Extra inputs are not permitted"),
    ("few_examples", r"examples: List should have at least (\d+)"),
    ("elements_missing", r"elements missing \(write not_stated if so\): (.+)"),
    ("ends_too_early", r"valid_until must lie after checked_on"),
    ("needs_plain", r"(?:([\w.]+): )?longer than \d+ characters: give a plain version"),
    ("plain_too_long", r"(?:([\w.]+): )?a plain version has at most (\d+) characters, not (\d+)"),
    ("needs_basis", r"(?:([\w.]+): )?a fact needs its basis"),
    ("braces", r"(?:([\w.]+): )?braces stand around the name"),
    ("area_around", r"(\d+): the area (\d+) around it is missing"),
)
"""Kind → how its message begins; the first that fits counts."""


def told(mistake: Mistake) -> Told:
    """Tell of which kind a mistake is, and what it names."""
    for kind, pattern in KINDS:
        if found := re.match(pattern, mistake.what):
            return _told(mistake, kind, found.groups())
    return _told(mistake, "other", ())


def _told(mistake: Mistake, kind: str, named: tuple[str | None, ...]) -> Told:
    return Told(
        path=mistake.where,
        line=mistake.line,
        kind=kind,
        named=tuple(one or "" for one in named),
        words=mistake.what,
    )
