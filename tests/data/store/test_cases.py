"""Cases."""

from dataclasses import replace

from data.civic.ids import CaseNumber
from data.civic.knowing.cases import Case, CaseState
from data.store.stores import Stores
from tests import builders
from tests.waiting import until


def case(number: str = "XS1") -> Case:
    return Case(
        number=CaseNumber(number),
        title="护照",
        state=CaseState.ACCEPTED,
        department="公安出入境",
        phone="12345",
        changed_at=builders.now(),
        factors=frozenset({"a", "b"}),
    )


async def test_a_case_stands_as_it_was_last_put(stores: Stores) -> None:
    await stores.cases.put(case())
    granted = replace(case(), state=CaseState.GRANTED)
    await stores.cases.put(granted)
    assert await stores.cases.get(granted.number) == granted
    assert await stores.cases.get(CaseNumber("none")) is None


async def test_a_citizen_finds_the_cases_she_follows_newest_first(stores: Stores) -> None:
    for number in ("XS1", "XS2", "XS3"):
        await stores.cases.put(case(number))
    await stores.cases.save_for("p", CaseNumber("XS1"))

    async def newest_is_first() -> bool:
        await stores.cases.save_for("p", CaseNumber("XS2"))
        return [one.number for one in await stores.cases.of("p", 10)] == ["XS2", "XS1"]

    await until(newest_is_first)
    assert await stores.cases.of("q", 10) == []


async def test_a_case_that_was_saved_but_is_not_known_is_left_out(stores: Stores) -> None:
    await stores.cases.save_for("p", CaseNumber("XS1"))
    assert await stores.cases.of("p", 10) == []
