"""The ledger of subscriptions: how often a person lets us send by a template, and why not.

One-time: each yes is one message, and does not lapse. Long-term: one yes is many messages.

Source: WeChat, subscription messages (once and long-term, error 43101), and Alipay,
my.requestSubscribeMessage, read 2026-11-21.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from data.civic.ids import ConversationId
from data.civic.sending.refusals import WhyNot

DOUBTED_FOR = timedelta(minutes=10)
"""How long nothing is sent after a platform has denied a long-term subscription.

In mass sending it has denied standing ones for a while; the person is told by the next way then.
"""
REMEMBERED = 20
"""Events whose keys are kept, so that one that is told again is not counted again."""
MOST = 1_000
"""More yeses than anybody gives."""


class TemplateKind(StrEnum):
    """How much one yes allows."""

    ONE_TIME = "one_time"
    LONG_TERM = "long_term"


class Standing(StrEnum):
    """How the person, and the platform, have answered last."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    DOUBTED = "doubted"
    """The platform has denied a long-term subscription once."""
    ENDED = "ended"
    """The platform has denied it for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What one person allows by one template."""

    conversation: ConversationId
    template: str
    kind: TemplateKind
    standing: Standing
    left: int = 0
    """Messages that may still be sent, of a one-time template."""
    since: datetime
    """When the newest answer of the person was given."""
    doubted_at: datetime | None = None
    events: tuple[str, ...] = ()
    """The newest events that were counted, by their keys."""
    version: int = 0

    @property
    def id(self) -> str:
        """Name it by person and template."""
        return subscription_id(self.conversation, self.template)


def subscription_id(conversation: ConversationId, template: str) -> str:
    """Name the subscription of a person to a template."""
    return f"{conversation}/{template}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A person's answer to the question whether we may send by a template."""

    template: str
    yes: bool
    key: str
    """By which one event is told from another: the same key is the same answer."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The platform's word that a message was not delivered, for there is no subscription."""

    template: str
    at: datetime


def asked(conversation: ConversationId, kind: TemplateKind, answer: Answered) -> Subscription:
    """Begin the ledger of somebody who has been asked for the first time."""
    new = Subscription(
        conversation=conversation,
        template=answer.template,
        kind=kind,
        standing=Standing.DECLINED,
        since=answer.at,
    )
    return replace(answered(new, answer), version=0)


def answered(subscription: Subscription, answer: Answered) -> Subscription:
    """Take an answer down; one that is told again, or came late, changes nothing."""
    if answer.key in subscription.events or answer.at < subscription.since:
        return subscription
    kept = replace(
        subscription,
        since=answer.at,
        doubted_at=None,
        events=(*subscription.events, answer.key)[-REMEMBERED:],
        version=subscription.version + 1,
    )
    if not answer.yes:
        return replace(kept, standing=Standing.DECLINED, left=0)
    return replace(kept, standing=Standing.ACCEPTED, left=min(kept.left + 1, MOST))


def spent(subscription: Subscription) -> Subscription:
    """Take one message from it; a long-term one is not used up."""
    if subscription.kind is TemplateKind.LONG_TERM:
        return subscription
    left = max(0, subscription.left - 1)
    return replace(subscription, left=left, version=subscription.version + 1)


def given_back(subscription: Subscription) -> Subscription:
    """Put back what was taken for a message that the platform surely has not taken."""
    if subscription.kind is TemplateKind.LONG_TERM or subscription.standing is not (
        Standing.ACCEPTED
    ):
        return subscription
    left = min(subscription.left + 1, MOST)
    return replace(subscription, left=left, version=subscription.version + 1)


def denied(subscription: Subscription, at: datetime) -> Subscription:
    """Note that the platform knows of no subscription (43101).

    A one-time one is over. A long-term one is doubted, and over when it is denied again later.
    """
    again = subscription.doubted_at is not None and at - subscription.doubted_at >= DOUBTED_FOR
    if subscription.standing is Standing.DOUBTED and not again:
        return subscription
    moved = replace(subscription, left=0, version=subscription.version + 1)
    if subscription.kind is TemplateKind.ONE_TIME or again:
        return replace(moved, standing=Standing.ENDED)
    return replace(moved, standing=Standing.DOUBTED, doubted_at=at)


def confirmed(subscription: Subscription) -> Subscription:
    """Note that the platform has taken a message after all: no doubt any more."""
    if subscription.standing is not Standing.DOUBTED:
        return subscription
    return replace(
        subscription,
        standing=Standing.ACCEPTED,
        doubted_at=None,
        version=subscription.version + 1,
    )


def why_not(subscription: Subscription | None, at: datetime) -> WhyNot | None:
    """Tell why nothing may be sent; None: a message may be sent."""
    if subscription is None:
        return WhyNot.NEVER_ASKED
    match subscription.standing:
        case Standing.DECLINED:
            return WhyNot.DECLINED
        case Standing.ENDED:
            return WhyNot.ENDED
        case Standing.DOUBTED:
            rests = subscription.doubted_at and at - subscription.doubted_at < DOUBTED_FOR
            return WhyNot.DOUBTED if rests else None
        case Standing.ACCEPTED:
            used_up = subscription.kind is TemplateKind.ONE_TIME and subscription.left <= 0
            return WhyNot.SPENT if used_up else None
