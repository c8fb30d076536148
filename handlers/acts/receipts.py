"""What platforms tell afterwards of what was sent: delivered, read, failed, a key pressed."""

from data.civic.errors import BadInput
from data.civic.sending.batches import referred
from data.civic.sending.rows import Manner, RowState, Rung, Said
from data.store.rows import Receipt
from handlers.acts.confirm import Answer, Confirmed, confirm
from handlers.office import Office

TOLD = frozenset({RowState.SENT, RowState.DELIVERED, RowState.READ, RowState.FAILED})
MANNERS = {Rung.SMS: Manner.SMS, Rung.VOICE: Manner.VOICE}


async def receive(office: Office, reference: str, state: RowState) -> None:
    """Write a receipt that came with the `reference` an attempt was sent under.

    What failed is followed by the next way at once. Idempotent, in any order: a receipt for what
    is overtaken changes nothing.

    Raises:
        BadInput: the reference is none of ours, or no receipt tells this state.
    """
    informing, person, rung, number = referred(reference)
    if state not in TOLD:
        raise BadInput(f"a receipt tells {', '.join(one.name.lower() for one in sorted(TOLD))}")
    now = office.clock.now()
    await office.stores.rows.receive(
        Receipt(informing=informing, person=person, rung=rung, number=number, state=state, at=now)
    )
    place = await office.stores.rows.place_of(informing, person)
    if place is None:
        return
    office.stores.boards.touch(informing, [place.village])
    if state is RowState.FAILED:
        await office.stores.slices.wake(informing, place.slice, due=now)


async def answered(office: Office, reference: str, said: Said) -> Confirmed:
    """Write an answer that came back by the way itself: a key pressed, a text sent back.

    Raises:
        BadInput: the reference is none of ours.
        NotFound: nobody was sent anything under it.
    """
    informing, person, rung, _ = referred(reference)
    manner = MANNERS.get(rung, Manner.CHAT)
    answer = Answer(informing=informing, person=person, said=said, manner=manner)
    return await confirm(office, answer)
