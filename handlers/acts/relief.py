"""Hand out relief, book the shelves, and close the books: the desks of the shelters do."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.civic.areas import within
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import EventId, ShelterId
from data.civic.people import Role, Staff
from data.civic.privacy import mask
from data.civic.safety import relief
from data.civic.safety.relief import Booked, Extra, Issue, Item, Line, Per, Sum, Supply
from data.civic.safety.shelters import Shelter
from data.civic.warning import events
from data.civic.warning.events import Event
from handlers.acts.desk_rules import shelter_for
from handlers.acts.note import note
from handlers.acts.relief_codes import Shown, recipient
from handlers.office import Office

HAND_OUT = (Role.SHELTER,)
KEEP = (Role.SHELTER, Role.DUTY, Role.CHIEF)
"""Who books what comes and goes, and who sees the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWish:
    """What is to be handed out, and how much each may have."""

    name: str
    unit: str
    per: Per = Per.PERSON
    limit: int = 1
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyWish:
    """What is to be booked on the shelf of a shelter."""

    shelter: ShelterId
    item: str
    kind: Booked
    quantity: int
    reason: str = ""
    id: str = ""
    """The same id counts once; empty: a fresh one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What is to be handed out, to whom."""

    id: str = ""
    """Of the scan: the same one counts once. Empty: a fresh one."""
    shelter: ShelterId
    item: str
    quantity: int = 1
    to: Shown = field(repr=False)
    reason: str = ""
    """Why it is given although it is not due."""
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The books of an event: no person stands in them."""

    event: Event
    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    extra: tuple[Extra, ...]
    """What was given although it was not due, each with its reason."""
    shelters: tuple[Shelter, ...]
    """Those of the event's areas, in their order."""

    def place(self, shelter: str) -> str:
        """Tell a shelter's name."""
        return next((one.name for one in self.shelters if one.id == shelter), shelter)

    def named(self, item: str) -> str:
        """Tell an item's name."""
        return next((one.name for one in self.items if one.id == item), item)

    def unit(self, item: str) -> str:
        """Tell in what an item is counted; empty where it is not known."""
        return next((one.unit for one in self.items if one.id == item), "")


async def set_item(office: Office, staff: Staff, event: EventId, wish: ItemWish) -> Item:
    """Say what is handed out in an event; the same name again changes its limit.

    Raises:
        Refused: the role is not held, or the event is elsewhere. NotFound: no such event.
        Conflict: it is closed, or some was handed out and whose limit it is would change.
        BadInput: it cannot be handed out so.
    """
    await _event(office, staff, event, KEEP)
    name = " ".join(wish.name.split())
    id_ = f"{event}/{office.seal.keyed_hash('relief-item', f'{event}/{name}')[:12]}"
    made = Item(
        id=id_,
        event=event,
        name=name,
        unit=wish.unit.strip(),
        per=wish.per,
        limit=wish.limit,
        days=wish.days,
        by=staff.id,
        at=office.clock.now(),
    )
    standing = await office.stores.relief_items.add(made)
    if standing != replace(made, by=standing.by, at=standing.at, version=standing.version):
        if (standing.per, standing.days) != (made.per, made.days):
            await _must_be_new(office, standing)
        standing = await office.stores.relief_items.change(
            id_, lambda one: replace(made, at=one.at, version=one.version + 1)
        )
    await note(office, staff.id, "relief.item", id_, f"{wish.limit} per {wish.per}/{wish.days}")
    return standing


async def book(office: Office, staff: Staff, event: EventId, wish: SupplyWish) -> Supply:
    """Book what was brought to a shelter, or written off there. Idempotent by its id.

    Raises:
        As `set_item`; NotFound also: the event hands out no such item, or has no such shelter.
    """
    found = await _event(office, staff, event, KEEP)
    item = await _item(office, event, wish.item)
    made = Supply(
        id=wish.id or office.ids.new(),
        event=event,
        shelter=await _shelter(office, found, wish.shelter),
        item=item.id,
        kind=wish.kind,
        quantity=wish.quantity,
        reason=_reason(wish.reason),
        by=staff.id,
        at=office.clock.now(),
    )
    standing = await office.stores.supplies.add(made)
    about = f"{event}/{item.id.rpartition('/')[2]}"
    await note(office, staff.id, f"relief.{made.kind}", about, f"{made.quantity} {made.reason}")
    return standing


async def hand_out(office: Office, staff: Staff, event: EventId, hand: Hand) -> Issue:
    """Hand something out; who has had all that is due gets more only for a reason.

    The limit counts in all shelters of the event. Idempotent by the id of the scan.

    Raises:
        Refused, NotFound, Conflict: as `book`; the code does not count.
        AlreadyIssued: it says how many are left, and when and where the others were handed out.
        BadInput: nobody is named, or a household's code for what each person may have.
    """
    found = await _event(office, staff, event, HAND_OUT)
    item = await _item(office, event, hand.item)
    shelter = await _shelter(office, found, hand.shelter)
    to, household = await recipient(office, staff, hand.to, shelter)
    now = office.clock.now()
    made = Issue(
        id=hand.id or office.ids.new(),
        event=event,
        shelter=shelter,
        item=item.id,
        quantity=hand.quantity,
        to=to,
        slots=(),
        reason=_reason(hand.reason),
        by=staff.id,
        device=hand.device,
        at=now,
    )
    page = relief.book(item, relief.holder(item, to, household), now)
    issued = await office.stores.relief_issues.hand_out(made, item, page)
    if not relief.alike(issued, made):
        raise Conflict("under this id something else was handed out: send a fresh one")
    if issued.at == made.at:  # not one that stood already
        await note(office, staff.id, "relief.hand_out", f"{event}/{to}", issued.reason)
    return issued


async def books(office: Office, staff: Staff, event: EventId) -> Books:
    """Show the books of an event, closed ones too: numbers, and reasons without persons.

    Raises:
        Refused: the role is not held, or the event is elsewhere. NotFound: no such event.
    """
    found = await _event(office, staff, event, KEEP, closed=True)
    stores = office.stores
    sums, extra = await _handed_out(office, event)
    return Books(
        event=found,
        items=tuple(await stores.relief_items.of(event)),
        lines=relief.lines(await stores.supplies.of(event), sums),
        extra=tuple(extra),
        shelters=await _shelters(office, found),
    )


async def open_events(office: Office, staff: Staff) -> Sequence[Event]:
    """List the events in which somebody may keep the books, the newest first.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*KEEP)
    newest = await office.stores.events.newest(50)
    return [one for one in newest if _is_here(staff, one)]


async def _handed_out(office: Office, event: EventId) -> tuple[Sequence[Sum], Sequence[Extra]]:
    """Add up what was handed out; once the persons are purged, as it was kept then."""
    file = await office.stores.event_files.get(event)
    if file is not None and file.kept is not None:
        return file.kept.relief, file.kept.extra
    issues = office.stores.relief_issues
    return await issues.sums(event), [relief.extra_of(one) for one in await issues.beyond(event)]


async def _event(
    office: Office, staff: Staff, event: EventId, roles: tuple[Role, ...], *, closed: bool = False
) -> Event:
    staff.must(*roles)
    found = await office.stores.events.get(event)
    if found is None or not _is_here(staff, found):
        raise NotFound("there is no such event in your area: see the list")
    return found if closed else events.still_open(found)


def _is_here(staff: Staff, event: Event) -> bool:
    return any(within(staff.area, area) or within(area, staff.area) for area in event.areas)


async def _item(office: Office, event: EventId, item: str) -> Item:
    found = await office.stores.relief_items.get(item)
    if found is None or found.event != event:
        raise NotFound("this event hands out no such item: enter it first")
    return found


async def _must_be_new(office: Office, item: Item) -> None:
    """Insist that none of it was handed out: the limits of all would begin anew."""
    if any(one.item == item.id for one in await office.stores.relief_issues.sums(item.event)):
        raise Conflict(
            f"{item.name} was handed out already: whose limit it is, and for how many days, stays;"
            " enter it under another name"
        )


async def _shelter(office: Office, event: Event, shelter: ShelterId) -> ShelterId:
    found = await shelter_for(office, shelter)
    if not event.encloses([found.area]):
        raise NotFound(f"{found.name} lies in no area of the event: choose one from the list")
    return found.id


async def _shelters(office: Office, event: Event) -> tuple[Shelter, ...]:
    found = [one for area in event.areas for one in await office.stores.shelters.within(area)]
    return tuple({one.id: one for one in found}.values())


def _reason(text: str) -> str:
    reason = mask(" ".join(text.split()))
    if len(reason) > relief.LONGEST_REASON:
        raise BadInput(f"a reason has at most {relief.LONGEST_REASON} characters")
    return reason
