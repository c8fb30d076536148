"""Subscriptions: spent by many at once, and no more than is left."""

import asyncio
from datetime import timedelta

import pytest

from data.civic.errors import Conflict, NotFound
from data.civic.ids import ConversationId
from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import (
    DOUBTED_FOR,
    Answered,
    Standing,
    TemplateKind,
    asked,
    given_back,
    spent,
    subscription_id,
)
from data.store.stores import Stores
from data.store.subscriptions import Taken
from tests import builders

WANG, LI = ConversationId("wechat_mini/county/wang"), ConversationId("wechat_mini/county/li")
ONCE, LONG = TemplateKind.ONE_TIME, TemplateKind.LONG_TERM


async def say(
    stores: Stores, key: str = "1", *, yes: bool = True, kind: TemplateKind = ONCE
) -> None:
    answer = Answered(template="alert", yes=yes, key=key, at=builders.now())
    await stores.subscriptions.answer(WANG, kind, answer)


async def spend(stores: Stores) -> Taken | WhyNot:
    return await stores.subscriptions.spend(WANG, "alert", builders.now())


async def test_an_event_that_comes_three_times_counts_once(stores: Stores) -> None:
    await asyncio.gather(*[say(stores) for _ in range(3)])
    (standing,) = await stores.subscriptions.of(WANG)
    assert standing.left == 1


async def test_twenty_senders_share_three_yeses(stores: Stores) -> None:
    for key in "123":
        await say(stores, key)
    taken = await asyncio.gather(*[spend(stores) for _ in range(20)])
    assert [isinstance(one, Taken) for one in taken].count(True) == 3
    assert taken.count(WhyNot.SPENT) == 17


async def test_every_no_has_its_reason(stores: Stores) -> None:
    assert await spend(stores) is WhyNot.NEVER_ASKED
    await say(stores, yes=False)
    assert await spend(stores) is WhyNot.DECLINED
    await say(stores, "2")
    await stores.subscriptions.deny(WANG, "alert", builders.now())
    assert await spend(stores) is WhyNot.ENDED


async def test_a_long_term_yes_stays_and_is_tried_again_when_it_was_doubted(
    stores: Stores,
) -> None:
    await say(stores, kind=LONG)
    assert all([await spend(stores) == Taken(conversation=WANG) for _ in range(3)])
    now = builders.now()
    await stores.subscriptions.deny(WANG, "alert", now)
    assert await spend(stores) is WhyNot.DOUBTED
    later = await stores.subscriptions.spend(WANG, "alert", now + DOUBTED_FOR)
    assert later == Taken(conversation=WANG, on_trial=True)
    await stores.subscriptions.uphold(WANG, "alert")
    assert await spend(stores) == Taken(conversation=WANG)


async def test_what_the_platform_did_not_take_is_put_back(stores: Stores) -> None:
    await say(stores)
    await spend(stores)
    await stores.subscriptions.give_back(WANG, "alert")
    assert await spend(stores) == Taken(conversation=WANG)


async def test_a_no_is_forgotten_after_its_time_and_a_yes_is_not(stores: Stores) -> None:
    await say(stores)
    (yes,) = await stores.subscriptions.of(WANG)
    assert (yes.standing, yes.since < builders.now() + timedelta(seconds=1)) == (
        Standing.ACCEPTED,
        True,
    )
    assert await stores.subscriptions.of(LI) == []


async def test_a_person_has_one_ledger_for_each_template(stores: Stores) -> None:
    answer = Answered(template="alert", yes=True, key="1", at=builders.now())
    first, second = asked(WANG, ONCE, answer), asked(WANG, LONG, answer)
    assert await stores.subscriptions.get(first.id) is None
    assert await stores.subscriptions.add(first) == first
    assert await stores.subscriptions.add(second) == first
    assert await stores.subscriptions.get(first.id) == first


async def test_who_saves_a_ledger_that_has_changed_is_refused(stores: Stores) -> None:
    await say(stores)
    (one,) = await stores.subscriptions.of(WANG)
    await stores.subscriptions.save(spent(one))
    with pytest.raises(Conflict, match="read it again"):
        await stores.subscriptions.save(given_back(one))
    assert await stores.subscriptions.get(one.id) == spent(one)


async def test_of_many_moves_at_once_none_is_lost(stores: Stores) -> None:
    await say(stores)
    (one,) = await stores.subscriptions.of(WANG)
    await asyncio.gather(*[stores.subscriptions.change(one.id, given_back) for _ in range(5)])
    (now,) = await stores.subscriptions.of(WANG)
    assert (now.left, now.version) == (6, 5)
    with pytest.raises(NotFound):
        await stores.subscriptions.change(subscription_id(LI, "alert"), given_back)
