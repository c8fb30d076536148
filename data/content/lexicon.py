"""Read `lexicon/`: words, variants, fillers."""

from data.civic.knowing.releases import Lexicon
from data.content.parsing import Desk

WORDS, VARIANTS, FILLERS = "lexicon/words.txt", "lexicon/variants.tsv", "lexicon/fillers.txt"


def read_lexicon(desk: Desk) -> Lexicon:
    """Read what there is of the three files; each may be absent."""
    return Lexicon(words=_words(desk), variants=_variants(desk), fillers=_fillers(desk))


def _words(desk: Desk) -> tuple[str, ...]:
    """Take the first field of each line; frequency and part of speech are the segmenter's."""
    return tuple(line.split()[0] for _, line in _lines(desk, WORDS))


def _variants(desk: Desk) -> tuple[tuple[str, str], ...]:
    pairs: dict[str, str] = {}
    for number, line in _lines(desk, VARIANTS):
        variant, tab, standard = line.partition("\t")
        if not tab or not standard or variant == standard:
            desk.wrong_line(VARIANTS, number, "write variant<TAB>standard, two different forms")
        elif pairs.setdefault(variant, standard) != standard:
            desk.wrong_line(VARIANTS, number, f"{variant} stands for {pairs[variant]} already")
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _fillers(desk: Desk) -> tuple[str, ...]:
    words = {line for _, line in _lines(desk, FILLERS)}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _lines(desk: Desk, path: str) -> list[tuple[int, str]]:
    return desk.lines(path) if path in desk.files else []
