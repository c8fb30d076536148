"""What acts that issue codes share: whose they are, making one, making room for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.safety import credentials
from data.civic.safety.credentials import Credential, Ending, Holder, Wanted
from data.civic.safety.rosters import Person
from handlers.acts.grid_duty import must_answer_for
from handlers.office import Office

MOST = 200
"""People of one print: a village is printed grid by grid, or in parts."""
HANDLES = 3
"""How often another handle is tried where its digits are taken."""
NOBODY = "nobody of your area is known by this: take people from the list of the village"
"""The same for who is unknown and who is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A code, and for whom."""

    credential: Credential
    person: Person = field(repr=False)
    """The holder, or somebody of the household."""
    text: str = field(repr=False)
    """What the QR code holds."""


async def people_of(office: Office, staff: Staff, wanted: Sequence[PersonId]) -> list[Person]:
    """Fetch people for whom the staff answers, in the order asked.

    Raises:
        Refused: they are another's. BadInput: nobody or too many.
        NotFound: somebody does not stand on the roster.
    """
    asked = tuple(dict.fromkeys(wanted))
    if not 0 < len(asked) <= MOST:
        raise BadInput(f"choose 1 to {MOST} people")
    found = {one.id: one for one in await office.stores.residents.some(asked)}
    if len(found) != len(asked):
        raise NotFound(NOBODY)
    for village, grid in sorted({(one.village, one.grid or "") for one in found.values()}):
        await must_answer_for(office, staff, village, grid or None)  # type: ignore[arg-type]
    return [found[one] for one in asked]


def holders_of(people: Sequence[Person], *, household: bool) -> dict[Holder, Person]:
    """Tell whose codes are wanted, each once, with the first person who asked."""
    holders: dict[Holder, Person] = {}
    for one in people:
        whole = Holder(household=one.household) if household else Holder(person=one.id)
        holders.setdefault(whole, one)
    return holders


async def enter(office: Office, wanted: Wanted, *, of: Person) -> Credential:
    """Make and keep a code; where one of its kind counts already, that one is given.

    Raises:
        Conflict: the entry on the roster is over, or no free number was found.
    """
    now = office.clock.now()
    for _ in range(HANDLES):
        made = credentials.issue(office.ids, wanted, of=of, at=now)
        if made.expires_at <= now:
            raise Conflict("the entry on the roster is over: check it first")
        try:
            return await office.stores.credentials.issue(made)
        except Conflict:
            continue
    raise Conflict("no free number was found: try again")


async def make_room(office: Office, before: Credential, by: str) -> Credential:
    """End a code for another one; one that is over already stays as it is. Idempotent."""

    def end(one: Credential) -> Credential:
        if one.state.over:
            return one
        if now >= one.expires_at:
            return credentials.expire(one, now)
        return credentials.give_way(one, Ending(by=by, at=now))

    now = office.clock.now()
    return await office.stores.credentials.change(before.id, end)
