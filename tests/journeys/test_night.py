"""Journey 27: at night, under red. The numbers come first, an answer counts, somebody is sent."""

from dataclasses import replace

import pytest

from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.sending.informing import InformingKind
from data.civic.sending.rows import By, Manner, RowState, Said
from data.civic.talk.conversations import ConversationKey
from data.civic.warning.messages import Colour
from handlers.acts import door_lists
from tests.journeys.county import County
from tests.journeys.phones import WeChatPhone
from tests.observed import relayed, sent
from tests.staffed import hired
from tests.townsfolk import GRID, guarded, person, settled

NUMBERS = "有生命危险请立即拨打119、110或120"


async def registered(county: County, key: ConversationKey) -> None:
    """Let this conversation be that of somebody on the roster, with a mate at home."""
    me = replace(person(1, household=7), conversation=key.id)
    await settled(county.house.stores, me, person(2, household=7))


@pytest.fixture
async def phone(county: County) -> WeChatPhone:
    """The phone of somebody on the roster."""
    phone = await county.wechat()
    await registered(county, phone.key)
    return phone


@pytest.mark.parametrize("colour", [Colour.ORANGE, Colour.RED])
@pytest.mark.parametrize("text", ["我要补贴", "查进度", "今天股票怎么样", "长" * 600])
async def test_every_clarifying_or_refusing_reply_begins_with_the_numbers(
    county: County, phone: WeChatPhone, colour: Colour, text: str
) -> None:
    await relayed(county.house, colour=colour)
    told = await phone.ask(text)
    assert told.startswith(NUMBERS)
    for platform in ("wechat", "alipay"):
        answer = await (await county.mini(platform)).ask(text)
        assert answer.outcome in ("clarifying", "refused")
        assert answer.as_plain_text == told


async def test_in_care_mode_the_numbers_come_first_too(county: County) -> None:
    await relayed(county.house)
    mini = await county.mini()
    await mini.ask("长辈版")
    answer = await mini.ask("我要补贴")
    assert answer.text.startswith("有危险，马上打119、110或120。")
    assert len(answer.choices) <= 3


async def test_the_warning_stands_over_every_greeting(county: County, phone: WeChatPhone) -> None:
    await relayed(county.house)
    told = await phone.ask("你好")
    assert told.startswith("【红色预警】萧山区气象台发布台风预警\n萧山区气象台 ")
    for platform in ("wechat", "alipay"):
        answer = await (await county.mini(platform)).ask("你好")
        assert answer.as_plain_text.startswith("【红色预警】萧山区气象台发布台风预警\n")


async def test_good_i_know_confirms_the_warning_that_is_pending(
    county: County, phone: WeChatPhone
) -> None:
    small_talk = await phone.ask("好的知道了")
    assert "已经记下" not in small_talk
    informing = await sent(county.house)
    assert "您收到了“萧山区气象台发布台风红色预警。”" in await phone.ask("好的知道了")
    mine = await county.house.stores.rows.get(informing.id, PersonId(1))
    mate = await county.house.stores.rows.get(informing.id, PersonId(2))
    assert mine is not None
    assert mate is not None
    assert (mine.state, mate.state) == (RowState.CONFIRMED, RowState.CONFIRMED)
    assert mine.confirmation is not None
    assert (mine.confirmation.by, mine.confirmation.manner) == (By.SELF, Manner.CHAT)
    assert phone.key.user not in mine.confirmation.who


async def test_a_push_that_comes_three_times_confirms_once(
    county: County, phone: WeChatPhone
) -> None:
    informing = await sent(county.house)
    told = await phone.ask("收到", copies=3)
    assert told.count("已经记下") == 1
    assert "已经答复过" not in told
    row = await county.house.stores.rows.get(informing.id, PersonId(1))
    assert row is not None
    assert row.state is RowState.CONFIRMED


async def test_i_will_not_leave_sends_a_named_worker(county: County, phone: WeChatPhone) -> None:
    worker = await guarded(county.house.stores)
    order = await sent(county.house, "order/1", kind=InformingKind.ORDER)
    told = await phone.ask("我不走")
    assert f"网格员{worker.name}的上门名单，网格员电话{worker.phone}" in told
    row = await county.house.stores.rows.get(order.id, PersonId(1))
    assert row is not None
    assert row.visit is Said.STAYS
    duty = await hired(county.house, "duty", Role.DUTY)
    doors = await door_lists.door_list(county.office, duty, order.id, GRID, purpose="inform")
    assert doors.worker == worker
    assert [one.row.resident for one in doors.visits] == [PersonId(1)]


async def test_a_stranger_is_told_whom_to_call(county: County, phone: WeChatPhone) -> None:
    await guarded(county.house.stores)
    order = await sent(county.house, "order/1", kind=InformingKind.ORDER)
    stranger = await county.wechat(user="li")
    for text in ("收到", "我平安", "我不走"):
        told = await stranger.ask(text)
        assert "已经记下" not in told
        assert "12345" in told
    row = await county.house.stores.rows.get(order.id, PersonId(1))
    assert row is not None
    assert (row.confirmation, row.visit) == (None, None)
