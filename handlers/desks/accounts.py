"""What the citizen sets for himself: large, slow and simple answers."""

from dataclasses import replace

from data.civic.labels import Outcome
from data.civic.talk.conversations import Care
from data.civic.talk.messages import Reply, Turn
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, say

desk = Desk("accounts", words={"care_on": ("hotline",), "care_off": ()})


@desk.on("elderly_mode")
async def switch_care(turn: Turn, office: Office) -> Reply:
    """Turn care mode on; or off, when the words ask for that."""
    off = turn.conversation.care and any(
        word in turn.understanding.text for word in turn.release.rules.replies.care_off
    )
    key, values = ("care_off", {}) if off else ("care_on", {"hotline": turn.release.rules.hotline})
    words = say(turn.release, key, **values)
    return replace(reply(turn, Outcome.ANSWERED, words), moves=(Care(on=not off),))
