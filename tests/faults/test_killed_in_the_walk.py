"""A walker is killed after each step of the walk: one effect, nothing lost.

Healed by the platform's retry, which is walked by another process when the lease has run out,
or by the recovery worker, when nobody asks again.
"""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.house import House
from bot.outgoing import Door
from bot.settings import Settings
from bot.workers.recovery import resume_abandoned
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message
from data.store.messages import Finished
from tests import builders
from tests.conftest import DATABASE
from tests.faults.walker import STEPS
from tests.waiting import until

ROOT = Path(__file__).parents[2]
COMPLAINT = "我要投诉，楼下工地半夜十二点还在打桩，吵得孩子睡不着"
BIRTH = "刚生了孩子要办什么"

Kill = Callable[..., Awaitable[int]]
Heal = Callable[[House, Message], Awaitable[object]]


@pytest.fixture(scope="module")
async def kill(mongod_uri: str, shipped: object) -> AsyncIterator[Kill]:
    """Let a process walk a message and die after a step; tell how it ended."""
    models = str((Settings().home / "models").resolve())
    walker = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.walker", mongod_uri, DATABASE, models),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert walker.stdin is not None
    assert walker.stdout is not None

    async def killed(message: Message, *, after: str) -> int:
        order = {
            "step": after,
            "text": message.text,
            "user": message.conversation.user,
            "key": message.id.rpartition("/")[2],
        }
        walker.stdin.write(json.dumps(order).encode() + b"\n")
        return int(await walker.stdout.readline())

    yield killed
    await walker.communicate(b"")  # end of input: it leaves


async def by_retry(house: House, message: Message) -> None:
    """The platform pushes the same message again, to another process."""
    await house.reception.receive(message, Door(open=False))


async def by_recovery(house: House, message: Message) -> None:
    """Nobody asks again: the worker finds what was abandoned."""

    async def finished() -> bool:
        await resume_abandoned(house.office(), house.reception)
        claim = await house.stores.messages.claim(message, lease_s=60)
        return isinstance(claim, Finished)

    lease_ran_out = lambda: _abandoned_or_finished(house, message)  # noqa: E731
    await until(lease_ran_out)
    await until(finished)


async def _abandoned_or_finished(house: House, message: Message) -> bool:
    abandoned = await house.stores.messages.abandoned(10)
    history = await house.stores.messages.history(message.conversation.id, before=None, limit=10)
    ids = {one.id for one in abandoned} | {one.message_id for one in history}
    return message.id in ids


HEALINGS = [pytest.param(by_retry, id="retry"), pytest.param(by_recovery, id="recovery")]


def from_wechat(text: str, *, key: str) -> Message:
    citizen = ConversationKey(channel=Channel.WECHAT, account="county", user="oWang")
    return builders.message(text, key=key, by=citizen)


@pytest.mark.parametrize("heal", HEALINGS)
@pytest.mark.parametrize("step", STEPS)
async def test_a_complaint_opens_one_ticket_and_is_answered_once(
    house: House, kill: Kill, step: str, heal: Heal
) -> None:
    message = from_wechat(COMPLAINT, key="m1")
    assert await kill(message, after=step) == -signal.SIGKILL
    await heal(house, message)
    (ticket,) = await house.stores.tickets.unfinished(10)
    (line,) = await house.stores.messages.history(message.conversation.id, before=None, limit=10)
    (sent,) = await house.stores.outbox.of(message.conversation.id, 10)
    assert line.reply is not None
    assert ticket.number in sent.text
    assert ticket.number in str(line.reply.parts)
    assert await house.stores.messages.abandoned(10) == []


@pytest.mark.parametrize("heal", HEALINGS)
@pytest.mark.parametrize("step", STEPS)
async def test_an_answer_is_taken_for_one_question_and_not_for_the_next(
    house: House, kill: Kill, step: str, heal: Heal
) -> None:
    """The conversation has moved when the walker dies late: it must not move twice."""
    await house.reception.receive(from_wechat(BIRTH, key="m1"), Door())
    answer = from_wechat("1", key="m2")
    assert await kill(answer, after=step) == -signal.SIGKILL
    await heal(house, answer)
    conversation = await house.stores.conversations.get(answer.conversation)
    lines = await house.stores.messages.history(answer.conversation.id, before=None, limit=10)
    (sent,) = await house.stores.outbox.of(answer.conversation.id, 10)
    assert conversation.awaited is not None
    assert conversation.awaited.answers == (("born", "hospital"),)
    assert conversation.awaited.slot == "register"
    assert lines[-1].reply is not None
    assert "户口" in sent.text


async def test_a_message_in_between_does_not_make_it_move_twice(house: House, kill: Kill) -> None:
    await house.reception.receive(from_wechat(BIRTH, key="m1"), Door())
    first, second = from_wechat("1", key="m2"), from_wechat("2", key="m3")
    assert await kill(first, after="moved") == -signal.SIGKILL
    await house.reception.receive(second, Door())
    await by_retry(house, first)
    conversation = await house.stores.conversations.get(first.conversation)
    assert conversation.awaited is not None
    assert conversation.awaited.answers == (("born", "hospital"), ("register", "other"))
