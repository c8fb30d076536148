import pytest

from data.civic.ids import NOT_OURS, IntentId
from data.civic.knowing.releases import Labelled, Release
from intents.ear_bench import bench
from intents.evaluate import evaluate
from intents.train import lessons
from intents.understand import Ear

PASSPORT = IntentId("passport")


def test_all_right_is_one(ear: Ear) -> None:
    report = evaluate(ear, [("护照怎么办", PASSPORT, 1.0), ("讲个笑话", NOT_OURS, 1.0)])
    assert (report.rows, report.accuracy, report.top3, report.macro_f1) == (2, 1, 1, 1)
    assert (report.answered, report.wrong_answered, report.confused) == (0.5, 0, ())


def test_what_is_not_ours_but_answered_is_wrong(ear: Ear) -> None:
    report = evaluate(ear, [("护照怎么办", NOT_OURS, 1.0)])
    assert (report.accuracy, report.answered, report.wrong_answered) == (0, 1, 1)
    assert report.confused == ((NOT_OURS, PASSPORT, 1.0),)


def test_a_row_counts_by_its_weight(ear: Ear) -> None:
    rows = [("护照怎么办", PASSPORT, 3.0), ("护照怎么办", IntentId("greeting"), 1.0)]
    report = evaluate(ear, rows)
    assert (report.accuracy, report.wrong_answered) == (0.75, 0.25)
    assert report.macro_f1 == pytest.approx((6 / 7 + 0) / 2)


def test_without_rows_nothing_is_claimed(ear: Ear) -> None:
    assert evaluate(ear, []).accuracy == 0


def test_any_labelled_texts_can_be_learnt_and_measured(small: Release) -> None:
    rows = [row for row in lessons(small) if row.intent != NOT_OURS]
    figures = bench(small, rows, [Labelled(text="护照多少钱", intent=PASSPORT)] * 20)
    assert (figures.accuracy, figures.macro_f1) == (1, 1)
    assert 0 < figures.p50_us <= figures.p99_us
    assert figures.reference_us > 0
    assert figures.fit_seconds > 0
