"""Take what citizens say of where they are, for themselves or for family who agreed.

What somebody says of oneself is written down and moves nobody out of red; what a proxy says
counts, by name.
"""

from data.civic.errors import Conflict, NotFound
from data.civic.ids import AreaCode, ConversationId, EventId, OrderId
from data.civic.safety.colours import Reason
from data.civic.safety.grids import GridWorker, worker_of
from data.civic.safety.rosters import Person
from data.civic.safety.whereabouts import Stage, Standing
from handlers.acts.move_person import Report, by_family, by_self
from handlers.acts.my_colour import CodeColouring
from handlers.acts.speaks_for import own_people
from handlers.office import Office


async def on_the_way(office: Office, conversation: ConversationId, one: CodeColouring) -> Standing:
    """Record that somebody has set out.

    Raises:
        Conflict: no order is in force for the person, or the table knows no such move.
        Refused: the conversation does not speak for the person.
    """
    return await _said(office, conversation, one, Stage.MOVING)


async def with_relatives(
    office: Office, conversation: ConversationId, one: CodeColouring, village: AreaCode
) -> Standing:
    """Record that somebody is with relatives; said of oneself it is on the way there, no more.

    Raises:
        Conflict, Refused: as `on_the_way`.
    """
    own = await speaks_for_oneself(office, conversation, one.person)
    stage = Stage.MOVING if own else Stage.RELATIVES
    return await _said(office, conversation, one, stage, village)


async def speaks_for_oneself(office: Office, conversation: ConversationId, person: Person) -> bool:
    """Say whether a conversation is the person's own."""
    return any(one.id == person.id for one in await own_people(office, conversation))


async def who_answers_for(office: Office, person: Person) -> GridWorker | None:
    """Tell which grid worker answers for somebody now; None: nobody does."""
    grid = await office.stores.grids.get(person.grid) if person.grid else None
    return worker_of(grid, office.clock.now()) if grid else None


async def _said(
    office: Office,
    conversation: ConversationId,
    one: CodeColouring,
    stage: Stage,
    village: AreaCode | None = None,
) -> Standing:
    report = Report(
        event=await _event(office, one), person=one.person.id, stage=stage, village=village
    )
    if await speaks_for_oneself(office, conversation, one.person):
        return await by_self(office, conversation, report)
    return await by_family(office, conversation, report)


async def _event(office: Office, one: CodeColouring) -> EventId:
    """Find the event of the order by which a code is red.

    Raises:
        Conflict: it is not red.
    """
    if one.colouring.reason is not Reason.ORDER:
        raise Conflict("no order is in force for this person: see the code")
    order = await office.stores.orders.get(OrderId(one.colouring.facts.subject))
    if order is None:
        raise NotFound("the order is gone: see the code")
    return order.event
