"""Changes of the roster: kept until somebody has looked at them, by one at a time."""

import asyncio
from datetime import timedelta

from data.store.roster_changes import RosterChange
from data.store.stores import Stores
from tests import builders
from tests.townsfolk import LINPU, NEXT_VILLAGE, VILLAGE

AT = builders.now()
MINUTE = timedelta(minutes=1)
UNTIL = AT + 5 * MINUTE


async def test_what_is_due_longest_is_taken_first_and_what_is_not_due_is_left(
    stores: Stores,
) -> None:
    await stores.roster_changes.expect("later", [LINPU], due=AT + MINUTE)
    await stores.roster_changes.expect("now", [LINPU], due=AT)
    await stores.roster_changes.expect("long", {NEXT_VILLAGE, VILLAGE}, due=AT - MINUTE)
    first = await stores.roster_changes.take(AT, until=UNTIL)
    assert first == RosterChange(id="long", areas=(VILLAGE, NEXT_VILLAGE))
    second = await stores.roster_changes.take(AT, until=UNTIL)
    assert second == RosterChange(id="now", areas=(LINPU,))
    assert await stores.roster_changes.take(AT, until=UNTIL) is None


async def test_many_who_take_at_once_get_each_change_once(stores: Stores) -> None:
    for number in range(5):
        await stores.roster_changes.expect(f"c{number}", [VILLAGE], due=AT)
    takers = [stores.roster_changes.take(AT, until=UNTIL) for _ in range(12)]
    taken = [one.id for one in await asyncio.gather(*takers) if one is not None]
    assert sorted(taken) == ["c0", "c1", "c2", "c3", "c4"]


async def test_a_change_comes_back_until_it_is_forgotten(stores: Stores) -> None:
    await stores.roster_changes.expect("killed", [VILLAGE], due=AT)
    for now in (AT, UNTIL):
        assert await stores.roster_changes.take(now, until=now + 5 * MINUTE)
        assert await stores.roster_changes.take(now, until=now + 5 * MINUTE) is None
    for _ in range(2):
        await stores.roster_changes.forget("killed")
    assert await stores.roster_changes.take(AT + timedelta(days=1), until=UNTIL) is None


async def test_a_change_that_was_expected_falls_due_when_it_has_happened(stores: Stores) -> None:
    await stores.roster_changes.expect("import", [VILLAGE], due=UNTIL)
    assert await stores.roster_changes.take(AT, until=UNTIL) is None
    await stores.roster_changes.expect("import", [NEXT_VILLAGE], due=AT)
    taken = await stores.roster_changes.take(AT, until=AT)
    assert taken == RosterChange(id="import", areas=(NEXT_VILLAGE,))
    await stores.roster_changes.forget("import")
    assert await stores.roster_changes.take(AT, until=UNTIL) is None
