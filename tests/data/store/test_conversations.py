"""Conversations."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from data.civic.errors import Conflict
from data.civic.ids import StaffId
from data.civic.talk.conversations import (
    CallHuman,
    Conversation,
    claim,
    give_back,
    moved,
)
from data.store.stores import Stores
from tests import builders


async def test_a_conversation_that_never_was_is_new(stores: Stores) -> None:
    assert await stores.conversations.get(builders.citizen()) == Conversation(
        key=builders.citizen()
    )
    assert await stores.conversations.by_id(builders.citizen().id) is None


async def test_a_conversation_is_read_as_it_was_written(stores: Stores) -> None:
    after = moved(Conversation(key=builders.citizen()), (), builders.now())
    await stores.conversations.replace(after)
    assert await stores.conversations.get(builders.citizen()) == after
    assert await stores.conversations.by_id(after.key.id) == after


async def test_of_many_who_write_the_same_version_one_succeeds(stores: Stores) -> None:
    first = moved(Conversation(key=builders.citizen()), (), builders.now())
    await stores.conversations.replace(first)
    second = moved(first, (), builders.now())
    writes = [stores.conversations.replace(second) for _ in range(20)]
    ends = await asyncio.gather(*writes, return_exceptions=True)
    assert ends.count(None) == 1
    assert sum(isinstance(end, Conflict) for end in ends) == 19


async def test_a_stale_version_is_refused(stores: Stores) -> None:
    new = moved(Conversation(key=builders.citizen()), (), builders.now())
    await stores.conversations.replace(new)
    with pytest.raises(Conflict, match="read it again"):
        await stores.conversations.replace(replace(new, care=True))


async def test_who_waits_longest_comes_first_and_who_is_served_last(stores: Stores) -> None:
    now = builders.now()
    for number, user in enumerate(["late", "early", "served", "answered"]):
        new = Conversation(key=builders.citizen(user))
        at = now - timedelta(minutes=number)
        waits = moved(new, (CallHuman(question="？"),), at)
        await stores.conversations.replace(waits)
        if user in {"served", "answered"}:
            taken = claim(waits, StaffId("s1"), now)
            await stores.conversations.replace(taken)
            if user == "answered":
                await stores.conversations.replace(give_back(taken, StaffId("s1"), now))
    line = await stores.conversations.waiting(limit=10)
    assert [one.key.user for one in line] == ["early", "late", "served"]


async def test_the_answers_that_moved_it_stand_beside_it(stores: Stores) -> None:
    conversation = Conversation(key=builders.citizen())
    said = [builders.message(key=f"m{number}") for number in range(4)]
    for message in said:
        conversation = moved(conversation, (), builders.now())
        answer = (message.id, builders.reply(message.id))
        await stores.conversations.replace(conversation, answered=answer)
    kept = [await stores.conversations.answer_to(message) for message in said]
    assert kept == [None, *(builders.reply(message.id) for message in said[1:])]
    assert await stores.conversations.get(builders.citizen()) == conversation


async def test_a_step_of_staff_leaves_the_answers_standing(stores: Stores) -> None:
    message, reply = builders.message(), builders.reply()
    first = moved(Conversation(key=builders.citizen()), (CallHuman(question="？"),), builders.now())
    await stores.conversations.replace(first, answered=(message.id, reply))
    await stores.conversations.replace(claim(first, StaffId("s1"), builders.now()))
    assert await stores.conversations.answer_to(message) == reply
