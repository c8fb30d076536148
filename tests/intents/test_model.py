from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from data.civic.errors import BadInput
from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.releases import Labelled, Release
from intents.artifact import digest_of
from intents.features import HEARD, Features
from intents.model import fit, pipeline, weights_of
from intents.scorer import Scorer
from intents.train import lessons, train
from tests.intents.small import release

SMALL = release()
LISTEN = Features(SMALL.lexicon)
ROWS = lessons(SMALL)


def fitted(rows: Sequence[Labelled]) -> Pipeline:
    return pipeline(LISTEN).fit([row.text for row in rows], [row.intent for row in rows])


SKLEARN = fitted(ROWS)
SCORER = Scorer(weights_of(SKLEARN))


@given(
    st.one_of(st.sampled_from([row.text for row in ROWS]), st.text("护照身份证公积金怎么办a1 ?"))
)
def test_the_scorer_decides_as_scikit_learn_does(text: str) -> None:
    theirs = SKLEARN.decision_function([text])[0]
    assert SCORER.scores(LISTEN(text)) == pytest.approx(theirs, abs=1e-5)
    assert SCORER.intents[int(np.argmax(theirs))] == SKLEARN.predict([text])[0]


def test_two_intents_are_enough() -> None:
    rows = [row for row in ROWS if row.intent in {"passport", "greeting"}]
    scorer = Scorer(fit(rows, LISTEN))
    scores = dict(zip(scorer.intents, scorer.scores(LISTEN("护照多少钱")), strict=True))
    assert scores[IntentId("passport")] > 0 > scores[IntentId("greeting")]


@pytest.mark.parametrize("labels", [[], ["passport"]], ids=["none", "one"])
def test_fewer_than_two_intents_cannot_be_told_apart(labels: list[str]) -> None:
    with pytest.raises(BadInput, match="two are needed"):
        fit([row for row in ROWS if row.intent in labels], LISTEN)


def test_the_order_of_examples_changes_nothing(small: Release, model_file: bytes) -> None:
    backwards = replace(small, intents=dict(reversed(small.intents.items())))
    assert digest_of(train(backwards)) == digest_of(model_file)


def test_another_example_is_another_model(small: Release, model_file: bytes) -> None:
    other = replace(small, other=(*small.other, "火星上有水吗"))
    assert digest_of(train(other)) != digest_of(model_file)


def test_training_tells_how_far_it_is(small: Release) -> None:
    told: list[float] = []
    train(small, report=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)


def test_lessons_are_examples_guides_and_what_is_not_ours() -> None:
    heard = {(row.text, row.intent) for row in ROWS}
    assert ("护照多少钱一本", "passport") in heard
    assert ("出国证件", "passport") in heard
    assert ("今天天气怎么样", NOT_OURS) in heard


def test_only_the_beginning_of_a_long_text_is_listened_to() -> None:
    assert LISTEN.of("护" * HEARD + "照") == LISTEN.of("护" * HEARD)


def test_a_word_and_a_pair_of_the_same_characters_are_two_features() -> None:
    assert {"护照", "\t护照"} <= LISTEN.of("护照")
