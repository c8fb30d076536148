"""The one door to scikit-learn: fit a linear model on labelled sentences."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC

from data.civic.errors import BadInput
from data.civic.ids import IntentId
from data.civic.knowing.releases import Labelled
from intents.scorer import Weights

Listen = Callable[[str], Iterable[str]]


def pipeline(listen: Listen) -> Pipeline:
    """Make the model unfitted: presence of features at length one, one linear SVM an intent.

    Source: cross-validation on release one and on SMP2017. Frequency, rarity, word pairs and
    three characters gained nothing; sounds cost 0.4 points and save 3 of 5 under homophones.
    """

    def in_order(text: str) -> list[str]:
        # A set's order differs from process to process, and with it the last bits of the weights.
        return sorted(listen(text))

    seen = TfidfVectorizer(analyzer=in_order, binary=True, use_idf=False, dtype=np.float64)
    return Pipeline([("seen", seen), ("decides", LinearSVC(C=1.0, random_state=0))])


def fit(rows: Sequence[Labelled], listen: Listen) -> Weights:
    """Fit the model; the same rows give the same weights, whatever their order.

    Raises:
        BadInput: there are fewer than two intents to tell apart.
    """
    labels = {row.intent for row in rows}
    if len(labels) < 2:
        raise BadInput(f"{len(labels)} intents have examples: two are needed, add some")
    ordered = sorted(rows, key=lambda row: (row.intent, row.text))
    fitted = pipeline(listen).fit([row.text for row in ordered], [row.intent for row in ordered])
    return weights_of(fitted)


def weights_of(fitted: Pipeline) -> Weights:
    """Take the numbers out of a fitted pipeline."""
    seen, decides = fitted.named_steps["seen"], fitted.named_steps["decides"]
    rows, bias = decides.coef_.T, decides.intercept_
    if len(decides.classes_) == 2:  # scikit-learn keeps one column for two classes
        rows, bias = np.hstack([-rows, rows]), np.hstack([-bias, bias])
    return Weights(
        intents=tuple(IntentId(str(label)) for label in decides.classes_),
        features=tuple(str(name) for name in seen.get_feature_names_out()),
        rows=rows.astype(np.float32),
        bias=bias.astype(np.float32),
    )
