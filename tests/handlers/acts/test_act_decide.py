"""What the county decides: journey 12 and the decisions of journey 15, through the acts."""

import asyncio
from dataclasses import replace

import pytest

from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import NoticeId
from data.civic.warning.decisions import (
    Body,
    EndNotice,
    LiftOrder,
    ReleaseReturn,
    SetResponse,
    approve,
)
from data.civic.warning.responses import Change, Level
from data.civic.warning.returns import ReturnState, return_id
from data.civic.warning.telling import ToTell
from handlers.acts import decide
from handlers.acts.check_houses import check_houses, waiting_returns
from handlers.acts.open_event import close_event, open_event
from handlers.acts.watch_feeds import watch
from tests.bulletins import COUNTY, LINPU, PUYANG
from tests.headquarters import (
    NOTICE,
    START_IV,
    TEXT,
    VILLAGES,
    Headquarters,
    order,
    staffed_headquarters,
)


@pytest.fixture
async def hq(house: House) -> Headquarters:
    return await staffed_headquarters(house)


async def test_a_response_starts_when_a_different_person_has_signed(hq: Headquarters) -> None:
    one = await hq.drafted(START_IV)
    assert (await hq.here()).responses == ()
    done = await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
    assert done.carried_out_at
    (response,) = (await hq.here()).responses
    assert (response.level, response.steps[0].text) == (Level.IV, TEXT)
    assert await hq.news() == [ToTell.RESPONSE]
    event = await hq.house.stores.events.get(hq.event.id)
    assert event
    assert event.responses == (response.id,)


async def test_it_is_raised_lowered_and_ended_each_by_two_people(hq: Headquarters) -> None:
    await hq.decided(START_IV)
    (response,) = (await hq.here()).responses
    for level in (Level.II, Level.III, None):
        await hq.decided(SetResponse(response=response.id, level=level))
    ended = await hq.house.stores.responses.get(response.id)
    assert ended
    assert [one.change for one in ended.steps] == list(Change)
    assert (await hq.here()).responses == ()
    assert await hq.news() == [ToTell.RESPONSE] * 3 + [ToTell.LIFT]


@pytest.mark.parametrize(
    "body", [START_IV, order(), NOTICE], ids=["response", "transfer order", "local notice"]
)
async def test_the_same_person_cannot_sign_twice(hq: Headquarters, body: Body) -> None:
    one = await hq.drafted(body, by=hq.li)
    with pytest.raises(Conflict, match="different person"):
        await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
    assert not (await hq.here()).anything
    await decide.approve(hq.office, hq.zhao, one.id, digest=one.digest)
    assert (await hq.here()).anything


async def test_what_was_shown_is_what_is_signed(hq: Headquarters) -> None:
    one = await hq.drafted(START_IV)
    other = await hq.drafted(START_IV, "另一份文稿。")
    with pytest.raises(Conflict, match="not what you were shown"):
        await decide.approve(hq.office, hq.li, one.id, digest=other.digest)


async def test_an_override_acts_at_once_leaves_a_trace_and_is_signed_afterwards(
    hq: Headquarters,
) -> None:
    one = await hq.drafted(order(), "请立即转移。", by=hq.li)
    office = hq.office
    await decide.override(office, hq.li, one.id, digest=one.digest, reason="通信中断")
    assert (await hq.here()).orders
    (open_point,) = await decide.unsigned(office, hq.wang)
    assert (open_point.id, open_point.open_point) == (one.id, True)
    with pytest.raises(Conflict, match="different person"):
        await decide.approve(office, hq.li, one.id, digest=one.digest)
    await decide.approve(office, hq.zhao, one.id, digest=one.digest)
    assert await decide.unsigned(office, hq.wang) == []
    acts = [entry.deed.act for entry in await hq.house.stores.audit.of_subject(one.id, 9)]
    assert acts == ["decision.approve", "decision.override", "decision.draft"]
    assert await hq.news() == [ToTell.ORDER]


async def test_back_home_only_after_lift_check_and_release(hq: Headquarters) -> None:
    await hq.decided(order(LINPU, PUYANG), "请立即转移。")
    (issued,) = (await hq.here()).orders
    release = ReleaseReturn(order=issued.id, villages=VILLAGES)
    with pytest.raises(NotFound):
        await hq.drafted(release, "可以返回。")
    await hq.decided(LiftOrder(order=issued.id, areas=(LINPU,)), "解除转移令，请勿自行返回。")
    here = await hq.here()
    assert here.orders == ()
    assert {one.village for one in here.returns} == set(VILLAGES)
    assert (await hq.here(PUYANG)).orders
    with pytest.raises(Conflict, match="check the houses"):
        await hq.drafted(release, "可以返回。")
    for village in VILLAGES:
        await check_houses(hq.office, hq.wang, return_id(issued.id, village), remark="已排查")
    assert {one.state for one in await waiting_returns(hq.office, hq.wang)} == {ReturnState.CHECKED}
    await hq.decided(release, "可以返回。")
    assert not (await hq.here()).anything
    assert await hq.news() == [ToTell.ORDER, ToTell.LIFT, ToTell.RETURN]


async def test_a_notice_is_corrected_for_those_who_read_it(hq: Headquarters) -> None:
    first = await hq.decided(NOTICE, "明天停课。")
    right = replace(NOTICE, areas=(PUYANG,), corrects=NoticeId(first.id))
    await hq.decided(right, "更正：明天浦阳镇停课。")
    assert (await hq.here()).notices == ()
    (stands,) = (await hq.here(PUYANG)).notices
    (_, news) = await hq.house.stores.to_inform.waiting(9)
    assert (news.kind, news.areas) == (ToTell.CORRECTION, (LINPU, PUYANG))
    await hq.decided(EndNotice(notice=stands.id), "停课通知结束。")
    assert not (await hq.here(PUYANG)).anything


async def test_an_event_is_closed_last(hq: Headquarters) -> None:
    await hq.decided(START_IV)
    with pytest.raises(Conflict, match="response IV"):
        await close_event(hq.office, hq.li, hq.event.id)
    (response,) = (await hq.here()).responses
    await hq.decided(SetResponse(response=response.id, level=None), "应急响应结束。")
    with pytest.raises(Conflict, match="is not told yet"):
        await close_event(hq.office, hq.li, hq.event.id)
    await take_up_next(hq.office)
    assert not (await close_event(hq.office, hq.li, hq.event.id)).open
    with pytest.raises(Conflict, match="closed"):
        await hq.drafted(START_IV)


async def test_a_drill_is_marked_and_stays_out_of_what_is_in_force(hq: Headquarters) -> None:
    drill = await open_event(hq.office, hq.li, name="台风", areas=[COUNTY], drill=True)
    assert drill.name == "【演练】台风"
    await hq.decided(NOTICE, "明天停课。", event=drill)
    await hq.decided(START_IV, event=drill)
    assert not (await hq.here()).anything
    there = await hq.here(drill=True)
    assert (there.notices[0].title, there.notices[0].text) == (
        "【演练】停课通知",
        "【演练】明天停课。",
    )
    assert there.responses[0].steps[0].text.startswith("【演练】")
    assert all(one.drill for one in await hq.house.stores.to_inform.waiting(9))
    with pytest.raises(BadInput, match="【演练】"):
        await hq.drafted(NOTICE, "【演练】明天停课。")


async def test_two_decisions_at_once_end_in_one_state(hq: Headquarters) -> None:
    await hq.decided(START_IV)
    (response,) = (await hq.here()).responses
    drafts = [
        await hq.drafted(SetResponse(response=response.id, level=Level.III)) for _ in range(4)
    ]
    results = await asyncio.gather(
        *(decide.approve(hq.office, hq.li, one.id, digest=one.digest) for one in drafts),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Conflict) for one in results) == 3
    after = await hq.house.stores.responses.get(response.id)
    assert after
    assert [one.level for one in after.steps] == [Level.IV, Level.III]


async def test_what_a_dead_process_did_not_carry_out_is_carried_out(hq: Headquarters) -> None:
    one = await hq.drafted(order(), "请立即转移。")
    signed = approve(one, hq.li.id, hq.office.clock.now(), digest=one.digest)
    await hq.house.stores.decisions.save(signed)
    for _ in range(2):
        await watch(hq.office)
    assert len((await hq.here()).orders) == 1
    assert await hq.news() == [ToTell.ORDER]


async def test_a_discarded_draft_is_gone(hq: Headquarters) -> None:
    one = await hq.drafted(START_IV)
    await decide.discard(hq.office, hq.wang, one.id)
    assert await decide.unsigned(hq.office, hq.wang) == []
    with pytest.raises(Conflict, match="discarded"):
        await decide.approve(hq.office, hq.li, one.id, digest=one.digest)
