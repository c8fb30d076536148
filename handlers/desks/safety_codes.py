"""My safety code in the chat: its digits and where its picture is; for all of the family."""

from dataclasses import replace

from data.civic.labels import Outcome
from data.civic.talk.messages import Choices, Reply, Turn
from handlers.acts.my_code import my_codes
from handlers.code_words import WORDS, shown_words
from handlers.desk import Desk
from handlers.fixed_answers import known
from handlers.office import Office
from handlers.wording import reply

MOST = 5
"""Codes of one reply; the page shows all."""

desk = Desk("safety_codes", words=WORDS)


@desk.on("safety_code")
async def tell_my_code(turn: Turn, office: Office) -> Reply:
    """Tell the codes of who is registered here; a question about codes is answered as it was."""
    told = known(turn)
    found = () if told.topic else await my_codes(office, turn.conversation.key.id)
    words = [shown_words(turn.release, one) for one in found[:MOST]]
    made = reply(turn, Outcome.ANSWERED, *(words or [told.words]), Choices(options=told.options))
    return replace(made, moves=told.moves)
