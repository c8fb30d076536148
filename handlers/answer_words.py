"""What stands beside an answer to a warning: nothing that matters, a need, or its denial."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from data.civic.knowing.releases import Replies
from data.civic.sending.rows import Said
from handlers.word_lists import bare
from intents.patterns import first_of

WILD, FEW = "\u2026", r"\w{0,3}"
"""In a pattern: a few characters of the same clause."""
PATTERNS = 256
"""More than a county will ever write."""
LONGEST = 200
"""Characters of a text that can be an answer and nothing else."""

_ASKS = re.compile(r"[?\uff1f]")
_CLAUSES = re.compile(r"[\W_]+")


def core(replies: Replies, said: Said) -> Sequence[str]:
    """List the words that are an answer."""
    match said:
        case Said.RECEIVED:
            return replies.received
        case Said.SAFE:
            return replies.safe
        case Said.STAYS:
            return replies.stays
        case Said.HELP:
            return ()


def asks(text: str) -> bool:
    """Say whether a text ends in the mark of a question, or has one."""
    return _ASKS.search(text) is not None


def alone(replies: Replies, said: Said, text: str) -> bool:
    """Say whether a text is an answer, and asks nothing."""
    return bare(text) in core(replies, said) and not _ASKS.search(text)


def counts(replies: Replies, said: Said, text: str) -> bool:
    """Say whether an answer is said, and nothing beside it that could matter.

    Whoever stays may say why: there one clause decides.
    """
    if _ASKS.search(text) or len(text) > LONGEST or doubtful(replies, text):
        return False
    words = core(replies, said)
    if said is Said.STAYS:
        return any(only(one, words, replies.harmless) for one in _CLAUSES.split(text))
    others = (*replies.harmless, *replies.received, *replies.safe)
    return only(bare(text), words, others)


def doubtful(replies: Replies, text: str) -> bool:
    """Say whether a text may ask, deny, or speak of somebody else."""
    return any(one in text for one in replies.doubtful)


def needs(replies: Replies, text: str) -> bool:
    """Say whether a text tells of a need: one that is not denied in the same breath."""
    found = _spans(replies.needs, text)
    harmless = _spans(replies.harmless, text) if found else []
    return any(not any(a <= at and end <= b for a, b in harmless) for at, end in found)


def unsafe(replies: Replies, text: str) -> bool:
    """Say whether a text denies that somebody is safe."""
    if not _any_of(replies.unsafe).search(text):
        return False
    found = [(one, each.start()) for one in replies.unsafe for each in _pattern(one).finditer(text)]
    words = (one for one in replies.harmless if len(one) > 1)
    calm = {at for at, _ in _spans(words, text)}
    return any(at not in calm or WILD not in one for one, at in found)


def only_unsafe(replies: Replies, text: str) -> bool:
    """Say whether a text denies that one is safe, and says nothing else."""
    if not unsafe(replies, text) or _ASKS.search(text) or doubtful_else(replies, text):
        return False
    rest = bare(text)
    for one in replies.unsafe:
        rest = _pattern(one).sub("", rest)
    for word in replies.mistaken:
        rest = rest.replace(word, "")
    return _tiled(rest, replies.harmless)


def doubtful_else(replies: Replies, text: str) -> bool:
    """Say whether a text is doubtful for more than that it denies."""
    left = [one for one in replies.doubtful if not unsafe(replies, one)]
    return any(one in text for one in left)


def goes(replies: Replies, text: str) -> bool:
    """Say whether somebody will leave after all, and nothing else."""
    if _ASKS.search(text) or doubtful(replies, text):
        return False
    return only(bare(text), replies.goes, (*replies.harmless, *replies.mistaken))


def mistaken(replies: Replies, text: str) -> bool:
    """Say whether somebody takes back what was said last."""
    return bare(text) in replies.mistaken


def only(text: str, words: Sequence[str], others: Sequence[str]) -> bool:
    """Say whether a text holds one of some words, and nothing but them and some others."""
    return any(one in text for one in words) and _tiled(text, (*words, *others))


def _tiled(text: str, words: Sequence[str]) -> bool:
    """Say whether a text is put together of some words, with nothing left over."""
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached |= {at + len(one) for one in words if text.startswith(one, at)}
    return len(text) in reached


def _spans(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """List from where to where in a text each of some words stands."""
    return [
        (at, at + len(one))
        for one in words
        if one in text
        for at in range(len(text))
        if text.startswith(one, at)
    ]


@lru_cache(PATTERNS)
def _pattern(one: str) -> re.Pattern[str]:
    return re.compile(_with_gaps(one))


@lru_cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(first_of(map(_with_gaps, words)))


def _with_gaps(one: str) -> str:
    return FEW.join(map(re.escape, one.split(WILD)))
