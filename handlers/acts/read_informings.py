"""Read informings: the list, how far one is, and of one person every attempt and every no."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.civic.errors import NotFound
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Staff
from data.civic.safety.registrations import Registration
from data.civic.sending import quotas, subscriptions
from data.civic.sending.batches import Gone
from data.civic.sending.informing import Informing
from data.civic.sending.refusals import WhyNot
from data.civic.sending.rows import Attempt, By, Row, Rung
from data.civic.warning.places import touches
from handlers.acts import find_person, uninformed
from handlers.acts.find_person import Found
from handlers.acts.uninformed import COUNTS, Board, Level
from handlers.office import Office

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an informing is in the own area, and how often each way was gone in all."""

    board: Board
    by_way: Mapping[Rung, Gone]
    followers: tuple[Informing, ...]
    """What corrects or lifts it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Of one person: where they stand, what was sent, and why the quick ways would not go now."""

    found: Found = field(repr=False)
    row: Row
    attempts: tuple[Attempt, ...]
    subscription: WhyNot | None
    """None: a subscription message may be sent."""
    chat: WhyNot | None
    """None: the window of the chat is open."""
    family: Registration | None = None
    """By which proxy the answer came that counts; None: by none, or it is forgotten."""


async def listed(office: Office, staff: Staff) -> list[Informing]:
    """List the informings for the own area, newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*COUNTS)
    found = await office.stores.informings.newest(MOST)
    return [one for one in found if _concerns(one, staff.area)]


async def progress(
    office: Office, staff: Staff, number: int, *, level: Level, area: AreaCode | None = None
) -> Progress:
    """Tell how far an informing is, in an area; without it in the own.

    Raises:
        Refused: the role is not held, or the area is another's.
        NotFound: there is no such informing.
    """
    return Progress(
        board=await uninformed.board(office, staff, number, level=level, area=area),
        by_way=await office.stores.sends.by_way(number),
        followers=tuple(await office.stores.informings.followers(number)),
    )


async def ledger(
    office: Office, staff: Staff, number: int, person: PersonId, *, purpose: str
) -> Ledger:
    """Tell of one person everything that was tried, and why what was not is not.

    Raises:
        Refused: the role is not held, or the person is another's.
        BadInput: no purpose is given.
        NotFound: the person is not among those who are informed.
    """
    row = await office.stores.rows.get(number, person)
    if row is None:
        raise NotFound("this person is not among those who are informed: see the list")
    tried = await uninformed.attempts(office, staff, number, row, purpose=purpose)
    found = await find_person.look(office, staff, person, purpose=purpose)
    conversation, now = found.person.conversation, office.clock.now()
    subscription: WhyNot | None = WhyNot.NO_CONVERSATION
    chat: WhyNot | None = WhyNot.NO_CONVERSATION
    if conversation is not None:
        asked = await office.stores.subscriptions.of(conversation)
        reasons = [subscriptions.why_not(one, now) for one in asked] or [WhyNot.NEVER_ASKED]
        subscription = None if None in reasons else reasons[0]
        chat = quotas.why_not(await office.stores.windows.get(conversation), now)
    return Ledger(
        found=found,
        row=row,
        attempts=tuple(tried),
        subscription=subscription,
        chat=chat,
        family=await _family(office, row),
    )


async def _family(office: Office, row: Row) -> Registration | None:
    """Find the proxy who has answered."""
    said = row.confirmation
    if said is None or said.by is not By.FAMILY:
        return None
    return await office.stores.registrations.get(said.who)


def _concerns(one: Informing, area: AreaCode) -> bool:
    """Say whether it is for an area; what follows another is shown to everybody."""
    if one.target is None or not one.target.areas:
        return True
    return any(touches(each, area) for each in one.target.areas)
