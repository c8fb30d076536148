"""A life in danger, or somebody who needs help: the emergency numbers first, then a case.

Staff are called to the case at once; the citizen is told what has happened, and nothing else.
"""

from dataclasses import replace

from data.civic.errors import BianminError
from data.civic.ids import IntentId
from data.civic.knowing.releases import Release
from data.civic.labels import Outcome
from data.civic.talk.messages import Reply, Say, Turn
from data.civic.talk.tickets import TicketKind
from handlers.acts.call_duty import call_for_ticket
from handlers.acts.duty_roster import on_duty
from handlers.acts.open_ticket import open_ticket
from handlers.clarifying import QUESTION
from handlers.desk import Desk
from handlers.fixed_answers import answered, known
from handlers.office import Office
from handlers.wording import reply, say

NEED_HELP = IntentId("need_help")

desk = Desk(
    "danger",
    words={
        "danger_call": ("numbers",),
        "danger_recorded": ("number",),
        "danger_nobody_on_duty": (),
        "danger_on_duty": (),
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
    """Name the emergency numbers, record the case, call the duty, and say plainly who has seen."""
    first = call_first(turn.release, turn.understanding.danger or "")
    told = await _recorded(turn, office, turn.message.text)
    return replace(reply(turn, Outcome.ANSWERED, first, *told), intent=NEED_HELP)


@desk.on("need_help")
async def answer_need_help(turn: Turn, office: Office) -> Reply:
    """Say what to do, which begins with the numbers; record the case and call the duty."""
    answer = known(turn)
    recorded = await _recorded(turn, office, turn.answers.get(QUESTION) or turn.message.text)
    return answered(turn, answer, answer.general, *recorded)


async def _recorded(turn: Turn, office: Office, text: str) -> tuple[Say, ...]:
    """Record the case, call the duty, and say how that stands; the numbers come first anyhow."""
    release = turn.release
    try:
        ticket = await open_ticket(
            turn, office, kind=TicketKind.DANGER, intent=NEED_HELP, text=text
        )
    except BianminError:
        return (say(release, "danger_not_recorded"),)
    recorded = say(release, "danger_recorded", number=ticket.number)
    try:
        await call_for_ticket(office, ticket)
        called = bool(await on_duty(office, ticket.area))
    except BianminError:  # `call_for_forgotten` calls for it later: until then nobody has
        called = False
    return recorded, say(release, "danger_on_duty" if called else "danger_nobody_on_duty")
