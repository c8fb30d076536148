"""Intents that always say the same: small talk, knowledge for emergencies, where to look up."""

from data.civic.ids import IntentId
from data.civic.labels import Kind, Outcome
from data.civic.talk.messages import Reply, Turn
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.office import Office

desk = Desk("fixed")

OUTCOMES = {Kind.STATUS: Outcome.SIGNPOSTED}
"""A status that we cannot look up ourselves is a signpost; everything else is an answer."""


@desk.on_kind(Kind.TALK)
@desk.on_kind(Kind.ACCOUNT)
@desk.on_kind(Kind.EMERGENCY)
@desk.on_kind(Kind.STATUS)
async def answer_fixed(turn: Turn, office: Office) -> Reply:
    """Say the intent's fixed answer and offer its choices."""
    kind = turn.release.intents[turn.understanding.intent or IntentId("")].kind
    outcome = OUTCOMES.get(kind, Outcome.ANSWERED)
    return answered(turn, known(turn), outcome=outcome)
