"""The log of messages."""

import asyncio
from datetime import timedelta

from pymongo import MongoClient

from bot.signing import HouseSeal
from data.civic.ids import ConversationId, StaffId
from data.store.collection import Document
from data.store.messages import Finished, InFlight, Mine
from data.store.mongo import Database
from data.store.stores import Stores
from tests import builders
from tests.conftest import DATABASE
from tests.waiting import until
from tests.witness import OWN

LONG = 60.0
ALREADY_OVER = -1.0


async def test_of_many_who_claim_one_message_one_gets_it(stores: Stores) -> None:
    message = builders.message()
    claims = [stores.messages.claim(message, lease_s=LONG) for _ in range(100)]
    told = await asyncio.gather(*claims)
    assert told.count(Mine()) == 1
    assert told.count(InFlight()) == 99


async def test_a_finished_message_gives_the_same_reply_again(stores: Stores) -> None:
    message, reply = builders.message(), builders.reply("护照在出入境大厅办理。")
    await stores.messages.claim(message, lease_s=LONG)
    await stores.messages.finish(message.id, masked="护照", reply=reply, at=builders.now())
    assert await stores.messages.claim(message, lease_s=LONG) == Finished(reply=reply)


async def test_the_first_of_two_replies_counts(stores: Stores) -> None:
    message, first = builders.message(), builders.reply("一")
    await stores.messages.claim(message, lease_s=LONG)
    for reply in (first, builders.reply("二")):
        await stores.messages.finish(message.id, masked="", reply=reply, at=builders.now())
    assert await stores.messages.claim(message, lease_s=LONG) == Finished(reply=first)


async def test_after_the_lease_one_other_may_take_over(stores: Stores) -> None:
    message = builders.message()
    await stores.messages.claim(message, lease_s=ALREADY_OVER)

    async def taken() -> bool:
        claims = [stores.messages.claim(message, lease_s=LONG) for _ in range(20)]
        return (await asyncio.gather(*claims)).count(Mine()) == 1

    await until(taken)
    assert await stores.messages.claim(message, lease_s=LONG) == InFlight()


async def test_a_lease_is_never_shorter_than_asked_for(stores: Stores) -> None:
    message = builders.message()
    began = builders.now()
    await stores.messages.claim(message, lease_s=1)

    async def taken() -> bool:
        return await stores.messages.claim(message, lease_s=LONG) == Mine()

    await until(taken)
    assert builders.now() - began >= timedelta(seconds=1)


async def test_an_abandoned_message_comes_back_with_its_words(stores: Stores) -> None:
    message = builders.message("我的手机13812345678，护照丢了")
    await stores.messages.claim(message, lease_s=ALREADY_OVER)
    assert await until(lambda: stores.messages.abandoned(10)) == [message]


async def test_a_message_in_hand_is_not_abandoned(stores: Stores) -> None:
    await stores.messages.claim(builders.message(), lease_s=LONG)
    assert await stores.messages.abandoned(10) == []


async def test_words_are_sealed_until_they_are_masked(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    message = builders.message("身份证330109199001011234")
    await stores.messages.claim(message, lease_s=LONG)
    assert "330109199001011234" not in str(raw[DATABASE]["messages"].find_one(comment=OWN))
    masked = "身份证330109********1234"
    await stores.messages.finish(
        message.id, masked=masked, reply=builders.reply(), at=builders.now()
    )
    kept = raw[DATABASE]["messages"].find_one(comment=OWN)
    assert kept is not None
    assert kept["text"] == masked
    assert "sealed" not in kept


async def test_a_message_whose_key_is_gone_is_set_aside(stores: Stores, database: Database) -> None:
    others = Stores.of(database, HouseSeal(b"another key of thirty-two bytes."))
    await others.messages.claim(builders.message("a", key="lost"), lease_s=ALREADY_OVER)
    await stores.messages.claim(builders.message("b", key="kept"), lease_s=ALREADY_OVER)

    async def only_the_readable() -> bool:
        return [one.text for one in await stores.messages.abandoned(10)] == ["b"]

    await until(only_the_readable)
    await others.drain()


async def test_history_is_newest_last_and_can_be_turned_back(stores: Stores) -> None:
    start = builders.now()
    for number in range(5):
        message = builders.message(key=str(number))
        await stores.messages.claim(message, lease_s=LONG)
        at = start + timedelta(seconds=number)
        await stores.messages.finish(message.id, masked=str(number), reply=builders.reply(), at=at)
    conversation = builders.citizen().id
    newest = await stores.messages.history(conversation, before=None, limit=2)
    assert [line.text for line in newest] == ["3", "4"]
    older = await stores.messages.history(conversation, before=newest[0].at, limit=2)
    assert [line.text for line in older] == ["1", "2"]


async def test_what_staff_said_stands_in_the_history_once(stores: Stores) -> None:
    conversation, at = builders.citizen().id, builders.now()
    for _ in range(2):
        await stores.messages.staff_said(
            conversation, staff=StaffId("s1"), text="我来帮您。", at=at, id="said-1"
        )
    lines = await stores.messages.history(conversation, before=None, limit=10)
    assert [(line.staff, line.text, line.reply) for line in lines] == [("s1", "我来帮您。", None)]


async def test_a_message_in_hand_is_not_yet_history(stores: Stores) -> None:
    message = builders.message()
    await stores.messages.claim(message, lease_s=LONG)
    conversation = ConversationId(message.conversation.id)
    assert await stores.messages.history(conversation, before=None, limit=10) == []


async def test_words_are_purged_when_their_time_is_over(
    stores: Stores, raw: MongoClient[Document]
) -> None:
    message = builders.message()
    long_ago = builders.now() - timedelta(days=31)
    await stores.messages.claim(message, lease_s=LONG)
    await stores.messages.finish(message.id, masked="", reply=builders.reply(), at=long_ago)

    async def gone() -> bool:
        return raw[DATABASE]["messages"].find_one(comment=OWN) is None

    await until(gone)


async def test_what_was_said_last_is_told_without_who_said_it(stores: Stores) -> None:
    start = builders.now()
    for number in range(3):
        message = builders.message(key=str(number))
        await stores.messages.claim(message, lease_s=LONG)
        at = start + timedelta(seconds=number)
        await stores.messages.finish(message.id, masked=str(number), reply=builders.reply(), at=at)
    await stores.messages.claim(builders.message(key="in hand"), lease_s=LONG)
    assert await stores.messages.latest_texts(2) == ["2", "1"]
