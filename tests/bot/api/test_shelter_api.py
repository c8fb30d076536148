"""Shelters over the wire: check in, sent on, batches, boards, conflicts and reports."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.house import House
from data.civic.people import Role
from handlers.acts.api_tokens import make
from tests import builders
from tests.bot.served import Door, at_the_door
from tests.sheltering import HALL, SCHOOL, WHY, Desks, desks, shelter
from tests.staffed import hired
from tests.townsfolk import NEXT_VILLAGE


async def key_of(house: House, login: str) -> str:
    token, _ = await make(house.office(), login, name="test", lasts=timedelta(days=1), by="test")
    return f"Bearer {token}"


async def send(
    door: Door, key: str, path: str, body: object | None = None
) -> tuple[int, dict[str, Any]]:
    method = "GET" if body is None else "POST"
    content = None if body is None else json.dumps(body, default=str).encode()
    return await door.send(method, f"/staff{path}", content, authorization=key)


def scan_of(one: Desks, code: str = "", **more: object) -> dict[str, object]:
    given: dict[str, object] = {
        "id": builders.ids().new(),
        "event": one.event,
        "shelter": HALL,
        "way": "in",
        "code": code,
        "counter": 0,
    }
    return given | more


@pytest.fixture
async def at_work(house: House) -> Desks:
    full = shelter(people=2)
    return await desks(house, full, shelter(SCHOOL, 9, area=NEXT_VILLAGE))


async def test_a_desk_checks_in_until_it_is_full_and_sends_on(house: House, at_work: Desks) -> None:
    codes, key = await at_work.codes(), await key_of(house, "desk")
    async with at_the_door(house) as door:
        told = [
            await send(door, key, "/stays", scan_of(at_work, code, device="desk"))
            for code in codes[:3]
        ]
        _, out = await send(
            door,
            key,
            "/stays",
            scan_of(at_work, codes[0], device="desk", way="out", out_to="hospital"),
        )
        _, listed = await send(door, key, "/shelters")
        body = {"event": at_work.event, "purpose": WHY}
        _, board = await send(door, key, f"/shelters/{HALL}/board", body)
        _, report = await send(door, key, f"/shelters/{HALL}/reports/{at_work.event}")
    assert [(status, one["outcome"]) for status, one in told] == [
        (200, "in"),
        (200, "in"),
        (200, "full"),
    ]
    assert told[2][1]["inside"]["people"] == 2
    assert [one["id"] for one in told[2][1]["offers"]] == [SCHOOL]
    assert out["outcome"] == "out"
    assert [(one["id"], one["inside"]["people"]) for one in listed["shelters"]] == [
        (HALL, 1),
        (SCHOOL, 0),
    ]
    assert [one["name"] for one in board["occupants"]] == ["居*2"]
    assert (report["came"], report["out_to"]) == (2, {"hospital": 1})


async def test_a_batch_of_a_device_is_merged_once(house: House, at_work: Desks) -> None:
    codes, key = await at_work.codes(), await key_of(house, "desk")
    wall = (builders.now() + timedelta(minutes=10)).isoformat()
    clock = {"boot": "b1", "ticks": 60_000, "wall": wall}
    scans = [
        {**scan_of(at_work, code, counter=n), **clock, "ticks": 50_000 + n}
        for n, code in enumerate(codes)
    ]
    batch = {"device": "phone-1", "now": clock, "scans": scans}
    async with at_the_door(house) as door:
        for wanted in ("taken", "known", "known"):
            status, merged = await send(door, key, "/scans", batch)
            assert (status, {one["taken"] for one in merged["results"]}) == (200, {wanted})
            assert merged["inside"][HALL]["people"] == 4
        moved = {**scan_of(at_work, codes[0], shelter=SCHOOL), **clock}
        await send(door, key, "/scans", {"device": "phone-2", "now": clock, "scans": [moved]})
        _, listed = await send(door, key, f"/events/{at_work.event}/conflicts")
    (conflict,) = listed["conflicts"]
    assert conflict["kind"] == "elsewhere"
    assert {conflict["first"], conflict["second"]} == {scans[0]["id"], moved["id"]}


async def test_a_closed_shelter_answers_with_exact_numbers(house: House, at_work: Desks) -> None:
    codes, key = await at_work.codes(), await key_of(house, "desk")
    chief = await key_of(house, "li")
    async with at_the_door(house) as door:
        await send(door, key, "/stays", scan_of(at_work, codes[0], device="desk"))
        refused, _ = await send(door, key, f"/shelters/{HALL}/state", {"to": "closed"})
        _, closed = await send(door, chief, f"/shelters/{HALL}/state", {"to": "closed"})
        _, late = await send(door, key, "/stays", scan_of(at_work, codes[1], device="desk"))
        again, _ = await send(door, chief, f"/shelters/{HALL}/state", {"to": "unsafe"})
    assert refused == 403
    assert (closed["state"], closed["inside"]["people"]) == ("closed", 1)
    assert (late["outcome"], late["inside"]["people"]) == ("closed", 1)
    assert again == 400


async def test_another_area_and_another_role_see_and_do_nothing(
    house: House, at_work: Desks
) -> None:
    await hired(house, "far", Role.SHELTER, area=NEXT_VILLAGE)
    await hired(house, "agent", Role.AGENT)
    far, agent = await key_of(house, "far"), await key_of(house, "agent")
    async with at_the_door(house) as door:
        _, listed = await send(door, far, "/shelters")
        assert [one["id"] for one in listed["shelters"]] == [SCHOOL]
        body = {"event": at_work.event, "purpose": WHY}
        for key in (far, agent):
            status, _ = await send(door, key, f"/shelters/{HALL}/board", body)
            assert status == 403
            visit = scan_of(at_work, strangers=1, device="x")
            assert (await send(door, key, "/stays", visit))[0] == 403
        path = f"/shelters/{HALL}/reports/{at_work.event}"
        assert (await send(door, far, path))[0] == 403
        assert (await send(door, agent, "/shelters"))[0] == 403


async def test_a_part_of_a_party_that_comes_elsewhere_is_a_party_anew(
    house: House, at_work: Desks
) -> None:
    key = await key_of(house, "desk")
    async with at_the_door(house) as door:
        there = scan_of(at_work, strangers=6, device="x", shelter=SCHOOL)
        _, came = await send(door, key, "/stays", there)
        part = scan_of(at_work, strangers=2, device="x")
        refused, why = await send(door, key, "/stays", part | {"party": came["scan"]})
        taken, _ = await send(door, key, "/stays", part)
    assert refused == 400
    assert "counted anew" in str(why)
    assert taken == 200
    assert (await at_work.inside(SCHOOL), await at_work.inside()) == (6, 2)
