"""What names no event goes by its age; who was told of what is found and destroyed by number."""

from dataclasses import replace
from datetime import timedelta

from data.civic.ids import AppealId, DutyCallId, HazardId, StaffId
from data.civic.safety import hazards
from data.civic.safety.targets import Target
from data.civic.sending.informing import Slice
from data.civic.warning.duty import see
from data.store.archive import Archive
from data.store.stores import Stores
from tests import builders
from tests.dated import all_of, answer, case, left, waiting, written
from tests.informed import batch, sms
from tests.townsfolk import LINPU, VILLAGE, person, settled

NOW = builders.now()
DAY = timedelta(days=1)


async def test_what_is_old_goes_but_for_what_is_of_a_time_that_is_spared(stores: Stores) -> None:
    for name, days in (("ancient", 30), ("in-the-flood", 20), ("old", 12), ("young", 1)):
        await written(stores, name, NOW - days * DAY)
    flood = (NOW - 21 * DAY, NOW - 19 * DAY)
    gone = await stores.papers.destroy_before(NOW - 10 * DAY, sparing=[flood])
    assert set(gone.values()) == {2}
    assert await left(stores) == all_of("in-the-flood", "young")
    gone = await stores.papers.destroy_before(NOW - 10 * DAY, sparing=[flood])
    assert not any(gone.values())
    await stores.papers.destroy_before(NOW - 10 * DAY, sparing=[])
    assert await left(stores) == all_of("young")


async def test_a_case_that_waits_keeps_its_place_and_one_that_is_over_its_numbers(
    stores: Stores,
) -> None:
    at = NOW - 30 * DAY
    await stores.hazards.add(case("waits", at))
    await written(stores, "over", at)
    await stores.papers.destroy_before(NOW, sparing=[])
    waits = await stores.hazards.get(HazardId("waits"))
    assert waits == case("waits", at)
    over = await stores.hazards.get(HazardId("over"))
    assert over is not None
    assert (over.spot.point, over.result) == (None, "")
    assert (over.spot.area, over.opened_at, over.by) == (VILLAGE, at, "w")


async def test_what_waits_for_somebody_stays_however_old_it_is(stores: Stores) -> None:
    await waiting(stores, "waits", NOW - 30 * DAY)
    await written(stores, "over", NOW - 30 * DAY)
    await stores.papers.destroy_before(NOW - 10 * DAY, sparing=[])
    assert await left(stores) == all_of("waits")


async def test_what_was_answered_late_keeps_its_days_from_then(stores: Stores) -> None:
    await waiting(stores, "late", NOW - 30 * DAY)
    at, call = NOW - 5 * DAY, DutyCallId("feed_silent/late")
    await stores.appeals.change(
        AppealId("late"), lambda one: replace(one, answer=answer(at), version=one.version + 1)
    )
    await stores.duty_calls.change(call, lambda one: see(one, StaffId("w"), at))
    await stores.papers.destroy_before(NOW - 10 * DAY, sparing=[])
    found = await left(stores)
    assert (found["appeals"], found["duty_calls"]) == ({"late"}, {"late"})
    await stores.papers.destroy_before(NOW - 4 * DAY, sparing=[])
    found = await left(stores)
    assert (found["appeals"], found["duty_calls"]) == (set(), set())


async def test_a_report_of_a_case_that_went_into_an_open_one_waits_with_it(
    stores: Stores,
) -> None:
    at = NOW - 30 * DAY
    for name in ("older", "younger"):
        await waiting(stores, name, at)
    older = case("older", at)
    await stores.hazards.change(HazardId("younger"), lambda one: hazards.merge(one, older))
    await stores.papers.destroy_before(NOW, sparing=[])
    assert (await left(stores))["hazard_reports"] == {"older", "younger"}
    await stores.hazards.change(
        HazardId("older"), lambda one: hazards.end(one, "修好了", StaffId("w"), at)
    )
    await stores.papers.destroy_before(NOW, sparing=[])
    assert (await left(stores))["hazard_reports"] == set()


async def told(stores: Stores, *numbers: int) -> None:
    """Have two people on the roster told by some informings."""
    await settled(stores, person(1), person(2))
    for number in numbers:
        one = Slice(informing=number, number=0, villages=((VILLAGE, 2),))
        await stores.rows.make(one, Target(areas=(LINPU,)), again=False)
        await stores.sends.begin(batch(sms(1, 2), of=number, one=0))


async def test_who_was_told_is_found_and_destroyed_by_the_number(stores: Stores) -> None:
    assert await stores.papers.informings() == []
    await told(stores, 3, 7, 8)
    await stores.sends.begin(batch(sms(1), of=12, one=0))
    assert await stores.papers.informings() == [3, 7, 8, 12]
    assert await stores.papers.destroy_told([7, 9]) == {"rows": 2, "sends": 1}
    assert await stores.papers.informings() == [3, 8, 12]


async def test_in_a_backup_who_was_told_stands_under_the_key_of_the_informing(
    stores: Stores,
) -> None:
    await told(stores, 3, 7)
    archive = Archive(stores.database)
    for name, each in (("rows", 2), ("sends", 1)):
        keys = [one.key async for page in archive.pages(name) for one in page]
        assert keys == ["archive/informing-3"] * each + ["archive/informing-7"] * each


async def test_rows_are_brought_back_from_a_backup_and_cleared_before(stores: Stores) -> None:
    await told(stores, 3)
    archive = Archive(stores.database)
    documents = [one.document async for page in archive.pages("rows") for one in page]
    before = await stores.rows.of_slice(3, 0)
    assert len(before) == 2
    assert "rows" in await archive.used()
    await archive.clear()
    assert "rows" not in await archive.used()
    await archive.put("rows", documents)
    assert await stores.rows.of_slice(3, 0) == before
