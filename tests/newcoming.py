"""People who come onto the roster, or move, after an informing was planned."""

from dataclasses import replace

from bot.house import House
from bot.workers.newcomers import catch_up_next
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Staff
from data.civic.safety.rosters import Person
from data.civic.safety.rows import Row
from data.civic.sending.informing import Informing
from data.civic.sending.rows import Rung
from handlers.acts import inform
from handlers.acts.inform import InformRequest
from handlers.acts.rosters import Wish, import_roster
from handlers.roster_changing import changing
from tests.carrying import walked
from tests.rosters import WORDS
from tests.townsfolk import Remembering, person, request, rows_of, settled

FIRST = AreaCode("330109105201")
Ways = dict[Rung, Remembering]


async def told(house: House, ways: Ways, asked: InformRequest | None = None) -> Informing:
    """Send a first message to who is there."""
    begun = await inform.start(house.office(), asked or request())
    await walked(house, ways)
    return begun


async def imported(house: House, staff: Staff, *rows: Row) -> None:
    wish = Wish(purpose="汛前核对")
    done = await import_roster(house.office(), staff, rows, wish, words=WORDS)
    assert not done.mistakes


async def caught_up(house: House, ways: Ways) -> None:
    while await catch_up_next(house.office()):
        pass
    await walked(house, ways)


async def planned(house: House, informing: Informing) -> int:
    """Tell how many are meant, and insist that all counts say the same."""
    stores = house.stores
    people = (await stores.informings.must(informing.id)).planned
    (whole,) = await stores.boards.areas(informing.id, digits=0)
    by_slice = sum(one.people for one in await stores.slices.all(informing.id))
    names = len(await rows_of(stores, informing))
    assert (people, whole.people, by_slice) == (names, names, names)
    return people


def texted(ways: Ways) -> int:
    return len(ways[Rung.SMS].given) + len(ways[Rung.VOICE].given)


async def comes(house: House, handle: int, village: AreaCode = FIRST) -> None:
    await comes_to(house, person(handle, village=village))


async def comes_to(house: House, one: Person) -> None:
    """Put somebody on the roster, as an import does."""
    async with changing(house.office(), [one.village]):
        await settled(house.stores, one)


async def moves(house: House, handle: int, **now: object) -> None:
    """Write down where somebody lives by now, as an import does, and let the warnings see it."""
    before = await house.stores.residents.get(PersonId(handle))
    assert before is not None
    after = replace(before, version=before.version + 1, **now)  # type: ignore[arg-type]
    async with changing(house.office(), {before.village, after.village}):
        assert await house.stores.residents.save_all([after]) == ()
    while await catch_up_next(house.office()):
        pass
