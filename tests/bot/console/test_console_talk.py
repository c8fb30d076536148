"""Citizens who want a human, as staff see and serve them."""

from bot.house import House
from data.civic.labels import Channel
from data.civic.sending.deliveries import DeliveryState
from data.civic.talk.conversations import Attention, ConversationKey
from tests import builders
from tests.staffed import LINPU, Seat, hired, said

WECHAT = builders.citizen("openid-7", channel=Channel.WECHAT, account="service")


async def _attention(house: House, who: ConversationKey) -> Attention:
    return (await house.stores.conversations.get(who)).attention


async def test_without_anybody_waiting_the_list_says_what_that_means(
    house: House, seat: Seat
) -> None:
    await hired(house)
    await seat.sign_in()
    assert "现在没有市民在等人工接待" in await (await seat.get("/console/waiting")).text()
    filtered = await seat.get("/console/waiting?state=human")
    assert "没有符合筛选条件的市民" in await filtered.text()


async def test_who_waits_is_listed_without_numbers_and_without_openid(
    house: House, seat: Seat
) -> None:
    await hired(house)
    await said(house, "我的手机13812345678能用吗", "转人工", by=WECHAT)
    await seat.sign_in()
    page = await (await seat.get("/console/waiting")).text()
    assert "138****5678" in page
    assert "微信服务号" in page
    assert "萧山区" in page
    assert "13812345678" not in page
    assert "openid-7" not in page


async def test_staff_claim_answer_and_give_back(house: House, seat: Seat) -> None:
    await hired(house)
    who = await said(house, "护照怎么办", "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    opened = await (await seat.get(place)).text()
    assert "护照怎么办" in opened
    assert "指南：" in opened
    claimed = await seat.post(f"{place}/claim")
    assert "（您）" in await claimed.text()
    answered = await seat.post(f"{place}/answer", text="请带户口本\r\n来大厅", key="k1")
    assert "请带户口本\n来大厅" in await answered.text()
    assert await _attention(house, who) is Attention.HUMAN
    gone = await seat.post(f"{place}/give-back")
    assert gone.url.path == "/console/waiting"
    assert await _attention(house, who) is Attention.ASSISTANT


async def test_a_form_sent_twice_says_it_once(house: House, seat: Seat) -> None:
    await hired(house)
    who = await said(house, "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    await seat.post(f"{place}/claim")
    for _ in range(2):
        await seat.post(f"{place}/answer", text="您好", key="same")
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert [line.text for line in lines if line.staff] == ["您好"]


async def test_an_answer_that_cannot_be_sent_is_said_so(house: House, seat: Seat) -> None:
    await hired(house)
    await said(house, "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    await seat.post(f"{place}/claim")
    empty = await seat.post(f"{place}/answer", text=" \r\n ", key="k1")
    assert "没有发出" in await empty.text()
    long = await seat.post(f"{place}/answer", text="长" * 501, key="k2")
    assert "没有发出" in await long.text()


async def test_the_second_who_claims_is_told_that_a_colleague_was_first(
    house: House, seat: Seat
) -> None:
    await hired(house)
    await hired(house, "li", name="李雷")
    await said(house, "转人工")
    await seat.sign_in("li")
    theirs = await seat.link("/console/waiting", "/console/conversations/")
    await seat.post(f"{theirs}/claim")
    await seat.sign_in("wang")
    late = await (await seat.post(f"{theirs}/claim")).text()
    assert "可能是同事先接待了" in late
    assert "李雷正在接待这位市民" in late


async def test_what_became_of_a_push_is_shown(house: House, seat: Seat) -> None:
    await hired(house)
    await said(house, "转人工", by=WECHAT)
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    await seat.post(f"{place}/claim")
    answered = await seat.post(f"{place}/answer", text="您好", key="k1")
    assert "等待发出" in await answered.text()
    (delivery,) = await house.stores.outbox.of(WECHAT.id, 1)
    assert (delivery.text, delivery.state) == ("您好", DeliveryState.QUEUED)


async def test_a_citizen_whom_the_assistant_serves_is_not_shown(house: House, seat: Seat) -> None:
    await hired(house)
    await said(house, "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    await seat.post(f"{place}/claim")
    await seat.post(f"{place}/give-back")
    assert (await seat.get(place)).url.path == "/console/waiting"


async def test_a_town_sees_its_own_citizens_alone(house: House, seat: Seat) -> None:
    await hired(house, area=LINPU)
    await hired(house, "li")
    await said(house, "转人工", by=builders.citizen("of-the-county"))
    await said(house, "临浦镇", "转人工", by=builders.citizen("of-linpu"))
    await seat.sign_in("li")
    assert (await (await seat.get("/console/waiting")).text()).count('<th scope="row">') == 2
    foreign = await seat.link("/console/waiting", "/console/conversations/")
    await seat.sign_in("wang")
    assert (await (await seat.get("/console/waiting")).text()).count('<th scope="row">') == 1
    assert (await seat.get(foreign)).status == 403


async def test_a_handle_that_was_changed_names_nobody(house: House, seat: Seat) -> None:
    await hired(house)
    await said(house, "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    assert (await seat.get(place[:-6] + "AAAAAA")).status == 404
    assert (await seat.get("/console/conversations/%E9%94%99")).status == 404


async def test_what_a_citizen_types_is_never_markup(house: House, seat: Seat) -> None:
    await hired(house)
    await said(house, "<script>alert(1)</script>我要转人工", "转人工")
    await seat.sign_in()
    place = await seat.link("/console/waiting", "/console/conversations/")
    page = await (await seat.get(place)).text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
