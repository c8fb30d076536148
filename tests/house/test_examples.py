"""The knowledge of release one is as large as promised, and what is measured was not learnt."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

import pytest

from data.civic.ids import NOT_OURS
from data.civic.knowing.releases import Intent, Release
from data.civic.labels import Kind, Traffic
from data.civic.talk.choices import number_in
from data.content.files import manifest_of, shipped
from data.content.reader import read

ALIKE = 0.7
"""Share of common triples of characters (Jaccard) from which two sentences are near-duplicates."""
FEW = 0.01
"""The share of sentences that may be near-duplicates."""
HELD_OUT = 8
VARIED_GUIDES = 10

Pair = tuple[str, str]


@pytest.fixture(scope="module")
def release() -> Release:
    files = shipped()
    return read(files, manifest=manifest_of(files))


def promised(intent: Intent) -> int:
    if intent.kind is Kind.TALK:
        return 20
    return 60 if intent.traffic is Traffic.HIGH else 40


def test_every_intent_has_the_examples_it_was_promised(release: Release) -> None:
    few = [
        f"{one.id}: {len(one.examples)} examples, {promised(one)} promised"
        for one in release.intents.values()
        if len(one.examples) < promised(one)
    ]
    assert not few, "\n".join(few)


def test_every_intent_is_measured(release: Release) -> None:
    counts = Counter(row.intent for row in release.held_out)
    few = {one: counts[one] for one in release.intents if counts[one] < HELD_OUT}
    assert not few


def test_there_is_much_that_is_not_ours(release: Release) -> None:
    held_out = sum(row.intent == NOT_OURS for row in release.held_out)
    assert held_out >= 750
    assert len(release.other) + held_out >= 1500


def test_regional_differences_are_told(release: Release) -> None:
    varied = [guide.id for guide in release.guides.values() if guide.variants]
    assert len(varied) >= VARIED_GUIDES


def test_no_held_out_sentence_was_learnt(release: Release) -> None:
    learnt = {flat(text) for text in _learnt(release)}
    copied = [row.text for row in release.held_out if flat(row.text) in learnt]
    assert not copied, "write other sentences, or take the examples out"


def test_hardly_any_held_out_sentence_is_near_to_what_was_learnt(release: Release) -> None:
    held_out = [row.text for row in release.held_out]
    near = [*near_duplicates(held_out, [*_learnt(release)])]
    assert len({one for one, _ in near}) <= FEW * len(held_out), near


def test_what_is_not_ours_is_not_written_twice(release: Release) -> None:
    near = [*near_duplicates(release.other, release.other)]
    assert len(near) <= FEW * len(release.other), near


def test_no_label_of_a_choice_is_read_as_the_number_of_another(release: Release) -> None:
    labels = [
        *(label for one in release.intents.values() if one.answer for label in one.answer.choices),
        *(
            option.label
            for bundle in release.bundles.values()
            for question in bundle.questions
            for option in question.options
        ),
    ]
    assert [label for label in labels if number_in(label) is not None] == []


def test_no_two_choices_of_a_question_mean_the_same(release: Release) -> None:
    same = [
        (bundle.id, question.id, one.label)
        for bundle in release.bundles.values()
        for question in bundle.questions
        for one, other in combinations(question.options, 2)
        if flat(one.label) == flat(other.label)
    ]
    assert not same


def near_duplicates(ones: Collection[str], others: Collection[str]) -> Iterator[Pair]:
    """Pair each sentence with those that are nearly the same, itself aside."""
    triples = {text: _triples(text) for text in {*ones, *others}}
    holding = _index({text: triples[text] for text in others})
    for one in ones:
        common = Counter(text for triple in triples[one] for text in holding.get(triple, ()))
        for other, count in common.items():
            whole = len(triples[one]) + len(triples[other]) - count
            if one != other and count >= ALIKE * whole:
                yield one, other


def flat(text: str) -> str:
    """Leave the characters that are spoken; of marks alone, the marks."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\W_]", "", folded) or text


def _triples(text: str) -> frozenset[str]:
    said = flat(text)
    return frozenset(said[at : at + 3] for at in range(max(1, len(said) - 2)))


def _index(triples: Mapping[str, Collection[str]]) -> Mapping[str, list[str]]:
    holding: dict[str, list[str]] = defaultdict(list)
    for text, parts in triples.items():
        for part in parts:
            holding[part].append(text)
    return holding


def _learnt(release: Release) -> Iterator[str]:
    yield from release.other
    for intent in release.intents.values():
        yield from intent.examples
