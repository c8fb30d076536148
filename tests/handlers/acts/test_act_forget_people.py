"""Who leaves the roster leaves no code behind; nobody leaves it while an event goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import NotFound
from data.civic.ids import AreaCode, HouseholdId, PersonId
from data.civic.people import Role
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.credentials import Holder
from data.civic.safety.verifying import Standing
from handlers.acts import open_event
from handlers.acts.check_code import check_code
from handlers.acts.forget_people import Leaving, carry_out, forget
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.purge_rosters import purge_due
from handlers.acts.village_codes import kit
from tests.evacuation import AWAY, ME, evacuation
from tests.staffed import LINPU, hired
from tests.townsfolk import person, settled

WHY = "台风前发挂牌"


async def test_the_printed_codes_of_who_is_purged_are_nobodys_and_refused(house: House) -> None:
    office, stores = house.office(), house.stores
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    await settled(stores, person(1), person(2))
    mine, others, homes = [
        (await issue_codes(office, duty, wish, purpose=WHY))[0]
        for wish in (
            Wish(people=(PersonId(1),), kind=CodeKind.PENDANT),
            Wish(people=(PersonId(2),), kind=CodeKind.PENDANT),
            Wish(people=(PersonId(1),), kind=CodeKind.SHEET, household=True),
        )
    ]
    before = await kit(office, duty)
    await check_code(office, duty, mine.text)
    leaving = Leaving(people=[PersonId(1)], households=[HouseholdId(1)], why="on wish")
    record = await forget(office, leaving)

    after = await kit(office, duty)
    assert after.revocations.version == before.revocations.version + 2
    assert after.revocations.handles == {mine.credential.handle, homes.credential.handle}
    for one in (mine, homes):
        told = await check_code(office, duty, one.text)
        assert (told.standing, told.name, told.used_before) == (Standing.REVOKED, "", None)
        assert await stores.credentials.get(one.credential.id) is None
        assert await stores.credentials.some([one.credential.id], [one.credential.number]) == []
    kept = await stores.database.collection("credentials").find(
        {"_id": mine.credential.id}, limit=1
    )
    assert set(kept[0]) == {"_id", "id", "number", "voided", "expires_at"}
    assert await stores.credentials.of(Holder(person=PersonId(1))) == []
    assert (await check_code(office, duty, others.text)).standing is Standing.VALID
    await carry_out(office, record)
    assert (await kit(office, duty)).revocations.version == after.revocations.version


async def test_the_digits_of_who_is_purged_name_nobody(house: House) -> None:
    office = house.office()
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    await settled(house.stores, person(1))
    wish = Wish(people=(PersonId(1),), kind=CodeKind.PENDANT)
    (one,) = await issue_codes(office, duty, wish, purpose=WHY)
    await forget(office, Leaving(people=[PersonId(1)], why="on wish"))
    with pytest.raises(NotFound):
        await check_code(office, duty, in_digits(one.credential.handle))


async def test_nobody_leaves_the_roster_while_an_event_goes_on_where_they_live(
    house: House,
) -> None:
    scene = await evacuation(house)
    office, stores = scene.office, house.stores
    await settled(stores, person(10, village=AreaCode("330110001201")))
    assert isinstance(house.clock, SystemClock)
    yesterday = (house.clock.now() - timedelta(days=1)).date()
    for one in (ME, AWAY, PersonId(10)):
        found = await stores.residents.get(one)
        assert found is not None
        late = replace(found, purge_on=yesterday, version=found.version + 1)
        await stores.residents.save_all([late])
    assert await purge_due(office) == 1
    assert await stores.residents.get(PersonId(10)) is None
    assert await stores.residents.get(ME) is not None

    await open_event.close_event(office, scene.hq.li, scene.event)
    assert await purge_due(office) == 2
    assert await stores.residents.get(ME) is None
