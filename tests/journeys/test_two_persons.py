"""Journey 12: what the county decides needs two different people; an issuer's warning needs none.

Through the console, as the two sit before it, to the words that leave.
"""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from bot.workers.informing_intake import take_up_next
from data.civic.people import Role
from data.civic.sending.rows import Rung
from handlers.acts.relay import relay
from tests import builders, bulletins
from tests.bulletins import COUNTY, FEED, LINPU, OBSERVATORY, START, arrival, at
from tests.carrying import walked
from tests.staffed import Seat, hired, served
from tests.townsfolk import Remembering, all_ways, person, settled

TEXT = "请马上转移到安置点。"
IN_TWO_DAYS = f"{builders.next_morning() + timedelta(days=1):%Y-%m-%d}"
FORMS = {
    "response": {"area": COUNTY, "level": "IV"},
    "order": {"area-1": LINPU, "day-1": IN_TWO_DAYS, "hour-1": "18:00"},
    "notice": {"area": LINPU, "title": "停课通知"},
}

pytestmark = pytest.mark.usefixtures("by_day")


async def sent(house: House) -> list[str]:
    """Let the workers do what is to be done; tell what left by text message."""
    ways = all_ways()
    await take_up_next(house.office())
    await walked(house, ways)
    sms = ways[Rung.SMS]
    assert isinstance(sms, Remembering)
    return [one.text for one in sms.given]


async def seated(seat: Seat, login: str) -> None:
    seat.client.session.cookie_jar.clear()
    await seat.sign_in(login)


async def opened(house: House, seat: Seat) -> str:
    """Hire two chiefs and let the first open an event; give its address."""
    await hired(house, "li", Role.CHIEF, name="李强")
    await hired(house, "zhao", Role.CHIEF, name="赵敏")
    await settled(house.stores, person(1), person(2))
    await seated(seat, "li")
    return (await seat.post("/console/events", name="台风", area=COUNTY)).url.path


@pytest.mark.parametrize("what", sorted(FORMS))
async def test_nothing_leaves_before_a_different_person_has_signed(house: House, what: str) -> None:
    async with served(house) as client:
        seat = Seat(client)
        event = await opened(house, seat)
        draft = await seat.post(f"{event}/draft", what=what, text=TEXT, **FORMS[what])
        place = draft.url.path
        (one,) = await house.stores.decisions.of(event.rsplit("/", 1)[1], 5)  # type: ignore[arg-type]
        for _ in range(2):
            await seat.post(f"{place}/approve", digest=one.digest)
        assert await sent(house) == []

        await seated(seat, "zhao")
        signed = await seat.post(f"{place}/approve", digest=one.digest)
        assert "已签发" in await signed.text()
        again = await seat.post(f"{place}/approve", digest=one.digest)
        assert "没有签发" in await again.text()
        left = await sent(house)
        assert len(left) == 2
        assert all("防汛防台抗旱指挥部" in text for text in left)
        acts = [entry.deed.act async for entry in house.stores.audit.entries()]
        assert [act for act in acts if act.startswith("decision.")] == [
            "decision.draft",
            "decision.approve",
        ]


async def test_an_override_leaves_at_once_and_leaves_a_trace(house: House) -> None:
    async with served(house) as client:
        seat = Seat(client)
        event = await opened(house, seat)
        form = {"what": "order", "text": TEXT, **FORMS["order"]}
        place = (await seat.post(f"{event}/draft", **form)).url.path
        (one,) = await house.stores.decisions.of(event.rsplit("/", 1)[1], 5)  # type: ignore[arg-type]
        await seat.post(f"{place}/override", digest=one.digest, reason="洪水已到村口")
        assert len(await sent(house)) == 2
        page = await (await seat.get(place)).text()
        assert "洪水已到村口" in page
        assert "还缺第二个人补签" in page
        late = await seat.post(f"{place}/approve", digest=one.digest)
        assert "没有签发" in await late.text()
        assert "没有结束" in await (await seat.post(f"{event}/close")).text()

        await seated(seat, "zhao")
        assert "已签发" in await (await seat.post(f"{place}/approve", digest=one.digest)).text()
        assert await sent(house) == []
        acts = [entry.deed.act async for entry in house.stores.audit.entries()]
        assert "decision.override" in acts


async def test_an_issuers_warning_waits_for_nobody_and_is_not_edited(
    house: House, clock: SystemClock
) -> None:
    await settled(house.stores, person(1))
    at(clock, START + timedelta(minutes=1))
    message = bulletins.message()
    await relay(house.office(), FEED, arrival(message))
    (text,) = await sent(house)
    assert text.startswith(message.headline)
    assert OBSERVATORY in text
    assert "11月21日08:00" in text
    (one,) = await house.stores.informings.newest(5)
    assert message.description in one.words.text
