"""Trials: kept with their rows, the newest first, for their time alone."""

from dataclasses import replace
from datetime import timedelta

from pymongo import MongoClient

from data.civic.ids import DraftId, IntentId, ReleaseId, StaffId
from data.civic.knowing.trials import (
    Expected,
    Missed,
    Trial,
    TrialId,
    TrialKind,
    TrialRow,
    TrialState,
)
from data.civic.knowing.verdicts import Verdict
from data.civic.labels import Aspect
from data.store.collection import Document
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE

DRAFT = DraftId("d1")


def trial(id_: str = "t1", kind: TrialKind = TrialKind.TEST) -> Trial:
    return Trial(
        id=TrialId(id_),
        kind=kind,
        file="问题.csv",
        by=StaffId("s1"),
        at=builders.now(),
        release=ReleaseId("r"),
        draft=DRAFT,
        content="c",
        questions=2,
        asked=3,
        faults=("A2: x",),
        counts={"right": 1},
    )


def row(number: int = 0) -> TrialRow:
    return TrialRow(
        number=number,
        where="A2",
        text="护照",
        times=2,
        verdict=Verdict.ANSWERED,
        intent=IntentId("passport"),
        aspect=Aspect.FEE,
        confidence=0.5,
        said="……",
        gist="护照",
        expected=Expected(intent=IntentId("passport"), aspect=Aspect.FEE, phrase="元"),
        missed=(Missed.PHRASE,),
    )


async def test_a_trial_is_kept_as_it_is_now(stores: Stores) -> None:
    await stores.trials.put(trial())
    done = replace(trial(), state=TrialState.DONE)
    await stores.trials.put(done)
    assert await stores.trials.get(done.id) == done


async def test_trials_of_a_draft_are_listed_newest_first(stores: Stores) -> None:
    later = replace(trial("t2"), at=builders.now() + timedelta(minutes=1))
    other = replace(trial("t3"), draft=None)
    for one in (trial(), later, other, trial("t4", TrialKind.TRYOUT)):
        await stores.trials.put(one)
    found = await stores.trials.list(TrialKind.TEST, DRAFT, 10)
    assert [one.id for one in found] == ["t2", "t1"]


async def test_rows_are_kept_once_in_the_order_of_the_file(stores: Stores) -> None:
    for _ in range(2):
        await stores.trials.add_rows(trial(), [row(1), row(0)])
    assert await stores.trials.rows(trial().id, 10) == (row(0), row(1))


async def test_a_row_is_marked_once(stores: Stores) -> None:
    await stores.trials.add_rows(trial(), [row(0), row(1)])
    assert await stores.trials.mark(trial().id, [1, 7]) == 1
    assert await stores.trials.mark(trial().id, [0, 1]) == 1
    assert [one.marked for one in await stores.trials.rows(trial().id, 10)] == [True, True]


async def test_citizens_words_are_kept_a_month_and_tests_a_year(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    for kind, days in ((TrialKind.TRYOUT, 30), (TrialKind.TEST, 365)):
        one = trial(kind.value, kind)
        await stores.trials.put(one)
        await stores.trials.add_rows(one, [row()])
        for name in ("trials", "trial_rows"):
            wanted = {"_id": one.id} if name == "trials" else {"trial": one.id}
            found = raw[DATABASE][name].find_one(wanted, comment="own")
            assert found is not None
            assert (found["purge_at"] - one.at).days == days
