"""The state of an application, for who knows its number and a second factor."""

from dataclasses import replace

from data.civic.ids import IntentId
from data.civic.knowing.cases import CaseState
from data.civic.labels import Outcome
from data.civic.talk.conversations import TalkOf, Topic
from data.civic.talk.messages import Reply, Turn
from handlers.acts.look_up_case import look_up
from handlers.case_words import FOUND, in_words
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, say

CASE_STATUS = IntentId("case_status")

desk = Desk(
    "cases",
    words={
        "case_unknown": ("hotline",),
        "case_due": ("due",),
        **{f"case_{state.value}": FOUND for state in CaseState},
    },
)


@desk.on("case_status", needs=("case_number", "last_four"))
async def tell_status(turn: Turn, office: Office) -> Reply:
    """Tell the state; a wrong pair and an unknown number get the very same answer."""
    case = await look_up(
        office,
        turn.conversation.key,
        number=turn.answers["case_number"],
        last_four=turn.answers["last_four"],
    )
    if case is None:
        words = say(turn.release, "case_unknown", hotline=turn.release.rules.hotline)
        return replace(reply(turn, Outcome.REFUSED, words), intent=CASE_STATUS)
    words = in_words(turn.release, case)
    moves = (TalkOf(topic=Topic(intent=CASE_STATUS)),)
    return replace(reply(turn, Outcome.ANSWERED, words), intent=CASE_STATUS, moves=moves)
