"""What the phones page shows of a drill at one moment: two phones, counts, who is left, the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.drill.counting import Outcome, moment_of
from bot.drill.phone_codes import Held, of_paper, of_screen, pictured
from bot.drill.playing import Drill
from data.civic.calendar import local
from data.civic.ids import ConversationId, HouseholdId, PersonId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Rung
from handlers import warning_words
from handlers.acts.in_force import warnings_in_force
from handlers.acts.issuing import Issued
from handlers.colouring import Now, now_of
from handlers.office import Office

NAMES = 12
"""So many of the uninformed are named; how many more there are is said."""
NEWEST = 10
Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Whom the page is about."""

    subscriber: PersonId
    """Whose phone has the mini-program."""
    subscribed: ConversationId
    texted: PersonId
    """Whose phone gets text messages."""
    paper: Issued = field(repr=False)
    """The printed code of whom text messages reach."""
    last: HouseholdId
    """The household behind the last door."""
    behind_last: PersonId


async def scene(drill: Drill, cast: Cast, outcome: Outcome | None = None) -> Shown:
    """Show a drill as it stands."""
    office, order = drill.office, drill.order
    counts = await _counts(office, order) if order else {}
    names = await _uninformed(office, drill, order) if order else []
    done = outcome is not None
    shown = list(drill.simulated.shown(cast.subscribed))
    now, screen = await now_of(office, drill=True), await of_screen(office, cast.subscribed)
    texts, paper = await _texts(drill, cast.texted), of_paper(cast.paper)
    waits = bool(names) and all(one.household == cast.last for one in names)
    return {
        "state": "over" if done else "last_door" if waits else "playing",
        "clock": f"{local(office.clock.now()):%H:%M}",
        "step": await _step(office),
        "counts": counts,
        "uninformed": [one.name for one in names[:NAMES]],
        "more": max(0, len(names) - NAMES),
        "phones": {
            "wechat": await _phone(office, now, cast.subscriber, shown, screen),
            "alipay": await _phone(office, now, cast.texted, texts, paper),
        },
        "report": _report(outcome) if outcome else None,
    }


async def _counts(office: Office, order: Informing) -> Shown:
    now = await moment_of(office, order)
    return {
        "people": now.people,
        "confirmed": now.confirmed,
        "at_the_door": now.at_the_door,
        "rest": now.open,
    }


async def _uninformed(office: Office, drill: Drill, order: Informing) -> Sequence[Person]:
    """Name who is not informed, village by village; never a ranking."""
    rows = []
    for village in drill.county.villages:
        rows += await office.stores.rows.uninformed(order.id, village)
    people = await office.stores.residents.some([row.resident for row in rows])
    return sorted(people, key=lambda one: (one.village, one.household, one.id))


async def _step(office: Office) -> str:
    """Tell how far the story is: the kind of the newest informing."""
    found = await office.stores.informings.newest(1)
    return found[0].kind.value if found else ""


async def _phone(
    office: Office, now: Now, who: PersonId, messages: list[str], held: Held | None
) -> Shown:
    """Show a phone: its messages, the code, and what is in force for its owner, in words."""
    person = await office.stores.residents.get(who)
    if person is None:
        return {"messages": messages, "red": False, "words": "", "code": None}
    found = await warnings_in_force(office, person.village, drill=True)
    said = warning_words.everything(office.release, found, person)
    code = await pictured(office, person, held, now) if held else None
    must_leave = any(one.tier_for(person.village, person.tags) for one in found.orders)
    return {
        "messages": messages,
        "red": code["colour"] == CodeColour.RED if code else must_leave,
        "words": said[0].full if found.anything and said else "",
        "code": code,
    }


async def _texts(drill: Drill, who: PersonId) -> list[str]:
    """Tell the text messages that came to somebody."""
    taken = drill.handed.arrivals.taken
    told = await drill.office.stores.informings.newest(NEWEST)
    mine = [one for one in told if (one.id, int(who), int(Rung.SMS)) in taken]
    return [one.words.by(Rung.SMS) for one in reversed(mine)]


def _report(out: Outcome) -> Shown:
    return {
        "people": out.people,
        "minutes": {str(share): minutes for share, minutes in out.minutes.items()},
        "owned": out.owned,
        "lost": out.lost,
        "duplicates": out.twice,
        "messages": out.messages,
    }
