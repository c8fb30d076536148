"""What the model sees of a sentence: its words, its characters, its sounds, and their pairs."""

from operator import add

from data.civic.knowing.releases import Lexicon
from intents.normalise import Normaliser, clean
from intents.sounds import sounds
from intents.tokens import Words

HEARD = 500
"""Characters that are listened to; what comes after them is not scored."""

_FIRST, _LAST, _WORD = "\x02", "\x03", "\t"


class Features:
    """Turns texts into the names of their features, with the lexicon of one release."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.normaliser = Normaliser(lexicon)
        self._words = Words(map(clean, lexicon.words))

    def __call__(self, text: str) -> set[str]:
        """Name the features of a text as it was typed."""
        return self.of(self.normaliser.standard(clean(text)))

    def of(self, text: str) -> set[str]:
        """Name the features of a standard text; words and sounds are marked."""
        heard = text[:HEARD]
        found = set(heard)
        found.update(map(add, _FIRST + heard, heard + _LAST))
        found.update([_WORD + word for word in self._words.cut(heard)])
        syllables = sounds(heard)
        found.update(syllables)
        found.update(map(add, [_FIRST, *syllables], [*syllables, _LAST]))
        return found
