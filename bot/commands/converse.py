"""`converse`: run messages from standard input through the whole walk, store included."""

import asyncio
import itertools
import sys
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError

from bot.api.wire import TEXT_CHARS, Wire
from bot.body_fields import in_words
from bot.channels.rendering import as_text
from bot.commands.terminal import lines_in, run, say, write_json
from bot.house import House, opened
from bot.logs import set_up
from bot.outgoing import Door
from bot.settings import read_settings
from data.civic.errors import BadInput
from data.civic.ids import MessageId
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Choices, Message, MessageKind, Part, Reply

ACCOUNT = "converse"
EXAMPLE = 'a line of the pipe is JSON: {"conversation": "c1", "text": "what is said"}'


class Spoken(Wire):
    """One line of the input."""

    conversation: Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,64}$")]
    text: Annotated[str, StringConstraints(max_length=TEXT_CHARS)]
    channel: Channel = Channel.TERMINAL


def converse() -> None:
    """Talk with the assistant; from a pipe: JSON lines in, JSON lines out.

    A line of the pipe is {"conversation": "c1", "text": "…", "channel": "terminal"}.
    """
    set_up("warning")
    run(_talk() if sys.stdin.isatty() else _converse())


async def _talk() -> None:
    """Talk with a person at the terminal until the end of input."""
    async with opened(read_settings()) as house:
        run_id = house.office().ids.new()
        for number in itertools.count(1):
            try:
                text = await asyncio.to_thread(input, "> ")
            except EOFError:
                return
            spoken = Spoken(conversation="me", text=text[:TEXT_CHARS])
            reply = await house.reception.receive(_message(house, spoken, run_id, number), Door())
            say(as_text(reply, care=reply.care))


async def _converse() -> None:
    async with opened(read_settings()) as house:
        run_id = house.office().ids.new()
        for number, line in lines_in():
            if line.strip():
                write_json(await _answer(house, _read(number, line), run_id, number))


def _read(number: int, line: str) -> Spoken:
    try:
        return Spoken.model_validate_json(line)
    except ValidationError as error:
        raise BadInput(f"line {number}: {in_words(error)}; {EXAMPLE}") from error


async def _answer(house: House, spoken: Spoken, run_id: str, number: int) -> dict[str, Any]:
    message = _message(house, spoken, run_id, number)
    return _as_json(spoken.conversation, await house.reception.receive(message, Door()))


def _message(house: House, spoken: Spoken, run_id: str, number: int) -> Message:
    """Make a message; each run of the command has conversations of its own."""
    key = ConversationKey(
        channel=spoken.channel, account=ACCOUNT, user=f"{run_id}-{spoken.conversation}"
    )
    return Message(
        id=MessageId(f"{key.id}/{number}"),
        conversation=key,
        kind=MessageKind.TEXT,
        text=spoken.text,
        sent_at=house.clock.now(),
    )


def _as_json(conversation: str, reply: Reply) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "intent": reply.intent,
        "aspect": reply.aspect,
        "outcome": reply.outcome,
        "parts": [_part(part, care=reply.care) for part in reply.parts],
    }


def _part(part: Part, *, care: bool) -> dict[str, Any]:
    if isinstance(part, Choices):
        return {"kind": "choices", "choices": [option.label for option in part.options]}
    return {"kind": "say", "text": part.plain if care else part.full}
