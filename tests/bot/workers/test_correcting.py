"""A correction: who got the wrong words gets it as such, everybody else meant gets it as new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from bot.workers.slice_sending import SOON
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, NoticeId
from data.civic.people import Role
from data.civic.sending.informing import Informing, InformingState
from data.civic.sending.rows import Ending, Rung
from data.civic.warning.decisions import EndNotice, IssueNotice
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
    made = await hq.house.stores.informings.must(rest.id)
    assert (rest.planned, made.planned) == (3, 2), "who gets the correction is not counted here"


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


async def test_whom_a_stopped_correction_left_to_the_rest_is_not_told_again_when_it_goes_on(
    hq: Headquarters, clock: SystemClock
) -> None:
    ways = all_ways()
    _, correction, rest = await corrected(hq, sent=ways)
    await inform.cancel(hq.office, hq.li, correction.id)
    await walked(hq.house, ways := all_ways())
    clock.shift += SOON
    await walked(hq.house, ways)
    assert sorted(ways[Rung.SMS].people) == [1, 2, 3]
    await inform.resume(hq.office, hq.li, correction.id)
    await walked(hq.house, again := all_ways())
    clock.shift += SOON
    await walked(hq.house, again)
    assert again[Rung.SMS].people == []
    assert {one.informing for one in ways[Rung.SMS].given} == {rest.id}


async def told(hq: Headquarters) -> list[tuple[int, str]]:
    """Let the workers work; tell who got which text message."""
    while await take_up_next(hq.office):
        pass
    await walked(hq.house, ways := all_ways())
    return [(int(one.person), one.text) for one in ways[Rung.SMS].given]


async def noticed(hq: Headquarters, title: str, *, corrects: str | None = None) -> str:
    body = IssueNotice(areas=(LINPU,), title=title, corrects=NoticeId(corrects or "") or None)
    return (await hq.decided(body, f"今天{title}。")).id


async def test_a_correction_that_is_ended_in_the_same_moment_ends_the_wrong_words(
    hq: Headquarters,
) -> None:
    wrong = await noticed(hq, "停课")
    assert [person for person, _ in await told(hq)] == [1, 2]
    right = await noticed(hq, "上课", corrects=wrong)
    await hq.decided(EndNotice(notice=NoticeId(right)), "通知结束。")
    sent = await told(hq)
    assert [person for person, _ in sent] == [1, 2]
    assert all("上课，到此结束" in text for _, text in sent)
    (first,) = [
        one for one in await hq.house.stores.informings.newest(9) if one.key.endswith(wrong)
    ]
    assert first.state is InformingState.CLOSED


async def test_a_correction_that_is_corrected_in_the_same_moment_is_told_as_one(
    hq: Headquarters,
) -> None:
    wrong = await noticed(hq, "停课")
    await told(hq)
    right = await noticed(hq, "上课", corrects=await noticed(hq, "上午上课", corrects=wrong))
    sent = await told(hq)
    assert [person for person, _ in sent] == [1, 2]
    assert all(text.startswith("【更正】") and "上课" in text for _, text in sent)
    await hq.decided(EndNotice(notice=NoticeId(right)), "通知结束。")
    assert [person for person, _ in await told(hq)] == [1, 2]


async def test_at_night_only_the_last_of_two_corrections_is_told_in_the_morning(
    hq: Headquarters, clock: SystemClock
) -> None:
    clock.shift += timedelta(hours=15)
    wrong = await noticed(hq, "停课")
    assert await told(hq) == []
    right = await noticed(hq, "上午上课", corrects=wrong)
    await noticed(hq, "下午上课", corrects=right)
    assert await told(hq) == []
    clock.shift += timedelta(hours=7, minutes=5)
    sent = await told(hq)
    assert sorted(person for person, _ in sent) == [1, 2]
    assert all("下午上课" in text for _, text in sent)
