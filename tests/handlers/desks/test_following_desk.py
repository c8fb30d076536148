"""Subscribe and stop: for which place, for whom, at once, and what still reaches people."""

from datetime import timedelta

import pytest

from bot.house import House
from bot.workers.following import tell_next_followers
from data.civic.ids import PersonId
from data.civic.labels import Outcome
from data.civic.sending.followings import Whose
from data.civic.sending.rows import Ending, Rung
from data.civic.sending.subscriptions import Answered, TemplateKind
from data.civic.talk.messages import Say
from tests import builders
from tests.handlers.talking import Talk, choices, words
from tests.registered import MOTHER, of, on_the_roster, registers, stands_in
from tests.townsfolk import LINPU, VILLAGE, Remembering, informed

STILL = "村（社区）干部、网格员按职责打电话或上门"


async def followed(talk: Talk) -> list[tuple[str, Whose]]:
    found = await talk.house.stores.followings.of(talk.by.id)
    return [(one.area, one.whose) for one in found]


async def test_a_place_that_is_named_is_followed(talk: Talk) -> None:
    reply = await talk.say("想收临浦镇的预警")
    assert "临浦镇有预警，这里会告诉您" in words(reply)
    assert "12345" in words(reply)
    assert choices(reply) == ["登记本人"]
    assert await followed(talk) == [(LINPU, Whose.OWN)]


async def test_where_none_is_named_it_is_asked_for(talk: Talk) -> None:
    asked = await talk.say("我要订阅预警提醒")
    assert asked.outcome is Outcome.CLARIFYING
    assert "没有看懂" in words(await talk.say("随便"))
    assert "临浦镇有预警" in words(await talk.say("临浦镇"))
    assert await followed(talk) == [(LINPU, Whose.OWN)]


async def test_after_vain_answers_nothing_is_followed(talk: Talk) -> None:
    reply = await talk.say("我要订阅预警提醒", "那边", "老地方", "那个村里")
    assert reply.outcome is Outcome.SIGNPOSTED
    assert await followed(talk) == []


async def test_for_the_family_the_way_to_standing_in_is_shown(talk: Talk) -> None:
    assert "您家人住在" in words(await talk.say("帮我妈订一个预警短信"))
    reply = await talk.say("临浦镇")
    assert choices(reply) == ["替家人登记"]
    assert await followed(talk) == [(LINPU, Whose.FAMILY)]
    assert "哪位家人" in words(await talk.say("1"))


async def test_stopping_is_at_once_and_says_what_still_comes(talk: Talk) -> None:
    await on_the_roster(talk.house, MOTHER)
    await registers(talk)
    await talk.say("想收临浦镇的预警")
    told = words(await talk.say("退订"))
    assert STILL in told
    assert "12345" in told
    assert await followed(talk) == []
    found = await talk.house.stores.residents.get(PersonId(21))
    assert found is not None
    assert found.conversation is None
    assert "没有要停的" not in words(await talk.say("订阅预警"))
    again = await talk.house.stores.residents.get(PersonId(21))
    assert again is not None
    assert again.conversation == talk.by.id


async def test_one_place_is_stopped_alone(talk: Talk) -> None:
    await talk.say("想收临浦镇的预警", "订阅楼塔镇的预警")
    assert "临浦镇的预警不再发到这里" in words(await talk.say("临浦镇的提醒不要了"))
    assert len(await followed(talk)) == 1


async def test_who_follows_nothing_is_told_so(talk: Talk) -> None:
    assert "没有要停的" in words(await talk.say("退订"))


@pytest.mark.parametrize(
    "text", ["退订之后红色的还会发给我吗", "只要红色和橙色的提醒，别的不要", "夜里别发提醒消息"]
)
async def test_a_question_or_a_finer_wish_stops_nothing(talk: Talk, text: str) -> None:
    await talk.say("想收临浦镇的预警")
    told = words(await talk.say(text))
    assert "您现在订了" in told
    assert await followed(talk) == [(LINPU, Whose.OWN)]


async def test_the_platforms_no_is_explained(talk: Talk) -> None:
    assert "还差一步" in words(await talk.say("想收临浦镇的预警"))
    for key, yes, told in (("1", False, "点过“不允许”"), ("2", True, "已经允许")):
        answer = Answered(template="alert", yes=yes, key=key, at=builders.now())
        ledger = talk.house.stores.subscriptions
        await ledger.answer(talk.by.id, TemplateKind.LONG_TERM, answer)
        assert told in words(await talk.say("想收临浦镇的预警"))


async def told_by(house: House, *, chat: Ending = Ending.ACCEPTED) -> tuple[list[str], list[str]]:
    """Let the worker tell all followers; tell who was sent what by template and in the chat."""
    template = Remembering(rung=Rung.SUBSCRIPTION, answer=lambda _: Ending.REFUSED)
    talk = Remembering(rung=Rung.CHAT, answer=lambda _: chat)
    ways = {Rung.SUBSCRIPTION: template, Rung.CHAT: talk}
    while await tell_next_followers(house.office(), ways):
        pass
    named = [[str(one.conversation) for one in way.given] for way in (template, talk)]
    return named[0], named[1]


async def test_followers_are_told_once_by_the_next_way_where_one_refuses(house: House) -> None:
    follower, mother = of(house, "daughter"), of(house, "mother")
    await on_the_roster(house, MOTHER)
    await stands_in(house, follower, mother)
    await of(house, "far").say("订阅楼塔镇的预警")
    house.clock.shift = timedelta(minutes=1)  # type: ignore[attr-defined]
    await informed(house)
    assert await told_by(house) == ([follower.by.id], [follower.by.id])
    assert await told_by(house) == ([], [])


async def test_who_is_sent_it_as_a_resident_is_not_told_twice(house: House) -> None:
    mother = of(house, "mother")
    await on_the_roster(house, MOTHER)
    await registers(mother)
    await mother.say("想收临浦镇的预警")
    house.clock.shift = timedelta(minutes=1)  # type: ignore[attr-defined]
    one = await informed(house)
    await house.stores.rows.make(
        (await house.stores.slices.all(one.id))[0], one.target, again=False
    )  # type: ignore[arg-type]
    assert await told_by(house) == ([], [])


async def test_what_is_tied_here_is_told_and_ended(talk: Talk) -> None:
    mother = of(talk.house, "mother")
    await on_the_roster(talk.house, MOTHER)
    await stands_in(talk.house, talk, mother)
    mine = await talk.say("我的信息")
    assert "您替家人：妈妈（王**）" in words(mine)
    assert choices(mine) == ["不再代家人", "退订预警"]
    hers = await mother.say("我的信息")
    assert "本人登记：王**" in words(hers)
    assert "替您的家人：李小芳" in words(hers)
    assert choices(hers) == ["解除登记", "不要家人代我"]
    assert "不再替家人" in words(await talk.say("1"))
    assert "替您的家人" not in words(await mother.say("我的信息"))
    assert "已经解除" in words(await mother.say("1"))
    assert await talk.house.stores.residents.of_conversation(mother.by.id, 5) == []


async def test_who_has_nothing_here_is_told_what_holds_for_all(talk: Talk) -> None:
    assert "您有权查看" in words(await talk.say("我的信息"))


async def test_what_is_wrong_on_the_roster_goes_to_the_village(talk: Talk) -> None:
    await on_the_roster(talk.house, MOTHER)
    assert choices(await talk.say("改手机号")) == ["查办件进度", "转人工"]
    await registers(talk)
    offered = await talk.say("改手机号")
    assert choices(offered) == ["更正名册"]
    assert "哪里不对" in words(await talk.say("1"))
    told = words(await talk.say("搬到瓜沥女儿家住了，电话换成13800007777"))
    assert "核对" in told
    ticket = await talk.house.stores.tickets.latest_of(talk.by.id)
    assert ticket is not None
    assert (ticket.kind, ticket.area) == ("correction", VILLAGE)
    assert "13800007777" not in ticket.text
    found = await talk.house.stores.residents.get(PersonId(21))
    assert found is not None
    assert found.phone == MOTHER.phone


async def test_every_answer_is_short_in_its_plain_version(talk: Talk) -> None:
    for text in ("想收临浦镇的预警", "我的信息", "退订", "退订", "我要订阅预警提醒"):
        for part in (await talk.say(text)).parts:
            assert not isinstance(part, Say) or len(part.plain) <= 120, part.plain
