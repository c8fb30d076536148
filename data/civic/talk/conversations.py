"""A conversation's bounded memory, and the moves that change it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ConversationId, IntentId, StaffId
from data.civic.labels import Aspect, Channel

FORGET_AFTER = timedelta(hours=2)
"""After so long a silence the topic and the awaited answer are forgotten."""

ANSWERS_KEPT = 12
"""How many answers of a bundle or form are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationKey:
    """Who speaks to us where: one citizen in one app of one platform."""

    channel: Channel
    account: str
    user: str
    """What the platform calls the citizen: an openid, never a name."""

    @property
    def id(self) -> ConversationId:
        """Write it as `channel/account/user`."""
        return ConversationId(f"{self.channel}/{self.account}/{self.user}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to pick: what it shows, and what picking it means."""

    label: str
    intent: IntentId | None = None
    aspect: Aspect | None = None
    value: str = ""
    """For the desk that asked; empty when the label itself is sent on as a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What the assistant has asked for and waits to hear."""

    intent: IntentId
    """The intent that asked and that is given the answer."""
    slot: str
    """What is asked for: the name of a slot or of a question."""
    options: tuple[Option, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    """What was answered before in the same form: (slot, value), newest last."""
    tries: int = 0
    """How often it was asked in vain."""

    def answer(self, slot: str) -> str | None:
        """Tell what was answered for `slot`."""
        return dict(self.answers).get(slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What is being talked about, so that "多久？" has a meaning."""

    intent: IntentId
    situation: str | None = None


class Attention(StrEnum):
    """Who answers: the assistant, or a human."""

    ASSISTANT = "assistant"
    WAITING = "waiting"
    """The citizen asked for a human and waits."""
    HUMAN = "human"
    """A member of staff has claimed the conversation; the assistant is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What is remembered of a conversation; `version` counts its changes."""

    key: ConversationKey
    version: int = 0
    topic: Topic | None = None
    awaited: Awaited | None = None
    area: AreaCode | None = None
    """Where the citizen is or lives, as far as it was said as such."""
    asked_in: AreaCode | None = None
    """The place that was named for the matter at hand alone; it is forgotten with the matter."""
    care: bool = False
    attention: Attention = Attention.ASSISTANT
    attention_since: datetime | None = None
    claimed_by: StaffId | None = None
    meant_for: str = ""
    """For whom a colleague has put the citizen back in the line: an id of staff, a department."""
    remark: str = field(default="", repr=False)
    """What that colleague said about it, masked."""
    last_question: str = ""
    """The newest question in masked words: what staff see of a waiting citizen."""
    last_at: datetime | None = None

    def fresh(self, now: datetime) -> "Conversation":
        """Forget what is too old to be meant: the topic and what was asked."""
        if self.last_at is None or now - self.last_at < FORGET_AFTER:
            return self
        return replace(self, topic=None, awaited=None, asked_in=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Await:
    """Wait for an answer."""

    awaited: Awaited


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkOf:
    """Remember what is talked about."""

    topic: Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Keep what is awaited although something else was answered in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveIn:
    """Remember the citizen's place."""

    area: AreaCode


@dataclass(frozen=True, slots=True, kw_only=True)
class AskIn:
    """Remember the place of the matter at hand; nobody need live there."""

    area: AreaCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Speak plainly and large from now on, or no longer."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallHuman:
    """Put the citizen in the line for a human."""

    question: str


Move = Await | TalkOf | Stay | LiveIn | AskIn | Care | CallHuman


def moved(conversation: Conversation, moves: tuple[Move, ...], now: datetime) -> Conversation:
    """Carry out `moves`: what was awaited, and where, is over unless a move says otherwise."""
    stays = any(isinstance(m, Stay) for m in moves)
    kept, place = (conversation.awaited, conversation.asked_in) if stays else (None, None)
    after = replace(conversation, awaited=kept, asked_in=place, last_at=now)
    after = replace(after, version=conversation.version + 1)
    for move in moves:
        after = _one(after, move, now)
    return after


def _one(conversation: Conversation, move: Move, now: datetime) -> Conversation:
    match move:
        case Await(awaited=awaited):
            return replace(
                conversation,
                awaited=replace(awaited, answers=awaited.answers[-ANSWERS_KEPT:]),
            )
        case TalkOf(topic=topic):
            return replace(conversation, topic=topic)
        case Stay():
            return conversation
        case LiveIn() | AskIn():
            return _placed(conversation, move)
        case Care(on=on):
            return replace(conversation, care=on)
        case CallHuman(question=question):
            return wait_for_human(conversation, question, now)
        case _:
            assert_never(move)


def _placed(conversation: Conversation, move: LiveIn | AskIn) -> Conversation:
    """Remember a place as the citizen's own, or as that of the matter."""
    if isinstance(move, AskIn):
        return replace(conversation, asked_in=move.area)
    return replace(conversation, area=move.area)


def wait_for_human(conversation: Conversation, question: str, now: datetime) -> Conversation:
    """Put the citizen in the line; who already waits or is served keeps the place."""
    if conversation.attention is not Attention.ASSISTANT:
        return conversation
    return replace(
        conversation,
        attention=Attention.WAITING,
        attention_since=now,
        last_question=question,
    )


def claim(conversation: Conversation, by: StaffId, now: datetime) -> Conversation:
    """Let a member of staff take the conversation.

    Raises:
        Conflict: nobody waits there, or a colleague has it.
    """
    if conversation.attention is Attention.HUMAN and conversation.claimed_by == by:
        return conversation
    if conversation.attention is not Attention.WAITING:
        raise Conflict("this conversation does not wait for a human: reload")
    return replace(
        conversation,
        attention=Attention.HUMAN,
        attention_since=now,
        claimed_by=by,
        meant_for="",
        version=conversation.version + 1,
    )


def hand_on(conversation: Conversation, by: StaffId, *, to: str, remark: str) -> Conversation:
    """Put the citizen back in the line, meant `to` a colleague or department, or to anybody.

    The place in the line is that of the last words of staff: who hands on sends nobody to its end.

    Raises:
        Conflict: the conversation is not held by `by`.
    """
    if conversation.claimed_by != by:
        raise Conflict("this conversation is not yours to hand on: reload")
    return replace(
        conversation,
        attention=Attention.WAITING,
        claimed_by=None,
        meant_for=to,
        remark=remark,
        version=conversation.version + 1,
    )


def take_over(conversation: Conversation, by: StaffId, now: datetime) -> Conversation:
    """Let another member of staff hold the conversation from now on.

    Raises:
        Conflict: nobody holds it.
    """
    if conversation.attention is not Attention.HUMAN:
        raise Conflict("nobody holds this conversation: reload")
    if conversation.claimed_by == by:
        return conversation
    return replace(
        conversation, claimed_by=by, attention_since=now, version=conversation.version + 1
    )


def spoke(conversation: Conversation, by: StaffId, now: datetime) -> Conversation:
    """Note that staff have said something: the assistant stays silent for longer.

    Raises:
        Conflict: the conversation is not held by `by`.
    """
    if conversation.claimed_by != by:
        raise Conflict("this conversation is not yours to answer: reload")
    return replace(conversation, attention_since=now, version=conversation.version + 1)


def give_back(conversation: Conversation, by: StaffId, now: datetime) -> Conversation:
    """Let the assistant answer again.

    Raises:
        Conflict: the conversation is not held by `by`.
    """
    if conversation.claimed_by != by:
        raise Conflict("this conversation is not yours to give back: reload")
    return replace(
        conversation,
        attention=Attention.ASSISTANT,
        attention_since=now,
        claimed_by=None,
        remark="",
        version=conversation.version + 1,
    )
