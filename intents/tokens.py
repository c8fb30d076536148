"""Cut text into words: jieba's dictionary once a process, a release's own words laid over it.

jieba's own cache is never used: it would be unmarshalled from a shared temp folder.
The path of highest probability is jieba's, without its guesser for unknown words, which
helps no classifier and costs half the time.
"""

import importlib.resources
import re
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from math import log

with warnings.catch_warnings():
    # jieba 0.42.1 writes its patterns with invalid escapes
    warnings.simplefilter("ignore")
    import jieba

_BLOCKS = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+", re.IGNORECASE)
_NEVER = -1e300


class Words:
    """A segmenter that knows the base dictionary and some words of its own."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._base = base_dictionary()
        self._own: dict[str, int] = {}
        self._total = log(jieba.dt.total)
        for word in own:
            self._learn(word)

    def cut(self, text: str) -> list[str]:
        """Cut a text into words; marks and spaces are left out."""
        words: list[str] = []
        for block in _BLOCKS.findall(text):
            if block.isascii():
                words.append(block)
            else:
                self._route(block, words)
        return words

    def _learn(self, word: str) -> None:
        """Lay a word over the base, frequent enough to be cut out whole."""
        parts: list[str] = []
        self._route(word, parts)
        if len(parts) < 2:
            return
        for end in range(1, len(word)):
            self._own.setdefault(word[:end], self._base.get(word[:end], 0))
        chance = sum(log(self._count(part) or 1) - self._total for part in parts)
        self._own[word] = int(2.718281828 ** (chance + self._total)) + 1

    def _count(self, word: str) -> int | None:
        own = self._own.get(word)
        return self._base.get(word) if own is None else own

    def _route(self, text: str, words: list[str]) -> None:
        """Append the words of the most probable path, as jieba's `calc` finds it."""
        base, own, total = self._base, self._own, self._total
        size = len(text)
        best, ends = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            top, end = best[start + 1] - total, start + 1
            for stop in range(start + 1, size + 1):
                piece = text[start:stop]
                count = own.get(piece)
                if count is None:
                    count = base.get(piece)
                    if count is None:
                        break
                if count:
                    score = log(count) - total + best[stop]
                    if score >= top:
                        top, end = score, stop
            best[start], ends[start] = top, end
        start = 0
        while start < size:
            words.append(text[start : ends[start]])
            start = ends[start]


@cache
def base_dictionary() -> Mapping[str, int]:
    """Read jieba's dictionary into its default segmenter: word or beginning → frequency.

    Idempotent: a process reads it once, and `jieba.lcut` then needs no cache file.
    """
    with jieba.dt.lock:
        if not jieba.dt.initialized:
            source = importlib.resources.files("jieba").joinpath(jieba.DEFAULT_DICT_NAME)
            with source.open("rb") as lines:
                jieba.dt.FREQ, jieba.dt.total = jieba.Tokenizer.gen_pfdict(lines)
            jieba.dt.initialized = True
    frequencies: Mapping[str, int] = jieba.dt.FREQ
    return frequencies


def reference_cut(text: str) -> list[str]:
    """Cut with jieba itself: the yardstick that `ear-bench` measures against."""
    base_dictionary()
    words: list[str] = jieba.lcut(text)
    return words
