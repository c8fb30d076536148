"""A correction: who got the wrong words gets it as such, everybody else meant gets it as new."""

from dataclasses import replace

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, NoticeId
from data.civic.people import Role
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import Ending, Rung
from data.civic.warning.decisions import IssueNotice
from handlers.acts import inform
from tests.bulletins import LINPU, PUYANG
from tests.carrying import states, walked
from tests.headquarters import NOTICE, Headquarters, staffed_headquarters
from tests.townsfolk import Remembering, all_ways, person, settled

PUYANG_VILLAGE = AreaCode("330109103201")

pytestmark = pytest.mark.usefixtures("by_day")


@pytest.fixture
async def hq(house: House) -> Headquarters:
    hq = await staffed_headquarters(house)
    people = [person(1), person(2), replace(person(3), village=PUYANG_VILLAGE)]
    await settled(house.stores, *people)
    return hq


async def corrected(
    hq: Headquarters, *, sent: dict[Rung, Remembering] | None
) -> tuple[Informing, Informing, Informing]:
    """Issue a wrong notice for Linpu, sent so far as `sent`, and the right one for both towns."""
    wrong = await hq.decided(NOTICE, "今天停课。")
    await take_up_next(hq.office)
    if sent is not None:
        await walked(hq.house, sent)
    right = IssueNotice(areas=(LINPU, PUYANG), title="照常上课", corrects=NoticeId(wrong.id))
    await hq.decided(right, "今天照常上课。")
    await take_up_next(hq.office)
    third, second, first = await hq.house.stores.informings.newest(3)
    return first, second, third


async def test_who_was_not_reached_by_the_wrong_words_gets_the_right_ones_as_new(
    hq: Headquarters,
) -> None:
    one_alone = all_ways()
    one_alone[Rung.SMS].answer = lambda one: Ending.ACCEPTED if one.person == 1 else Ending.REFUSED
    _, correction, rest = await corrected(hq, sent=one_alone)
    ways = all_ways()
    await walked(hq.house, ways)
    told = {int(one.person): one.informing for one in ways[Rung.SMS].given}
    assert told == {1: correction.id, 2: rest.id, 3: rest.id}
    assert len(ways[Rung.SMS].given) == 3, "each one message"


async def test_where_nothing_was_sent_yet_everybody_is_told_as_new(hq: Headquarters) -> None:
    first, correction, rest = await corrected(hq, sent=None)
    ways = all_ways()
    await walked(hq.house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 3]
    assert {one.informing for one in ways[Rung.SMS].given} == {rest.id}
    assert await states(hq.house, correction) == {}
    assert (await hq.house.stores.informings.must(first.id)).state is InformingState.CANCELLED


async def test_a_stopped_correction_holds_up_nobody(hq: Headquarters) -> None:
    _, correction, rest = await corrected(hq, sent=None)
    await inform.cancel(hq.office, hq.li, correction.id)
    ways = all_ways()
    await walked(hq.house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 3]
    assert {one.informing for one in ways[Rung.SMS].given} == {rest.id}


async def test_wrong_words_are_never_sent_again(hq: Headquarters) -> None:
    first, _, _ = await corrected(hq, sent=None)
    assert Role.CHIEF in hq.li.roles
    with pytest.raises(Conflict, match="corrected"):
        await inform.resume(hq.office, hq.li, first.id)
