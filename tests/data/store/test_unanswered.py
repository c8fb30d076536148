"""Questions that were not answered well."""

from dataclasses import replace
from datetime import datetime, timedelta

from data.civic.ids import AreaCode, MessageId
from data.civic.talk.unanswered import UnansweredQuestion, Why
from data.store.stores import Stores
from tests import builders


def question(message: str = "m1", *, at: datetime | None = None) -> UnansweredQuestion:
    return UnansweredQuestion(
        message=MessageId(message),
        conversation=builders.citizen().id,
        text="电动车上牌",
        guess=None,
        confidence=0.0,
        why=Why.UNKNOWN,
        area=AreaCode("330109"),
        at=at or builders.now(),
    )


async def test_a_question_is_kept_once_as_it_was_first(stores: Stores) -> None:
    first = question()
    await stores.unanswered.add(first)
    await stores.unanswered.add(replace(first, why=Why.USELESS))
    assert await stores.unanswered.list(10) == (first,)
    assert await stores.unanswered.count() == 1


async def test_the_newest_question_comes_first(stores: Stores) -> None:
    now = builders.now()
    for hours in (2, 0, 1):
        await stores.unanswered.add(question(str(hours), at=now - timedelta(hours=hours)))
    assert [one.message for one in await stores.unanswered.list(2)] == ["0", "1"]
    assert await stores.unanswered.count() == 3
