"""My code in the chat: the colour as a word and why; what one says to it; the appeal."""

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.people import Role
from data.civic.safety.marks import MarkKind
from data.civic.safety.whereabouts import By, Stage
from data.civic.talk.messages import Reply, Say
from data.civic.talk.tickets import TicketKind
from handlers.acts import appeal, mark_person
from tests import builders
from tests.evacuation import ME, PURPOSE, Evacuation, evacuation
from tests.handlers.talking import Talk, choices, words
from tests.observed import heard, relayed
from tests.staffed import hired

SHOW = "打开安全码"
RED = "红色：请马上转移"


@pytest.fixture
async def scene(house: House) -> Evacuation:
    await heard(house)
    return await evacuation(house)


@pytest.fixture
def me(house: House) -> Talk:
    return Talk(house, by=builders.citizen("openid-1"))


def plain_enough(reply: Reply) -> bool:
    says = [part for part in reply.parts if isinstance(part, Say)]
    unfilled = [one for one in says if "{" in one.full + one.plain + one.spoken]
    return not unfilled and all(len(one.plain) <= PLAIN_LIMIT for one in says)


async def test_green_is_a_word_with_a_warning_in_it(scene: Evacuation, me: Talk) -> None:
    reply = await me.say(SHOW)
    assert "绿色：现在没有叫您转移" in words(reply)
    assert "绿色不等于没有危险" in words(reply)
    assert plain_enough(reply)


async def test_red_tells_why_by_when_whom_to_call_what_to_take(scene: Evacuation, me: Talk) -> None:
    await scene.ordered()
    reply = await me.say(SHOW)
    text = words(reply)
    for one in (RED, "转移令", "最迟：", "陈网格", "13800000001", "带什么", "我要申诉"):
        assert one in text
    assert choices(reply) == ["我在路上", "需要帮助", "我在亲戚家"]
    assert plain_enough(reply)
    assert all("红色" in part.plain for part in reply.parts[:1] if isinstance(part, Say))


async def test_a_warning_tells_its_colour_and_place(
    house: House, scene: Evacuation, me: Talk
) -> None:
    await relayed(house)
    text = words(await me.say(SHOW))
    assert "橙色：准备转移" in text
    assert "红色预警" in text


async def test_on_the_way_is_written_down_and_stays_red(scene: Evacuation, me: Talk) -> None:
    await scene.ordered()
    reply = await me.say(SHOW, "我在路上")
    assert "确认到了以前，码还是红色" in words(reply)
    (step,) = await me.house.stores.whereabouts.of_person(ME, [scene.event])
    assert (step.stage, step.by) == (Stage.MOVING, By.SELF)
    assert RED in words(await me.say(SHOW))


async def test_needs_help_opens_a_case_that_says_who_and_where(scene: Evacuation, me: Talk) -> None:
    await scene.ordered()
    reply = await me.say(SHOW, "需要帮助")
    assert "119" in words(reply).splitlines()[0]
    (ticket,) = await me.house.stores.tickets.unfinished(5)
    assert ticket.kind is TicketKind.DANGER
    assert "要人帮着转移：居*1" in ticket.text


async def test_one_who_says_of_oneself_to_be_with_relatives_stays_red(
    scene: Evacuation, me: Talk
) -> None:
    await scene.ordered()
    assert "哪个村" in words(await me.say(SHOW, "我在亲戚家"))
    assert "自己说的不能把红色去掉" in words(await me.say("临浦镇通二村"))
    assert RED in words(await me.say(SHOW))


async def test_a_village_that_is_not_understood_ends_with_a_telephone(
    scene: Evacuation, me: Talk
) -> None:
    await scene.ordered()
    await me.say(SHOW, "我在亲戚家")
    assert "哪个村" in words(await me.say("就在那边的那个"))
    assert "没有记下" in words(await me.say("就那里呀那个地方"))


async def test_who_has_moved_is_told_not_to_go_back(scene: Evacuation, me: Talk) -> None:
    order = await scene.ordered()
    await scene.scanned(ME)
    text = words(await me.say(SHOW))
    assert "已转移 ✓" in text
    assert RED not in text
    await scene.lifted(order)
    assert "返回通知还没有发" in words(await me.say(SHOW))
    await scene.checked(order)
    await scene.released(order)
    assert "绿色" in words(await me.say(SHOW))


async def test_why_it_is_not_green_again_shows_one_s_own_colour(
    scene: Evacuation, me: Talk
) -> None:
    asked = "码怎么还是红的"
    order = await scene.ordered()
    assert RED in words(await me.say(asked))
    await scene.lifted(order)
    waiting = words(await me.say(asked))
    assert RED not in waiting
    assert "码不会马上变绿" in waiting
    await scene.checked(order)
    await scene.released(order)
    green = words(await me.say(asked))
    assert "绿色：现在没有叫您转移" in green
    assert "码不会马上变绿" not in green
    stranger = Talk(me.house, by=builders.citizen("openid-9"))
    assert "码不会马上变绿" in words(await stranger.say(asked))


async def test_a_mark_by_hand_says_that_it_only_adds_help(scene: Evacuation, me: Talk) -> None:
    await mark_person.mark(
        scene.office,
        scene.worker,
        ME,
        event=scene.event,
        kind=MarkKind.NEEDS_TRANSFER,
        purpose=PURPOSE,
    )
    text = words(await me.say(SHOW))
    assert "只会多给帮助" in text
    assert "橙色" in text


async def test_an_appeal_shows_why_and_asks_what_is_wrong(scene: Evacuation, me: Talk) -> None:
    await scene.ordered()
    asked = words(await me.say("安全码颜色不对，我要申诉"))
    assert RED in asked
    assert "哪里不对" in asked
    taken = words(await me.say("我早就搬到镇上住了"))
    assert "申诉已经登记" in taken
    duty = await hired(me.house, "liu", Role.DUTY)
    (waiting,) = await appeal.waiting(scene.office, duty)
    assert (waiting.person, waiting.words) == (PersonId(1), "我早就搬到镇上住了")
    again = words(await me.say("安全码颜色不对，我要申诉", "真的搬走了啊"))
    assert "已经有一个申诉" in again


async def test_a_question_in_the_midst_of_an_appeal_is_answered_as_one(
    scene: Evacuation, me: Talk
) -> None:
    await me.say("安全码颜色不对，我要申诉")
    assert "申诉已经登记" not in words(await me.say("身份证丢了怎么补办？"))


async def test_who_is_not_registered_cannot_appeal_and_is_told_how_to(house: House) -> None:
    text = words(await Talk(house).say("安全码颜色不对，我要申诉"))
    assert "给自己登记安全码" in text
    assert "12345" in text


async def test_a_printed_code_is_asked_of_the_village_once_wanted(
    scene: Evacuation, me: Talk
) -> None:
    offered = await me.say("能打印一张纸的码吗")
    assert choices(offered) == ["请村里办纸码"]
    assert plain_enough(offered)
    assert await me.house.stores.tickets.unfinished(5) == []
    assert "编号" in words(await me.say("请村里办纸码"))
    (ticket,) = await me.house.stores.tickets.unfinished(5)
    assert ticket.kind is TicketKind.REQUEST
    assert "居*1" in ticket.text
