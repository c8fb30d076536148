"""A life in danger: the emergency numbers first, then a case that staff must see."""

from dataclasses import replace

from data.civic.errors import BianminError
from data.civic.ids import IntentId
from data.civic.knowing.releases import Release
from data.civic.labels import Outcome
from data.civic.talk.messages import Reply, Say, Turn
from data.civic.talk.tickets import TicketKind
from handlers.acts.open_ticket import open_ticket
from handlers.desk import Desk
from handlers.office import Office
from handlers.wording import reply, say

NEED_HELP = IntentId("need_help")

desk = Desk(
    "danger",
    words={
        "danger_call": ("numbers",),
        "danger_recorded": ("number",),
        "danger_nobody_on_duty": (),
        "danger_not_recorded": (),
    },
)


def call_first(release: Release, rule: str) -> Say:
    """Say which numbers to call: the first line, whatever else works or does not."""
    found = next((one for one in release.rules.danger.rules if one.id == rule), None)
    numbers = found.emergency if found else ("119", "110", "120")
    return say(release, "danger_call", numbers="/".join(numbers))


@desk.on("danger")
async def answer_danger(turn: Turn, office: Office) -> Reply:
    """Name the emergency numbers, record the case, and say plainly that nobody is on duty here."""
    release = turn.release
    first = call_first(release, turn.understanding.danger or "")
    try:
        ticket = await open_ticket(
            turn, office, kind=TicketKind.DANGER, intent=NEED_HELP, text=turn.message.text
        )
    except BianminError:  # whatever it was, the numbers to call come first
        return _reply(turn, first, say(release, "danger_not_recorded"))
    recorded = say(release, "danger_recorded", number=ticket.number)
    return _reply(turn, first, recorded, say(release, "danger_nobody_on_duty"))


def _reply(turn: Turn, *parts: Say) -> Reply:
    return replace(reply(turn, Outcome.ANSWERED, *parts), intent=NEED_HELP)
