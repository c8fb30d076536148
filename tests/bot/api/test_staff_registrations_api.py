"""The staff API of who is entered for a person: seen for a purpose, a word recorded."""

from datetime import timedelta

from bot.house import House
from data.civic.people import Role
from handlers.acts import api_tokens
from tests.registered import MOTHER, asks_for_mother, of, on_the_roster
from tests.staffed import hired, served
from tests.townsfolk import person

PURPOSE = "上门登记代办"


async def test_a_word_is_recorded_and_without_the_role_nobody_is_seen(house: House) -> None:
    await on_the_roster(house, MOTHER, person(22))
    await asks_for_mother(of(house, "daughter"))
    for login, role in (("duty", Role.DUTY), ("agent", Role.AGENT)):
        await hired(house, login, role)
    day, office = timedelta(days=1), house.office()
    tokens = {
        login: (await api_tokens.make(office, login, name="t", lasts=day, by="test"))[0]
        for login in ("duty", "agent")
    }
    path, wanted = "/api/v1/staff/registrations", {"person": 21, "purpose": PURPOSE}
    async with served(house) as client:

        async def ask(login: str, body: object, place: str = path) -> tuple[int, object]:
            headers = {"Authorization": f"Bearer {tokens[login]}"}
            answer = await client.post(place, json=body, headers=headers)
            return answer.status, await answer.json()

        assert (await ask("agent", wanted))[0] == 403
        status, told = await ask("duty", wanted)
        assert (status, isinstance(told, dict)) == (200, True)
        (one,) = told["registrations"]  # type: ignore[index]
        assert (one["state"], one["name"]) == ("asked", "李小芳")
        word = {**wanted, "registration": one["id"], "word": "yes"}
        assert (await ask("duty", {**word, "person": 22}, f"{path}/word"))[0] == 404
        for _ in range(2):
            status, told = await ask("duty", word, f"{path}/word")
            (stands,) = told["registrations"]  # type: ignore[index]
            assert (status, stands["state"], stands["agreed_how"]) == (200, "standing", "door")
