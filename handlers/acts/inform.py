"""Inform people: begin, cancel, resume, close. Who may is decided before: by a signature or duty.

A correction or a lift goes to everybody who got the first message, by the same ways; what it
corrects is stopped first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from data.civic.errors import Conflict
from data.civic.ids import AreaCode
from data.civic.people import Role, Staff
from data.civic.safety.targets import Target
from data.civic.sending import informing as moves
from data.civic.sending.informing import (
    Informing,
    InformingKind,
    InformingState,
    Words,
)
from data.civic.sending.ladder import SAME_WAYS, LadderRules, rules_for
from data.civic.warning.places import touches
from handlers.acts.cut_informing import cut
from handlers.acts.note import note
from handlers.held_villages import holds
from handlers.office import Office
from handlers.roster_changing import look_again

Move = Callable[[Informing], Informing]

MAY_STOP = (Role.DUTY, Role.CHIEF)
PLANNING_S = 60.0
"""How long a plan may take before another process takes it up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformRequest:
    """What is to be said to whom; every word approved."""

    key: str
    """What it says, by name: asked for again it is the same informing. `drill-…` is a drill."""
    event: str
    kind: InformingKind
    words: Words = field(repr=False)
    target: Target | None = None
    """Areas, shapes and risk tags; of what follows `of`: where it does, None for everywhere."""
    of: int | None = None
    also: tuple[int, ...] = ()
    """What else told of the same before: who got only that is told, too; everybody once."""
    beside: tuple[int, ...] = ()
    """What has begun beside it, and goes before: whoever is told by that is not told this."""
    but: tuple[AreaCode, ...] = ()
    """Parts of the target in which other words stand already: nobody is told there."""
    urgent: bool = True
    """Orange, red, an order: pursued to the door at any hour. Blue and yellow are not."""
    flash_flood: bool = False
    """Wakes people whatever the colour."""
    rules: LadderRules | None = None
    """Timers of its own, in the place of those that go with the urgency."""
    by: str = "system"
    """The staff id of who signed; `system` for what is relayed."""


async def start(office: Office, request: InformRequest) -> Informing:
    """Begin an informing: its slices can be claimed when this returns.

    Idempotent by `request.key`.

    Raises:
        BadInput: words are missing, the mark of a drill is wrong, or it is for nobody.
        NotFound: what it follows is not there.
    """
    origin = await _origin(office, request)
    informing = Informing(
        id=0,
        key=request.key,
        event=request.event,
        kind=request.kind,
        words=request.words,
        target=request.target,
        rules=_rules(request, origin),
        of=origin.id if origin else None,
        also=request.also,
        beside=request.beside,
        ended_in=request.but,
        urgent=request.urgent or request.flash_flood,
        by=request.by,
        created_at=office.clock.now(),
    )
    moves.check(informing)
    if origin is not None:
        await _end_what_it_follows(office, request, origin)
    begun = await office.stores.informings.begin(informing)
    if begun.state is not InformingState.PLANNING:
        return begun
    await note(office, request.by, "inform.start", f"informing-{begun.id}")
    return await finish_planning(office, begun)


async def finish_planning(office: Office, informing: Informing) -> Informing:
    """Write the slices of an informing, and let workers claim them. Idempotent.

    A plan is thrown away and made anew until the first slice of it can be claimed. While another
    process makes it, the informing is given back as it stands.
    """
    stores, holder = office.stores, office.ids.new()
    lease = f"informing/{informing.id}/plan"
    if not await stores.leases.take(lease, holder, seconds=PLANNING_S):
        return informing
    if not await stores.slices.begun(informing.id):
        made = await cut(office, informing)
        await stores.slices.draft(informing, made, due=office.clock.now())
    await stores.slices.open(informing.id)
    people = sum(one.people for one in await stores.slices.all(informing.id))
    try:
        await stores.informings.save(planned := moves.planned(informing, people))
    except Conflict:  # cancelled meanwhile
        return await stores.informings.must(informing.id)
    await stores.leases.give_back(lease, holder)
    return planned


async def cancel(office: Office, staff: Staff, number: int) -> Informing:
    """Send nothing more: what is in flight is told, those who got nothing are cancelled.

    Idempotent.

    Raises:
        Refused: the role is not held, or an area is another's.
        NotFound: there is no such informing.
        Conflict: it is closed.
    """
    informing = await _mine(office, staff, number)
    stopped = await _stop(office, informing, moves.cancel)
    await note(office, staff.id, "inform.cancel", f"informing-{number}")
    return stopped


async def resume(office: Office, staff: Staff, number: int) -> Informing:
    """Go on after a cancel, with everybody where the ladder had left them. Idempotent.

    Where the plan had not come so far that anything could be claimed, it is made now.

    Raises:
        Refused, NotFound, Conflict: as `cancel`; or it was corrected: wrong words stay stopped;
            or it says that one may return where an order is in force.
    """
    informing = await _held_back(office, await _mine(office, staff, number))
    if await _corrected(office, informing):
        raise Conflict(f"informing {number} was corrected: what is wrong is not sent any more")
    begun = await office.stores.slices.begun(number)
    resumed = moves.resume(informing, begun=begun)
    if resumed is not informing:
        await office.stores.informings.save(resumed)
    if resumed.state is InformingState.PLANNING:
        resumed = await finish_planning(office, resumed)
    await office.stores.slices.wake_all(number, due=office.clock.now(), stopped=True)
    named = resumed.target.areas if resumed.target else ()
    await look_again(office, named or (office.release.places.county,))
    await note(office, staff.id, "inform.resume", f"informing-{number}")
    return resumed


async def end(office: Office, informing: Informing) -> Informing:
    """Close an informing whose news are over, or in whose place newer ones stand. Idempotent."""
    if informing.state is InformingState.CLOSED:
        return informing
    return await _stop(office, informing, moves.close)


async def end_in(office: Office, informing: Informing, areas: Sequence[AreaCode]) -> Informing:
    """Send nothing more in some areas: what stands there now is told by others. Idempotent.

    The rows there to which nothing was sent are cancelled, the ladder there stops; elsewhere it
    goes on. Where nothing is left it is closed.
    """
    meant = informing.target.areas if informing.target else ()
    near = [one for one in areas if not meant or any(touches(one, own) for own in meant)]
    return await _stop(office, informing, lambda one: moves.end_in(one, near))


async def hold_back(office: Office, *, drill: bool) -> None:
    """Tell nobody any more to return where somebody has to leave or to wait again. Idempotent."""
    for one in await office.stores.informings.open():
        if one.drill == drill:
            await _held_back(office, one)


async def close_event(office: Office, event: str) -> int:
    """Close the informings of an event that is over: the ladder goes no further; tell how many.

    Idempotent.
    """
    closed = 0
    for informing in await office.stores.informings.of_event(event):
        closed += informing.state is not InformingState.CLOSED
        await end(office, informing)
    return closed


async def _origin(office: Office, request: InformRequest) -> Informing | None:
    """Find what is followed: the first message, also where a correction is corrected."""
    if request.of is None:
        return None
    followed = await office.stores.informings.must(request.of)
    return followed if followed.of is None else await office.stores.informings.must(followed.of)


def _rules(request: InformRequest, origin: Informing | None) -> LadderRules:
    if request.rules is not None:
        return request.rules
    if origin is not None:
        return replace(SAME_WAYS, quiet=origin.rules.quiet)
    return rules_for(urgent=request.urgent, flash_flood=request.flash_flood)


async def _end_what_it_follows(office: Office, request: InformRequest, origin: Informing) -> None:
    """Stop what is corrected, close what is lifted: nobody is sent it any more.

    Where a part of the areas is lifted, it ends in that part; and not where other words stand.
    """
    lifted = request.target.areas if request.target is not None else ()
    parts = [code for one in lifted for code in office.release.places.without(one, request.but)]
    move = moves.cancel if request.kind is InformingKind.CORRECTION else moves.close
    informings = office.stores.informings
    for number in (origin.id, *request.also):
        for one in (await informings.must(number), *await informings.followers(number)):
            if one.state is InformingState.CLOSED or one.key == request.key:
                continue
            if request.target is not None:
                await end_in(office, one, parts)
            elif one.state is not InformingState.CANCELLED:
                await _stop(office, one, move)


async def _stop(office: Office, informing: Informing, move: Move) -> Informing:
    stopped = move(informing)
    if stopped is not informing:
        await office.stores.informings.save(stopped)
    await office.stores.slices.wake_all(informing.id, due=office.clock.now())
    return stopped


async def _mine(office: Office, staff: Staff, number: int) -> Informing:
    staff.must(*MAY_STOP)
    informing = await office.stores.informings.must(number)
    first = await office.stores.informings.must(informing.of) if informing.of else informing
    areas = first.target.areas if first.target else ()
    for area in areas or (office.release.places.county,):
        staff.must(*MAY_STOP, area=area)
    return informing


async def _held_back(office: Office, informing: Informing) -> Informing:
    """End the word that one may return in the villages of its target that are held again."""
    if informing.kind is not InformingKind.RETURN or informing.target is None:
        return informing
    found = await holds(office, informing.target.areas, drill=informing.drill)
    held = [one.village for one in found]
    return await end_in(office, informing, held) if held else informing


async def _corrected(office: Office, informing: Informing) -> bool:
    """Say whether other words stand in the place of these."""
    return any(
        one.kind is InformingKind.CORRECTION and informing.id in (one.of, *one.also)
        for one in await office.stores.informings.of_event(informing.event)
    )
