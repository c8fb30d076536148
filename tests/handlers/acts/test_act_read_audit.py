"""Reading the audit log: for auditors of the county alone, by person, act, thing and day."""

from datetime import timedelta

import pytest

from bot.house import House
from data.civic.errors import Refused
from data.civic.people import Role, Staff
from data.store.audit import Wanted
from handlers.acts import read_audit
from handlers.acts.note import note
from tests import builders
from tests.staffed import LINPU, hired

DAY = timedelta(days=1)


async def auditor(house: House) -> Staff:
    return await hired(house, "audit1", Role.AUDITOR)


async def numbers(house: House, by: Staff, wanted: Wanted, limit: int = 100) -> list[int]:
    found = await read_audit.entries(house.office(), by, wanted, limit)
    return [one.number for one in found]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.AUDITOR])
async def test_no_other_role_reads(house: House, role: Role) -> None:
    by = await hired(house, "wang", role)
    with pytest.raises(Refused):
        await read_audit.entries(house.office(), by, Wanted(), 10)
    with pytest.raises(Refused):
        await read_audit.check(house.office(), by)
    with pytest.raises(Refused):
        await anext(read_audit.export(house.office(), by, Wanted()))


async def test_a_towns_auditor_does_not_read_the_county(house: House) -> None:
    by = await hired(house, "town1", Role.AUDITOR, area=LINPU)
    with pytest.raises(Refused):
        await read_audit.entries(house.office(), by, Wanted(), 10)


async def test_entries_are_found_by_person_act_thing_and_number(house: House) -> None:
    by, office = await auditor(house), house.office()
    await note(office, "s1", "ticket.see", "XS1")
    await note(office, "s2", "ticket.see", "XS2")
    await note(office, "s1", "ticket.close", "XS1")
    assert await numbers(house, by, Wanted(actor="s1")) == [4, 2]
    assert await numbers(house, by, Wanted(act="ticket.see")) == [3, 2]
    assert await numbers(house, by, Wanted(subject="XS1")) == [4, 2]
    assert await numbers(house, by, Wanted(actor="s1", act="ticket.close")) == [4]
    assert await numbers(house, by, Wanted(before=4)) == [3, 2, 1]
    assert await numbers(house, by, Wanted(actor="s1", before=4), limit=1) == [2]
    assert await numbers(house, by, Wanted(actor="nobody")) == []


async def test_entries_are_found_by_their_days(house: House) -> None:
    by, log, now = await auditor(house), house.stores.audit, builders.now()
    for days in (1, 2, 3):
        deed = (await log.of_subject(by.id, 1))[0].deed
        await log.append(deed, at=now + days * DAY)
    assert await numbers(house, by, Wanted(since=now + DAY, until=now + 3 * DAY)) == [3, 2]
    assert await numbers(house, by, Wanted(since=now + 9 * DAY)) == []
    assert await numbers(house, by, Wanted(until=now - DAY)) == []
    assert await numbers(house, by, Wanted(since=now + 2 * DAY, before=4)) == [3]


async def test_an_export_gives_everything_once(house: House) -> None:
    by, office = await auditor(house), house.office()
    for number in range(5):
        await note(office, "s1", "ticket.see", f"XS{number}")
    given = [one.number async for some in read_audit.export(office, by, Wanted()) for one in some]
    assert given == [7, 6, 5, 4, 3, 2, 1]


async def test_reading_exporting_and_checking_are_on_record(house: House) -> None:
    by, office = await auditor(house), house.office()
    await read_audit.entries(office, by, Wanted(), 10)
    await read_audit.entries(office, by, Wanted(), 10)
    _ = [some async for some in read_audit.export(office, by, Wanted())]
    assert await read_audit.check(office, by) == (3, None)
    acts = [one.deed.act for one in await house.stores.audit.found(Wanted(actor=by.id), 10)]
    assert acts == ["audit.verify", "audit.export", "audit.read"]
