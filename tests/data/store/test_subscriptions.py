"""Subscriptions: spent by many at once, and no more than is left."""

import asyncio
from datetime import timedelta

from data.civic.ids import ConversationId
from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import DOUBTED_FOR, Answered, Standing, TemplateKind
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
