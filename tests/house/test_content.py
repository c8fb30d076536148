"""What a machine can check of the content: no example is another one rewritten."""

from collections import Counter
from itertools import combinations

from bot.first_release import Shipped
from data.civic.labels import Next

ALIKE = 0.7
"""Share of common character triples from which two sentences are near-duplicates."""
SHARE, SAME_OPENING = 0.02, 0.15


def triples(text: str) -> frozenset[str]:
    said = "".join(one for one in text if one.isalnum())
    return frozenset(said[at : at + 3] for at in range(len(said) - 2))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and len(one & other) >= ALIKE * len(one | other)


def test_examples_are_no_templates_filled_with_synonyms(shipped: Shipped) -> None:
    for intent in shipped.release.intents.values():
        told = [triples(text) for text in intent.examples]
        pairs = sum(alike(one, other) for one, other in combinations(told, 2))
        assert pairs <= SHARE * len(told), intent.id


def test_examples_do_not_all_begin_alike(shipped: Shipped) -> None:
    for intent in shipped.release.intents.values():
        openings = Counter(text[:4] for text in intent.examples)
        assert max(openings.values()) <= max(2, SAME_OPENING * len(intent.examples)), intent.id


def test_no_placeholder_and_no_brace_is_left_in_what_is_always_said(shipped: Shipped) -> None:
    for intent in shipped.release.intents.values():
        if intent.answer is not None:
            assert intent.answer.words.placeholders() == frozenset(), intent.id


def test_the_choices_of_an_answer_are_understood(shipped: Shipped) -> None:
    """A tap sends the words on as a message."""
    ear = shipped.ear()
    vague = [
        (intent.id, choice)
        for intent in shipped.release.intents.values()
        if intent.answer is not None
        for choice in intent.answer.choices
        if ear.understand(choice).next not in (Next.ANSWER, Next.CLARIFY)
    ]
    assert vague == []


def test_the_hotline_is_that_of_the_rules_and_in_no_sentence_by_its_digits(
    shipped: Shipped,
) -> None:
    written = {
        key
        for key, said in shipped.release.words.items()
        if shipped.release.rules.hotline in f"{said.full}{said.plain}{said.spoken}"
    }
    assert not written, "say {hotline}: a county may have another number"
