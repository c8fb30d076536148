"""Count how turns end, so that a release that answers worse than the one before is noticed."""

from collections import Counter
from datetime import datetime

from data.civic.ids import ConversationId
from data.civic.knowing.watching import bucket
from data.civic.labels import Channel, Outcome
from data.civic.talk.conversations import Await
from data.civic.talk.messages import Message, Reply
from handlers.clarifying import CLARIFY
from handlers.office import Office

MOST_OF_ONE = 3
"""So many turns of one conversation count in ten minutes: nobody alone brings a release down."""

BADLY = frozenset({Outcome.REFUSED, Outcome.FAILED, Outcome.HANDED_OVER})


class Tallying:
    """Counts the turns of this process's doors under the release that answered them."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._heard: Counter[ConversationId] = Counter()

    def note(self, message: Message, reply: Reply, office: Office) -> None:
        """Count a turn of a citizen; silence is no answer, and the terminal no citizen."""
        if message.channel is Channel.TERMINAL or reply.outcome is Outcome.SILENT:
            return
        now = office.clock.now()
        if self._may_count(message.conversation.id, bucket(now)):
            office.stores.outcomes.count(office.release.id, badly=answered_badly(reply), at=now)

    def _may_count(self, conversation: ConversationId, since: datetime) -> bool:
        if since != self._since:
            self._since, self._heard = since, Counter()
        self._heard[conversation] += 1
        return self._heard[conversation] <= MOST_OF_ONE


def answered_badly(reply: Reply) -> bool:
    """Say whether a question got no answer: refused, failed, handed over, or not understood."""
    asked_back = any(
        isinstance(move, Await) and move.awaited.slot == CLARIFY for move in reply.moves
    )
    return asked_back or reply.outcome in BADLY
