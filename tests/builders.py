"""Builders: what a test needs, said in the words the test is about."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from bot.clock import SystemClock, SystemDice, SystemIds
from bot.signing import HouseSeal
from data.civic.calendar import BEIJING
from data.civic.ids import MessageId
from data.civic.labels import Channel, Outcome
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.messages import Message, MessageKind, Reply, Say

T = TypeVar("T")

HOUSE_KEY = b"a key of thirty-two bytes, tests"


def clock(*, shift: timedelta = timedelta()) -> SystemClock:
    """The machine's clock: the database's own clock, for leases and purges, runs beside it."""
    return SystemClock(shift)


def ids() -> SystemIds:
    return SystemIds()


def dice() -> SystemDice:
    return SystemDice()


def seal() -> HouseSeal:
    return HouseSeal(HOUSE_KEY)


class Loaded:
    """Dice that always fall on the low side, and on the first option."""

    def uniform(self, low: float, high: float) -> float:
        return min(low, high)

    def choice(self, options: Sequence[T]) -> T:
        return options[0]


def now() -> datetime:
    """The present, as the store keeps it: to the millisecond."""
    moment = clock().now()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def next_morning() -> datetime:
    """The next eight o'clock in the county, at most a day ahead."""
    ahead = now().astimezone(BEIJING) + timedelta(hours=16)
    return ahead.replace(hour=8, minute=0, second=0, microsecond=0)


def citizen(
    user: str = "openid-1", *, channel: Channel = Channel.TERMINAL, account: str = "county"
) -> ConversationKey:
    return ConversationKey(channel=channel, account=account, user=user)


def message(
    text: str = "护照怎么办",
    *,
    key: str = "m1",
    by: ConversationKey | None = None,
    kind: MessageKind = MessageKind.TEXT,
    sent_at: datetime | None = None,
) -> Message:
    conversation = by or citizen()
    return Message(
        id=MessageId(f"{conversation.id}/{key}"),
        conversation=conversation,
        kind=kind,
        text=text,
        sent_at=sent_at or now(),
    )


def reply(text: str = "您好。", *, outcome: Outcome = Outcome.ANSWERED) -> Reply:
    return Reply(parts=(Say(full=text, plain=text, spoken=text),), outcome=outcome)
