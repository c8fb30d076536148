"""Subscription messages: to those who have allowed it, as often as they have, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from bot.channels.alert_templates import TemplateWay, TemplateWays
from bot.channels.calling import NothingSent, patiently
from bot.channels.messengers import Needs, Outgoing, few_at_once
from data.civic.errors import BadInput, PlatformRefused, PlatformUnavailable
from data.civic.ids import ConversationId
from data.civic.ports import Clock, Dice
from data.civic.sending.batches import Sent
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import Reaction, reaction
from data.civic.sending.rows import Ending, Rung
from data.store.subscriptions import Subscriptions, Taken

AT_ONCE = 20
"""How many calls of a batch are under way side by side."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionMessenger:
    """Sends warnings by the templates of WeChat and Alipay."""

    ways: TemplateWays
    ledger: Subscriptions
    clock: Clock
    dice: Dice
    rung: Rung = Rung.SUBSCRIPTION
    needs: Needs = Needs.CONVERSATION
    batch: int = 80
    told: set[str] = field(default_factory=set)
    """What staff have been told of, so that the same fault of a thousand people is told once."""

    @property
    def per_second(self) -> int | None:
        """Tell how many messages a second are sent: as many as the slowest account sends."""
        return min((way.template.per_second for way in self.ways.values()), default=None)

    async def send(self, batch: Sequence[Outgoing]) -> Sequence[Sent]:
        """Send a batch, some side by side."""
        return await few_at_once(AT_ONCE, self._one, batch)

    async def _one(self, one: Outgoing) -> Sent:
        if one.conversation is None:
            return one.ended(Ending.REFUSED, error=WhyNot.NO_CONVERSATION)
        account, _, citizen = one.conversation.rpartition("/")
        way = self.ways.get(account)
        if way is None:
            return one.ended(Ending.REFUSED, error=WhyNot.NO_TEMPLATE)
        if one.drill and not way.for_drills:
            return one.ended(Ending.REFUSED, error=WhyNot.DRILL)
        try:
            fields = way.fit({k: one.fields.get(v, "") for k, v in way.template.fields.items()})
        except BadInput as error:
            return self._wrong(one, f"{WhyNot.BAD_FIELD} {error}")
        taken = await self.ledger.spend(one.conversation, way.template.id, self.clock.now())
        if isinstance(taken, WhyNot):
            return one.ended(Ending.REFUSED, error=taken)
        return await self._sent(one, way, citizen, fields, taken)

    async def _sent(
        self, one: Outgoing, way: TemplateWay, citizen: str, fields: dict[str, str], taken: Taken
    ) -> Sent:
        template, conversation = way.template, taken.conversation
        page = f"{template.page}?id={one.informing}"

        async def call() -> None:
            await way.send(citizen, template=template.id, page=page, fields=fields)

        try:
            await patiently(call, self.dice)
        except NothingSent:
            await self.ledger.give_back(conversation, template.id)
            return one.ended(Ending.BUSY, error=WhyNot.BUSY)
        except PlatformUnavailable:
            return one.ended(Ending.UNKNOWN, error=WhyNot.NO_ANSWER)
        except PlatformRefused as error:
            return await self._refused(one, way, conversation, error)
        if taken.on_trial:
            await self.ledger.uphold(conversation, template.id)
        return one.ended(Ending.ACCEPTED)

    async def _refused(
        self, one: Outgoing, way: TemplateWay, conversation: ConversationId, error: PlatformRefused
    ) -> Sent:
        """Write what a refusal means into the ledger; a fault of ours is told to staff."""
        what = reaction(way.codes, error.code)
        if what is Reaction.UNSUBSCRIBED:
            await self.ledger.deny(conversation, way.template.id, self.clock.now())
            return one.ended(Ending.REFUSED, error=error.code)
        await self.ledger.give_back(conversation, way.template.id)
        if what is Reaction.TELL_STAFF:
            return self._wrong(one, str(error))
        return one.ended(Ending.REFUSED, error=error.code)

    def _wrong(self, one: Outgoing, what: str) -> Sent:
        """Refuse what is wrong for everybody alike."""
        if what not in self.told:
            self.told.add(what)
            log.error("template refused", informing=one.informing, why=what)
        return one.ended(Ending.REFUSED, error=what)
