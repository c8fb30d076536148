"""Who is entered for a person, at the console: found for a purpose, the word recorded."""

import pytest

from bot.house import House
from data.civic.people import Role
from data.civic.safety.registrations import How, State
from tests.registered import MOTHER_PHONE, asks_for_mother, of, on_the_roster, only, registers
from tests.staffed import Seat, hired

PURPOSE = "上门登记代办"


@pytest.fixture
async def asking(house: House) -> None:
    """A daughter asks to stand in for her mother, who has no conversation of her own."""
    await on_the_roster(house)
    assert "当面对网格员" in await asks_for_mother(of(house, "daughter"))


async def test_a_word_heard_at_the_door_is_recorded(house: House, seat: Seat, asking: None) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    found = await seat.post("/console/people", number=MOTHER_PHONE, purpose=PURPOSE)
    page = await found.text()
    assert "王桂花" in page
    assert MOTHER_PHONE not in str(found.url)
    shown = await seat.post("/console/people/registrations", person="21", purpose=PURPOSE)
    page = await shown.text()
    assert "李小芳" in page
    assert "等本人同意" in page
    one = await only(house)
    fields = {"person": "21", "purpose": PURPOSE, "registration": one.id, "key": "k1"}
    done = await (
        await seat.post("/console/people/registrations/word", word="yes", **fields)
    ).text()
    assert "已同意" in done
    stands = await only(house)
    assert stands.agreement is not None
    assert (stands.state, stands.agreement.how) == (State.STANDING, How.DOOR)
    fields["key"] = "k2"
    await seat.post("/console/people/registrations/word", word="no", **fields)
    assert (await only(house)).state is State.ENDED


async def test_without_a_purpose_or_a_number_nobody_is_shown(
    house: House, seat: Seat, asking: None
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    for fields in ({"number": MOTHER_PHONE}, {"purpose": PURPOSE}):
        page = await (await seat.post("/console/people", **fields)).text()
        assert "请写明用途" in page
        assert "王桂花" not in page
    page = await (await seat.post("/console/people", number="13899998888", purpose=PURPOSE)).text()
    assert "没有查到这个人" in page


async def test_what_is_not_the_persons_own_is_ended(house: House, seat: Seat) -> None:
    await on_the_roster(house)
    mother = of(house, "mother")
    await registers(mother)
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    await seat.get("/console/people")
    (own,) = await house.stores.registrations.of_conversation(mother.by.id)
    fields = {"person": "21", "purpose": PURPOSE, "registration": own.id, "key": "k1"}
    page = await (
        await seat.post("/console/people/registrations/word", word="end", **fields)
    ).text()
    assert "还没有在微信或支付宝里登记" in page
    assert await house.stores.residents.of_conversation(mother.by.id, 5) == []


async def test_an_agent_sees_nobody(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.AGENT)
    await seat.sign_in()
    assert (await seat.get("/console/people")).status == 403
