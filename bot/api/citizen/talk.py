"""Messages: say something and be answered; read what was said."""

import asyncio
from datetime import datetime
from typing import Annotated

from aiohttp import web
from pydantic import AwareDatetime, Field

from bot.api.bodies import read_json, read_query
from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import (
    LineOut,
    LinesOut,
    MessageOut,
    NewMessage,
    SourceOut,
    Wire,
    parts_of,
)
from bot.doors import HOUSE
from data.civic.errors import Unavailable
from data.civic.ids import AreaCode, MessageId
from data.civic.talk.messages import Message, MessageKind, Reply
from data.store.messages import Line

WAIT_S = 3.5
"""How long a page waits for an answer, its session included, before it is told to ask again."""

routes = Routes()


class Page(Wire):
    """Which part of the history."""

    before: AwareDatetime | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 30


@routes.on(
    "POST /messages",
    summary="Say something and be answered",
    body=NewMessage,
    answer=MessageOut,
)
async def say(request: web.Request) -> web.Response:
    """Answer a message; the same client_message_id again gets the same answer."""
    clock = asyncio.get_running_loop()
    deadline = clock.time() + WAIT_S
    session = await session_of(request)
    said = await read_json(request, NewMessage)
    house = request.app[HOUSE]
    message = Message(
        id=MessageId(f"{session.key.id}/{said.client_message_id}"),
        conversation=session.key,
        kind=MessageKind.TEXT,
        text=said.text,
        sent_at=house.clock.now(),
        care=said.care,
        place=AreaCode(said.place) if said.place else None,
    )
    left = max(0.0, deadline - clock.time())
    reply = await house.frontdesk.receive_within(message, seconds=left)
    if reply is None:
        raise Unavailable("still at work: send the same client_message_id again")
    return answer(_out(message, reply))


@routes.on("GET /messages", summary="Read what was said", query=Page, answer=LinesOut)
async def history(request: web.Request) -> web.Response:
    """List the newest lines of the conversation, in masked words."""
    session = await session_of(request)
    page = read_query(request, Page)
    lines = await request.app[HOUSE].stores.messages.history(
        session.key.id, before=page.before, limit=page.limit
    )
    return answer(LinesOut(lines=[out for line in lines for out in _lines(line)]))


def _out(message: Message, reply: Reply) -> MessageOut:
    source = reply.source
    return MessageOut(
        message_id=message.id,
        conversation=message.conversation.id,
        intent=reply.intent,
        aspect=reply.aspect,
        outcome=reply.outcome,
        parts=parts_of(reply),
        source=SourceOut(guide=source.guide, version=source.version, area=source.area)
        if source
        else None,
        care=reply.care,
    )


def _lines(line: Line) -> list[LineOut]:
    """Write a line of the log as what each side said."""
    if line.staff is not None:
        return [_line(line.at, "staff", line.text)]
    said = [_line(line.at, "citizen", line.text)] if line.text else []
    if line.reply is None or not line.reply.parts:
        return said
    parts = parts_of(line.reply)
    return [*said, LineOut(at=line.at, from_="assistant", text="", parts=parts)]


def _line(at: datetime, side: str, text: str) -> LineOut:
    return LineOut.model_validate({"at": at, "from_": side, "text": text})
