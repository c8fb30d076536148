"""Subscriptions: what each person allows by each template; spent by one sender at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import ASCENDING, IndexModel

from data.civic.ids import ConversationId
from data.civic.sending import subscriptions as ledger
from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import (
    Answered,
    Standing,
    Subscription,
    TemplateKind,
    subscription_id,
)
from data.store.collection import Document
from data.store.mongo import Database
from data.store.records import read
from data.store.versioned import Versioned

COLLECTION = "subscriptions"
INDEXES = (IndexModel([("purge_at", ASCENDING)], name="purge", expireAfterSeconds=0),)
KEPT = timedelta(days=180)
"""How long it is remembered that somebody has said no."""
MOST = 100
"""Templates of one person."""

_USED = {"$cond": [{"$eq": ["$kind", TemplateKind.ONE_TIME.value]}, 1, 0]}
_TAKEN = [
    {
        "$set": {
            "left": {"$subtract": ["$left", _USED]},
            "version": {"$add": ["$version", _USED]},
        }
    }
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One message that may be sent."""

    conversation: ConversationId
    on_trial: bool = False
    """The platform has denied the subscription before: it is to be said when it takes this one."""


class Subscriptions(Versioned[Subscription]):
    """The ledger of all persons."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, COLLECTION, Subscription)

    async def answer(
        self, conversation: ConversationId, kind: TemplateKind, answer: Answered
    ) -> Subscription:
        """Take down what somebody has answered. Idempotent by the key of the answer."""
        new = ledger.asked(conversation, kind, answer)
        standing = await self.add(new)
        if standing is new:
            return new
        return await self.change(new.id, lambda one: ledger.answered(one, answer))

    async def spend(
        self, conversation: ConversationId, template: str, at: datetime
    ) -> Taken | WhyNot:
        """Take one message, or tell why not.

        However many spend at once, as many take one as are left.
        """
        named = subscription_id(conversation, template)
        if await self._collection.take({"_id": named, **_ACCEPTED}, _TAKEN):
            return Taken(conversation=conversation)
        standing = await self.get(named)
        why = ledger.why_not(standing, at)
        if why is None and standing is not None and standing.standing is Standing.DOUBTED:
            return Taken(conversation=conversation, on_trial=True)
        return why or WhyNot.SPENT

    async def give_back(self, conversation: ConversationId, template: str) -> None:
        """Put back what was spent on a message that the platform surely has not taken."""
        await self.change(subscription_id(conversation, template), ledger.given_back)

    async def deny(self, conversation: ConversationId, template: str, at: datetime) -> None:
        """Note that the platform knows of no subscription."""
        named = subscription_id(conversation, template)
        await self.change(named, lambda one: ledger.denied(one, at))

    async def uphold(self, conversation: ConversationId, template: str) -> None:
        """Note that the platform has taken a message: it is doubted no more."""
        named = subscription_id(conversation, template)
        await self.change(named, ledger.confirmed)

    async def of(self, conversation: ConversationId) -> list[Subscription]:
        """List what one person allows."""
        ids = {"$gte": f"{conversation}/", "$lt": f"{conversation}0"}
        found = await self._collection.find({"_id": ids}, sort=[("_id", 1)], limit=MOST)
        return [read(Subscription, one) for one in found]

    def _searched(self, record: Subscription) -> Document:
        """Tell the day on which a no is forgotten; a yes is never."""
        over = record.standing in (Standing.DECLINED, Standing.ENDED)
        return {"purge_at": record.since + KEPT} if over else {}


_ACCEPTED = {
    "standing": Standing.ACCEPTED.value,
    "$or": [{"kind": TemplateKind.LONG_TERM.value}, {"left": {"$gt": 0}}],
}
