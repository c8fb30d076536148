"""How easily a text is read: long sentences, office language, abbreviations, no telephone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from data.civic.knowing.adoptions import Spot, said
from data.civic.knowing.guides import Guide
from data.civic.knowing.sentences import PLAIN_LIMIT, Sentence


class Hard(StrEnum):
    """What makes a text hard to read."""

    LONG_SENTENCE = "long_sentence"
    LONG_PLAIN = "long_plain"
    """The plain version is longer than it may be."""
    OFFICIAL = "official"
    ABBREVIATION = "abbreviation"
    NO_TELEPHONE = "no_telephone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """One thing that could be said more simply."""

    hard: Hard
    words: str
    """The words that it is about."""
    instead: str = ""
    """What may be said instead; empty: nothing is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRules:
    """By what a text is judged. Without rules of its own a release is judged by length alone."""

    longest_sentence: int = 80
    longest_plain_sentence: int = 40
    """Characters between two full stops."""
    official: Mapping[str, str] = field(default_factory=dict)
    """Office language → what people say."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    known_letters: frozenset[str] = frozenset()
    """Abbreviations in Latin letters that everybody knows."""


_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_LETTERS = re.compile(r"[A-Z]{2,}")
_TELEPHONE = re.compile(r"1[012]\d|12\d{3}|9\d{4}|0\d{2,3}-?\d{7,8}|1\d{10}|\{(phone|hotline)\}")


def hints(
    text: str, rules: ReadingRules, *, plain: bool = False, telephone: bool = False
) -> tuple[Hint, ...]:
    """Tell what in a text is hard; `telephone`: it should name one."""
    found = [*_long(text, rules, plain=plain), *_official(text, rules), *_abbreviated(text, rules)]
    if plain and len(text) > PLAIN_LIMIT:
        found.append(Hint(hard=Hard.LONG_PLAIN, words=f"{len(text)}"))
    if telephone and text and not _TELEPHONE.search(text):
        found.append(Hint(hard=Hard.NO_TELEPHONE, words=""))
    return tuple(dict.fromkeys(found))


def of_sentence(said: Sentence, rules: ReadingRules, *, telephone: bool) -> tuple[Hint, ...]:
    """Tell what is hard in the full and the plain version of a sentence."""
    full = hints(said.full, rules, telephone=telephone)
    return tuple(dict.fromkeys((*full, *hints(said.plain, rules, plain=True))))


def of_guide(guide: Guide, rules: ReadingRules) -> dict[Spot, tuple[Hint, ...]]:
    """Tell what is hard in a guide, by the spot; the short version should name a telephone."""
    found: dict[Spot, tuple[Hint, ...]] = {}
    for spot, element in said(guide).items():
        noted = [
            *hints(element.text, rules),
            *hints(element.plain, rules, plain=True, telephone=spot.element is None),
        ]
        noted += [one for item in element.items for one in _official(item.note, rules)]
        if noted:
            found[spot] = tuple(dict.fromkeys(noted))
    return found


def _long(text: str, rules: ReadingRules, *, plain: bool) -> Iterator[Hint]:
    most = rules.longest_plain_sentence if plain else rules.longest_sentence
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if len(sentence) > most:
            yield Hint(hard=Hard.LONG_SENTENCE, words=sentence)


def _official(text: str, rules: ReadingRules) -> Iterator[Hint]:
    for words, instead in rules.official.items():
        if words in text:
            yield Hint(hard=Hard.OFFICIAL, words=words, instead=instead)


def _abbreviated(text: str, rules: ReadingRules) -> Iterator[Hint]:
    for words, instead in rules.abbreviations.items():
        if words in text:
            yield Hint(hard=Hard.ABBREVIATION, words=words, instead=instead)
    for match in _LETTERS.finditer(text):
        if match[0] not in rules.known_letters:
            yield Hint(hard=Hard.ABBREVIATION, words=match[0])
