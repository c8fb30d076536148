"""What a citizen had asked, when he now says "no use", "1" or "a human, please"."""

from collections.abc import Sequence

from data.civic.labels import Outcome
from data.civic.talk.conversations import FORGET_AFTER
from data.civic.talk.messages import Turn
from data.store.messages import Line
from handlers import odd
from handlers.acts.keep_question import Asked
from handlers.office import Office

LOOKED_BACK = 6
"""So many lines before are looked through for the question."""


async def said_before(turn: Turn, office: Office) -> list[Line]:
    """List what the citizen said lately and was answered by the assistant, the newest last."""
    key, now = turn.conversation.key.id, turn.message.sent_at
    lines = await office.stores.messages.history(key, before=None, limit=LOOKED_BACK)
    answered = [one for one in lines if one.staff is None and one.reply is not None and one.text]
    return [one for one in answered if now - one.at < FORGET_AFTER]


def complains(turn: Turn, text: str) -> bool:
    """Say whether a text says that the answer before it did not help."""
    return odd.says(turn.release.rules.replies.useless, text)


def question_in(turn: Turn, said: Sequence[Line]) -> Asked | None:
    """Find the newest question and what was answered to it; None when nothing was asked.

    Who picked from choices, or filled in a form, had asked before them.
    """
    asked = [one for one in said if not complains(turn, one.text)]
    if not asked:
        return None
    last = len(asked) - 1
    while last > 0 and _was_asking(asked[last - 1]):
        last -= 1
    return Asked(text=asked[last].text, reply=asked[-1].reply)


def _was_asking(line: Line) -> bool:
    return line.reply is not None and line.reply.outcome is Outcome.CLARIFYING
