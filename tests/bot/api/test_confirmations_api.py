"""A page lists what a family was sent, and confirms it: once, for the household, durably."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.house import House
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.sending.informing import Informing
from data.civic.sending.rows import By, Manner, RowState, Said
from handlers.acts import inform
from tests import builders
from tests.bot.served import Door, at_the_door
from tests.carrying import walked
from tests.staffed import hired
from tests.townsfolk import all_ways, guarded, informed, person, rows_of, settled

HERE = builders.citizen().id
HOME = 7
PATH = "/confirmations"


@pytest.fixture
async def told(house: House) -> Informing:
    """A mother who registered in this session, her child, and a neighbour."""
    await settled(
        house.stores,
        replace(person(1, household=HOME), conversation=HERE),
        person(2, household=HOME, phone=None),
        person(3, chat=True),
    )
    informing = await informed(house)
    await walked(house, all_ways())
    return informing


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    async with at_the_door(house) as one:
        yield one


async def said(door: Door, informing: Informing, said: str = "received", **more: int) -> object:
    status, body = await door.post(PATH, {"warning": informing.id, "said": said} | more)
    assert status == 200, body
    return body


async def listed(door: Door) -> list[dict[str, object]]:
    status, body = await door.send("GET", PATH, None)
    assert status == 200, body
    warnings: list[dict[str, object]] = body["warnings"]
    return warnings


async def test_a_confirmation_counts_for_the_household_and_is_said_in_words(
    house: House, door: Door, told: Informing
) -> None:
    body = await said(door, told)
    assert isinstance(body, dict)
    assert (body["first"], body["said"], body["visit"]) == (True, "received", None)
    assert "已经记下" in body["text"]
    rows = await rows_of(house.stores, told)
    assert [rows[handle].state.uninformed for handle in (1, 2, 3)] == [False, False, True]
    mother, child = rows[1].confirmation, rows[2].confirmation
    assert mother is not None
    assert child is not None
    assert (mother.by, mother.manner, child.by) == (By.SELF, Manner.PAGE, By.HOUSEHOLD)
    assert "openid" not in mother.who


async def test_the_same_again_changes_nothing(house: House, door: Door, told: Informing) -> None:
    await asyncio.gather(*(said(door, told) for _ in range(5)))
    before = await rows_of(house.stores, told)
    again = await said(door, told, "safe")
    assert isinstance(again, dict)
    assert (again["first"], again["said"]) == (False, "received")
    assert await rows_of(house.stores, told) == before


async def test_whoever_is_safe_or_stays_is_heard(house: House, door: Door, told: Informing) -> None:
    worker = await guarded(house.stores)
    body = await said(door, told, "stays")
    assert isinstance(body, dict)
    assert body["visit"] == {"name": worker.name, "phone": worker.phone}
    row = await house.stores.rows.get(told.id, PersonId(1))
    assert row is not None
    assert (row.visit, row.state) == (Said.STAYS, RowState.CONFIRMED)


async def test_one_answers_for_somebody_of_the_household_and_for_nobody_else(
    door: Door, told: Informing
) -> None:
    body = await said(door, told, "safe", person=2)
    assert isinstance(body, dict)
    assert body["first"] is True
    for stranger in (3, 99):
        status, problem = await door.post(
            PATH, {"warning": told.id, "said": "safe", "person": stranger}
        )
        assert status == 404
        assert "12345" in problem["detail"]


async def test_the_list_shows_masked_names_and_what_was_answered(
    door: Door, told: Informing
) -> None:
    (before,) = await listed(door)
    assert before["people"] == [{"person": 1, "name": "居**", "said": None, "at": None}]
    await said(door, told, "safe")
    (after,) = await listed(door)
    (mother,) = after["people"]  # type: ignore[misc]
    assert (after["warning"], mother["said"]) == (told.id, "safe")


async def test_a_name_of_one_character_is_not_shown_whole(house: House, door: Door) -> None:
    mother = replace(person(1), name="王", conversation=HERE)
    await settled(house.stores, mother)
    await informed(house)
    await walked(house, all_ways())
    (one,) = await listed(door)
    assert one["people"] == [{"person": 1, "name": "王*", "said": None, "at": None}]


async def test_whoever_is_not_registered_has_an_empty_list_and_is_told_what_to_do(
    house: House, door: Door
) -> None:
    await settled(house.stores, person(3, chat=True))
    informing = await informed(house)
    assert await listed(door) == []
    status, problem = await door.post(PATH, {"warning": informing.id, "said": "received"})
    assert (status, "119" in problem["detail"]) == (404, True)


async def test_what_was_cancelled_is_neither_shown_nor_answered(house: House, door: Door) -> None:
    await settled(house.stores, replace(person(1), conversation=HERE))
    chief = await hired(house, "chief", Role.CHIEF)
    informing = await informed(house)
    await inform.cancel(house.office(), chief, informing.id)
    await walked(house, all_ways())
    assert await listed(door) == []
    status, _ = await door.post(PATH, {"warning": informing.id, "said": "received"})
    assert status == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"warning": 1},
        {"warning": 1, "said": "help"},
        {"warning": 0, "said": "safe"},
        {"warning": "one", "said": "safe"},
        {"warning": 1, "said": "safe", "person": -1},
        {"warning": 1, "said": "safe", "for": "all"},
    ],
)
async def test_another_body_is_refused(door: Door, body: object) -> None:
    status, problem = await door.post(PATH, body)
    assert (status, problem["status"]) == (400, 400)


async def test_nobody_confirms_without_a_session(door: Door, told: Informing) -> None:
    for method in ("GET", "POST"):
        status, _ = await door.send(method, PATH, b"{}", authorization="")
        assert status == 401
