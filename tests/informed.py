"""Informings, their slices, rows and batches, for tests of what the store keeps of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from data.civic.ids import AreaCode, PersonId
from data.civic.safety.rosters import Person
from data.civic.safety.targets import Target
from data.civic.sending.batches import Batch, Mark, Part
from data.civic.sending.informing import Informing, InformingKind, Slice
from data.civic.sending.ladder import URGENT
from data.civic.sending.rows import By, Confirmation, Ending, Manner, Row, Rung, Said
from data.store.rows import Receipt, RowState
from data.store.stores import Stores
from tests import builders
from tests.townsfolk import LINPU, VILLAGE, WORDS, settled

TOWN = Target(areas=(LINPU,))
NUMBER = 7
"""The informing of whoever names none."""
SLICE = 3
"""The slice of whoever names none."""
AT = builders.now() - timedelta(hours=1)


def informing(key: str = "signal/1", *, number: int = NUMBER, **more: object) -> Informing:
    given = {
        "event": "event-1",
        "kind": InformingKind.SIGNAL,
        "words": WORDS,
        "target": TOWN,
        "rules": URGENT,
        "by": "system",
        "created_at": AT,
    }
    return Informing(id=number, key=key, **(given | more))  # type: ignore[arg-type]


def part(
    number: int = SLICE,
    *,
    of: int = NUMBER,
    villages: Sequence[tuple[AreaCode, int]] = ((VILLAGE, 3),),
    **more: object,
) -> Slice:
    return Slice(informing=of, number=number, villages=tuple(villages), **more)  # type: ignore[arg-type]


async def made(stores: Stores, *people: Person, one: Slice | None = None) -> Slice:
    """Enter people on the roster, and make their rows in one slice."""
    one = one or part(villages=[(village, 1) for village in sorted({p.village for p in people})])
    await settled(stores, *people)
    await stores.rows.make(one, TOWN, again=False)
    return one


async def row(stores: Stores, handle: int, number: int = NUMBER) -> Row:
    """Fetch a row that has to be there."""
    found = await stores.rows.get(number, PersonId(handle))
    assert found is not None
    return found


async def states(stores: Stores, number: int = NUMBER, place: int = SLICE) -> dict[int, RowState]:
    """Tell where everybody of a slice stands."""
    return {int(one.resident): one.state for one in await stores.rows.of_slice(number, place)}


def people(*handles: int) -> tuple[PersonId, ...]:
    return tuple(map(PersonId, handles))


def mark(
    *handles: int,
    ending: Ending = Ending.ACCEPTED,
    rung: Rung = Rung.SMS,
    number: int = 1,
    tries: int = 0,
    at: datetime = AT,
) -> Mark:
    return Mark(
        informing=NUMBER,
        slice=SLICE,
        people=people(*handles),
        rung=rung,
        number=number,
        ending=ending,
        tries=tries,
        at=at,
    )


def receipt(state: RowState, handle: int = 1, *, rung: Rung = Rung.SMS, number: int = 1) -> Receipt:
    return Receipt(
        informing=NUMBER, person=PersonId(handle), rung=rung, number=number, state=state, at=AT
    )


def answer(said: Said = Said.RECEIVED, *, who: str = "1", by: By = By.SELF) -> Confirmation:
    return Confirmation(by=by, who=who, said=said, manner=Manner.PAGE, at=AT)


def sms(*handles: int, number: int = 1, tries: int = 0) -> Part:
    return Part(rung=Rung.SMS, number=number, tries=tries, people=people(*handles))


def batch(*parts: Part, place: int = 0, turn: int = 1, of: int = NUMBER, one: int = SLICE) -> Batch:
    return Batch(informing=of, slice=one, turn=turn, place=place, at=AT, parts=parts)
