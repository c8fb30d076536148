"""What is said of the platform's own subscription: whether a message may come, and why not."""

from collections.abc import Mapping

from data.civic.sending.refusals import WhyNot
from data.civic.sending.subscriptions import why_not
from data.civic.talk.messages import Say, Turn
from handlers.office import Office
from handlers.wording import say

TOLD = (
    WhyNot.NEVER_ASKED,
    WhyNot.DECLINED,
    WhyNot.SPENT,
    WhyNot.DOUBTED,
    WhyNot.ENDED,
)

WORDS: Mapping[str, tuple[str, ...]] = {
    "following_allowed": ("hotline",),
    **{f"following_why_{one}": ("hotline",) for one in TOLD},
}


async def platform(turn: Turn, office: Office) -> tuple[Say, ...]:
    """Say whether the platform lets a message through to this citizen, and else what to do."""
    ledger = await office.stores.subscriptions.of(turn.conversation.key.id)
    now = office.clock.now()
    reasons = [why_not(one, now) for one in ledger] or [WhyNot.NEVER_ASKED]
    why = None if None in reasons else reasons[0]
    key = "following_allowed" if why is None else f"following_why_{why}"
    return (say(turn.release, key, hotline=turn.release.rules.hotline),)
