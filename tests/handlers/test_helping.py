"""Help that is called for the family: who has agreed is put on the list of doors."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import Row, RowState, Said
from data.civic.talk.tickets import TicketKind
from handlers.acts.door_lists import door_list
from tests.handlers.talking import Talk, words
from tests.observed import sent
from tests.registered import MOTHER, of, on_the_roster, stands_in
from tests.staffed import hired
from tests.townsfolk import GRID, guarded, person

NEED = "我妈走不了，她在进化镇"


@pytest.fixture
def daughter(house: House) -> Talk:
    return of(house, "daughter")


@pytest.fixture
async def agreed(house: House, daughter: Talk) -> None:
    await on_the_roster(house, MOTHER, person(26))
    await stands_in(house, daughter, of(house, "mother"))


async def row(house: House, one: Informing, handle: int = 21) -> Row:
    found = await house.stores.rows.get(one.id, PersonId(handle))
    assert found is not None
    return found


async def cases(house: House) -> list[TicketKind]:
    return [one.kind for one in await house.stores.tickets.unfinished(9)]


@pytest.mark.usefixtures("agreed")
@pytest.mark.parametrize("text", [NEED, "我妈被困在家里了", "快来接我妈"])
async def test_the_mother_is_put_on_the_list_of_doors(
    house: House, daughter: Talk, text: str
) -> None:
    worker = await guarded(house.stores)
    one = await sent(house)
    answer = words(await daughter.say(text))
    assert await cases(house) == [TicketKind.DANGER]
    mother, other = await row(house, one), await row(house, one, 26)
    assert (mother.visit, other.visit) == (Said.HELP, None)
    assert f"网格员{worker.name}，电话{worker.phone}" in answer
    assert "也把妈妈记为“需要帮助”" in answer
    duty = await hired(house, "duty", Role.DUTY)
    listed = await door_list(house.office(), duty, one.id, GRID, purpose="上门看望")
    assert [each.row.resident for each in listed.visits] == [21]
    assert 21 not in [each.row.resident for each in listed.uninformed]


@pytest.mark.usefixtures("agreed")
async def test_nothing_is_confirmed_by_it(house: House, daughter: Talk) -> None:
    one = await sent(house)
    await daughter.say(NEED)
    found = await row(house, one)
    assert (found.confirmation, found.state.uninformed) == (None, True)
    (call,) = await house.stores.duty_calls.unseen(9)
    assert call.ticket is not None


@pytest.mark.usefixtures("agreed")
async def test_without_a_worker_that_is_said(house: House, daughter: Talk) -> None:
    one = await sent(house)
    answer = words(await daughter.say(NEED))
    assert "那一片现在没有网格员" in answer
    assert (await row(house, one)).visit is Said.HELP


@pytest.mark.usefixtures("agreed")
async def test_an_order_is_meant_before_a_warning(house: House, daughter: Talk) -> None:
    order = await sent(house, "order/1", kind=InformingKind.ORDER)
    signal = await sent(house, "signal/2")
    await daughter.say(NEED)
    assert (await row(house, order)).visit is Said.HELP
    assert (await row(house, signal)).visit is None


@pytest.mark.usefixtures("agreed")
async def test_who_has_been_informed_is_visited_all_the_same(house: House, daughter: Talk) -> None:
    one = await sent(house)
    await daughter.say("我妈收到了")
    await daughter.say(NEED)
    found = await row(house, one)
    assert (found.state, found.visit) == (RowState.CONFIRMED, Said.HELP)


@pytest.mark.usefixtures("agreed")
async def test_need_that_is_added_to_a_case_counts(house: House, daughter: Talk) -> None:
    one = await sent(house)
    await daughter.say("救命", "临浦镇苎萝村")
    assert (await row(house, one)).visit is None
    assert "上门名单" in words(await daughter.say("我妈走不了"))
    assert (await row(house, one)).visit is Said.HELP


@pytest.mark.usefixtures("agreed")
async def test_no_warning_no_visit_and_nothing_is_said_of_it(house: House, daughter: Talk) -> None:
    answer = words(await daughter.say(NEED))
    assert await cases(house) == [TicketKind.DANGER]
    assert "上门名单" not in answer


@pytest.mark.parametrize("text", [NEED, "我妈被困在家里了"])
async def test_without_an_agreement_the_case_stands_alone_and_that_is_said(
    house: House, daughter: Talk, text: str
) -> None:
    await on_the_roster(house)
    one = await sent(house)
    answer = words(await daughter.say(text))
    assert await cases(house) == [TicketKind.DANGER]
    assert "没有排进家人的上门名单" in answer
    assert (await row(house, one)).visit is None


@pytest.mark.usefixtures("agreed")
async def test_after_she_takes_it_back_the_case_stands_alone(house: House, daughter: Talk) -> None:
    one = await sent(house)
    await of(house, "mother").say("不要让她代我")
    assert "没有排进家人的上门名单" in words(await daughter.say(NEED))
    assert (await row(house, one)).visit is None


@pytest.mark.usefixtures("agreed")
async def test_who_calls_for_help_and_names_nobody_hears_nothing_of_the_family(
    house: House, daughter: Talk
) -> None:
    await sent(house)
    assert "上门名单" not in words(await daughter.say("走不动来接我"))
