"""The safety code as a phone shows it in a drill: picture, digits, the colour and why, in words.

The colour is worked out as in earnest, of what is in force in the database of the drill.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.qr import svg
from data.civic.ids import ConversationId
from data.civic.safety.codes import in_digits
from data.civic.safety.rosters import Person
from handlers import colour_words
from handlers.acts.issuing import Issued
from handlers.acts.my_code import my_codes
from handlers.acts.my_colour import CodeColouring
from handlers.colouring import Now, coloured
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A code as it is held out."""

    text: str = field(repr=False)
    digits: str = field(repr=False)
    paper: bool
    """Whether it is printed: who has no mini-program carries paper."""


def of_paper(one: Issued) -> Held:
    """Tell a printed code."""
    return Held(text=one.text, digits=in_digits(one.credential.handle), paper=True)


async def of_screen(office: Office, conversation: ConversationId) -> Held | None:
    """Tell the code that the mini-program shows its owner now; None: it shows none."""
    own = [one for one in await my_codes(office, conversation) if one.own]
    return Held(text=own[0].text, digits=own[0].digits, paper=False) if own else None


async def pictured(office: Office, person: Person, code: Held, now: Now) -> Mapping[str, object]:
    """Draw a code, with its colour in words."""
    colouring, since = await coloured(office, person, now)
    one = CodeColouring(person=person, colouring=colouring, since=since)
    return {
        "svg": svg(code.text),
        "digits": code.digits,
        "paper": code.paper,
        "colour": colouring.colour.value,
        "moved": colouring.moved,
        "why": "\n".join(part.full for part in colour_words.why(office.release, one)),
    }
