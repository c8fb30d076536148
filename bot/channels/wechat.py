"""The door for WeChat: `/wechat/{account}`; a mini-program is pushed events of subscriptions."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog
from aiohttp import web

from bot.accounts import Accounts, WeChatService
from bot.channels.bodies import read_body
from bot.channels.rendering import parts
from bot.channels.wechat_crypto import encrypt
from bot.channels.wechat_events import Change, changes_of
from bot.channels.wechat_message import message_of
from bot.channels.wechat_push import Freshness, Push, echo, open_push
from bot.channels.wechat_xml import text_reply
from bot.errors import status_of
from data.civic.errors import BadInput, BianminError, NotFound, Unavailable
from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.ports import Clock
from data.civic.sending.subscriptions import TemplateKind
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message, Reply

log = structlog.get_logger(__name__)

GRACE_S = 0.9
"""Seconds past its own limit after which the reception is no longer waited for."""


class Reception(Protocol):
    """Takes messages in and has them answered."""

    async def receive_within(self, message: Message, *, seconds: float) -> Reply | None:
        """Answer within `seconds`; None: it is claimed, and the answer comes by the outbox.

        Raises:
            BianminError: the message was not claimed.
        """
        ...

    async def say_later(self, message: Message, texts: tuple[str, ...]) -> None:
        """Put further texts of the answer into the outbox, in order. Idempotent by message."""
        ...


class Render(Protocol):
    """Writes a reply as text."""

    def __call__(self, reply: Reply, *, care: bool) -> str:
        """Write it; empty: nothing is to be said."""
        ...


class Ledger(Protocol):
    """Keeps what citizens allow by templates."""

    async def __call__(
        self, conversation: ConversationId, kind: TemplateKind, changes: tuple[Change, ...]
    ) -> None:
        """Write what an event tells. Idempotent."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChatDoor:
    """Takes WeChat's pushes and answers within the five seconds that WeChat waits.

    Source: WeChat, passive replies, read 2026-11-21.
    """

    accounts: Accounts
    reception: Reception
    clock: Clock
    render: Render
    apology: Callable[[], str]
    """What is said when the message could not be taken in; it names a telephone."""
    ledger: Ledger | None = None
    """Where subscriptions are kept; None: their events are only acknowledged."""
    window_s: float = 600
    budget_s: float = 3.5

    async def get(self, request: web.Request) -> web.Response:
        """Prove to WeChat that the address is ours."""
        try:
            account = self.accounts.pushed(request.match_info["account"])
            return web.Response(text=echo(account, request.query, self._fresh()))
        except (BadInput, NotFound) as error:
            return _refusal(error)

    async def post(self, request: web.Request) -> web.Response:
        """Take a push, and answer it in the response if the answer is ready in time."""
        deadline = asyncio.get_running_loop().time() + self.budget_s
        try:
            account = self.accounts.pushed(request.match_info["account"])
            async with asyncio.timeout_at(deadline):
                body = await read_body(request)
            push = open_push(account, request.query, body, self._fresh())
            if (changes := changes_of(push)) is not None:
                await self._note(push, changes)
                return web.Response(text="success")
            message = _message_of(push)
        except (BadInput, NotFound, Unavailable) as error:
            return _refusal(error)
        except TimeoutError:
            return web.Response(status=408, text="the body came too slowly")
        text = await self._answer(message, deadline) if message else ""
        return self._reply(push, text) if text else web.Response(text="success")

    async def _note(self, push: Push, changes: tuple[Change, ...]) -> None:
        """Write an event of our own template into the ledger."""
        account, template = push.account, push.account.alert_template
        ours = tuple(one for one in changes if template and one.template == template.id)
        if self.ledger is None or template is None or not ours:
            return
        service = isinstance(account, WeChatService)
        channel = Channel.WECHAT if service else Channel.WECHAT_MINI
        citizen = push.fields.get("FromUserName", "")
        key = ConversationKey(channel=channel, account=account.name, user=citizen)
        await self.ledger(key.id, template.kind, ours)

    async def _answer(self, message: Message, deadline: float) -> str:
        """Have the message answered; what is too long for one text goes to the outbox.

        A message that was not claimed is never acknowledged with `success`: whoever sent it
        reads the apology, and may ask again.
        """
        seconds = max(0.0, deadline - asyncio.get_running_loop().time())
        try:
            async with asyncio.timeout_at(deadline + GRACE_S):
                reply = await self.reception.receive_within(message, seconds=seconds)
                if reply is None:
                    return ""
                first, *rest = parts(self.render(reply, care=reply.care)) or ("",)
                if rest:
                    await self.reception.say_later(message, tuple(rest))
                return first
        except (BianminError, TimeoutError) as error:
            account = message.conversation.account
            log.warning("push_not_taken", account=account, error=type(error).__name__)
            return self.apology()

    def _reply(self, push: Push, text: str) -> web.Response:
        now = self.clock.now()
        account, citizen = push.account, push.fields["FromUserName"]
        xml = text_reply(text, sender=account.original_id, to=citizen, at=now)
        if account.mode == "safe":
            xml = encrypt(xml, account, nonce=push.nonce, timestamp=int(now.timestamp()))
        return web.Response(text=xml, content_type="application/xml")

    def _fresh(self) -> Freshness:
        return Freshness(now=self.clock.now(), window=timedelta(seconds=self.window_s))


def _message_of(push: Push) -> Message | None:
    """Read what a citizen said to a service account, as `message_of`.

    Raises:
        NotFound: it was said to a mini-program: WeChat tells the citizen that nobody is there.
    """
    if not isinstance(push.account, WeChatService):
        raise NotFound("this mini-program is pushed events of subscriptions alone")
    return message_of(push)


def _refusal(error: BianminError) -> web.Response:
    """Tell WeChat's server in plain text; there is no page behind it."""
    return web.Response(status=status_of(error), text=str(error))
