"""What citizens answer to a warning: it has arrived, they are safe, they will not leave."""

from data.civic.sending.rows import Said
from data.civic.talk.messages import Reply, Turn
from handlers import answer_words, family, received, taking_back, warning_words
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.here import here
from handlers.office import Office

desk = Desk("warning_answers")


@desk.on("warning_ack")
async def take_received(turn: Turn, office: Office) -> Reply:
    """Confirm the warning that was sent."""
    return await _take(turn, office, Said.RECEIVED)


@desk.on("safe_report")
async def take_safe(turn: Turn, office: Office) -> Reply:
    """Write down that a household is safe."""
    return await _take(turn, office, Said.SAFE)


@desk.on("move_refuse")
async def take_refusal(turn: Turn, office: Office) -> Reply:
    """Have the grid worker visit somebody who will not leave."""
    return await _take(turn, office, Said.STAYS)


async def _take(turn: Turn, office: Office, said: Said) -> Reply:
    """Write it down; for whoever was sent nothing, say what holds here, and what can be done."""
    found = await family.picked(turn, office, said) or await received.heard(turn, office, said)
    if found is not None:
        return found
    if answer_words.unsafe(turn.release.rules.replies, turn.message.text):
        return await taking_back.not_safe(turn, office)
    told, place = known(turn), await here(turn, office)
    must = warning_words.must_know(turn.release, place.in_force)
    return answered(turn, told, *must, told.words)
