"""Issue codes (发安全码) that are printed: for people or their households; the same again on paper.

What was printed once is printed again as it was: nothing new is issued while a code counts.
"""

from dataclasses import dataclass

from data.civic.errors import BadInput
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.safety.codekeys import CodeKey
from data.civic.safety.codes import CodeKind
from data.civic.safety.credentials import Credential, Wanted
from data.civic.safety.rosters import Person
from handlers import codes
from handlers.acts.grid_duty import REPORT
from handlers.acts.issuing import Issued, enter, holders_of, make_room, people_of
from handlers.acts.note import note
from handlers.acts.purposes import purpose_in
from handlers.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For whom codes are wanted."""

    people: tuple[PersonId, ...]
    kind: CodeKind
    household: bool = False
    """One for the household of each, instead of one for each."""


async def issue_codes(
    office: Office, staff: Staff, wish: Wish, *, purpose: str
) -> tuple[Issued, ...]:
    """Issue printed codes, or give again those that count. Idempotent.

    Raises:
        Refused: the role is not held, or the people are another's.
        BadInput: no purpose, nobody or too many, or a kind that is not printed.
        NotFound: somebody does not stand on the roster.
        Conflict: an entry on the roster is over.
    """
    staff.must(*REPORT)
    why = purpose_in(purpose)
    if not wish.kind.printed:
        raise BadInput("choose a sheet or a pendant: a screen's code is the holder's own")
    people = await people_of(office, staff, wish.people)
    holders = holders_of(people, household=wish.household)
    standing = await office.stores.credentials.counting_of(list(holders), [wish.kind])
    known = {one.holder: one for one in standing}
    keys = await codes.live_keys(office)
    given: list[Issued] = []
    for holder, person in holders.items():
        wanted = Wanted(kind=wish.kind, holder=holder, key=keys[0].id, by=staff.id)
        made = await _given(office, wanted, person, known.get(holder), keys)
        done = "print" if made == known.get(holder) else "issue"
        await note(office, staff.id, f"code.{done}.{codes.readable(wish.kind)}", str(holder), why)
        text = codes.text_of(office, made, keys)
        given.append(Issued(credential=made, person=person, text=text))
    return tuple(given)


async def _given(
    office: Office,
    wanted: Wanted,
    person: Person,
    standing: Credential | None,
    keys: tuple[CodeKey, ...],
) -> Credential:
    """Give the code that counts; one whose time or whose key is over makes room for another."""
    if standing is not None:
        if standing.counts(office.clock.now()) and standing.key in {one.id for one in keys}:
            return standing
        await make_room(office, standing, wanted.by)
    return await enter(office, wanted, of=person)
