"""From approved sentences to replies: fill the placeholders in all three versions."""

from data.civic.errors import NotFound
from data.civic.knowing.releases import Release
from data.civic.knowing.sentences import Sentence, fill, spoken_from
from data.civic.labels import Outcome
from data.civic.talk.messages import Choices, Part, Reply, Say, Source, Turn


def say(release: Release, key: str, **values: str) -> Say:
    """Say the sentence `key` with its placeholders filled.

    Raises:
        NotFound: the release has no such sentence; the directory refuses such a release.
    """
    return said(_sentence(release, key), **values)


def written(release: Release, key: str, **values: str) -> str:
    """Write the full version alone: a piece that is put into a larger text.

    Raises:
        NotFound: the release has no such sentence; the directory refuses such a release.
    """
    return fill(_sentence(release, key).full, values)


def _sentence(release: Release, key: str) -> Sentence:
    sentence = release.words.get(key)
    if sentence is None:
        raise NotFound(f"no sentence {key!r} in the release: write it in wording/")
    return sentence


def said(sentence: Sentence, **values: str) -> Say:
    """Fill one sentence; what is put in is made fit for reading aloud, too."""
    aloud = {name: spoken_from(value) for name, value in values.items()}
    return Say(
        full=fill(sentence.full, values),
        plain=fill(sentence.plain, values),
        spoken=fill(sentence.spoken, aloud),
    )


def reply(turn: Turn, outcome: Outcome, *parts: Part, source: Source | None = None) -> Reply:
    """Make the reply of a turn; its moves are added by who knows them."""
    return Reply(
        parts=tuple(part for part in parts if not isinstance(part, Choices) or part.options),
        outcome=outcome,
        intent=turn.understanding.intent,
        aspect=turn.understanding.aspect,
        source=source,
    )
