"""Every operation of the API has a policy: who may, for whom, and for what purpose.

A route without a line in the table fails; so does one that opens to a role its line does not
name, tells one village or one citizen of another's people, or shows people for no purpose.
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.api.routes import STAFF_TOKEN, Route
from bot.app import CITIZEN, STAFF
from bot.house import House
from data.civic.people import Role
from data.civic.privacy import mask_name
from handlers.acts import api_tokens
from tests.bot.api.least import least
from tests.bot.api.peopled import NAMES, OTHERS, SHELTER, Peopled, peopled
from tests.bot.api.policies import (
    CITIZEN_OPEN,
    NAME_SOMEBODY,
    NUMBERS_WITHOUT,
    OWN_ONLY,
    ROLES,
    TELL_A_COLOUR,
    TELL_WHO_SHOWS_A_CODE,
    WITHOUT_PURPOSE,
)
from tests.bot.served import at_the_door
from tests.evacuation import ME
from tests.staffed import COUNTY, hired, served
from tests.townsfolk import GRID, NEXT_VILLAGE, VILLAGE

API = "/api/v1"
ROUTES = {f"{one.method} {one.path}": one for part in (*CITIZEN, *STAFF) for one in part.routes}
STAFF_ROUTES = [name for name, one in ROUTES.items() if one.key == STAFF_TOKEN]
CITIZEN_ROUTES = [name for name, one in ROUTES.items() if one.key != STAFF_TOKEN]
FOR_A_PURPOSE = [
    name
    for name, one in ROUTES.items()
    if one.key == STAFF_TOKEN and one.body and "purpose" in one.body.model_fields
]
TAKEN = 400, 403, 404, 409


def test_every_route_has_a_policy_and_every_policy_a_route() -> None:
    assert set(ROLES) == set(STAFF_ROUTES), "enter the route into tests/bot/api/policies.py"
    assert {name for name in CITIZEN_ROUTES if ROUTES[name].open} == CITIZEN_OPEN


@pytest.mark.parametrize("name", STAFF_ROUTES)
def test_who_acts_on_a_person_says_for_what_purpose(name: str) -> None:
    body = ROUTES[name].body
    known = body.model_fields if body else {}
    if {"person", "people"} & set(known) and name not in WITHOUT_PURPOSE:
        assert known["purpose"].is_required()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A house with people in it, whose every door is tried."""

    village: Peopled
    house: House
    client: TestClient[web.Request, web.Application]

    async def token(self, login: str) -> str:
        made, _ = await api_tokens.make(
            self.house.office(), login, name="t", lasts=timedelta(days=1), by="test"
        )
        return made

    async def sweep(self, token: str) -> dict[str, list[str]]:
        """Try every door of staff about the village and its people; tell whom each has named."""
        told: dict[str, list[str]] = {}
        code = {"code": self.village.code}
        about = ({"person": ME}, {"people": [ME]}, {"village": VILLAGE}, {"villages": [VILLAGE]})
        for name in STAFF_ROUTES:
            for more in (*about, {"grid": GRID}, code):
                _, text = await self.tries(name, token, purpose="转移群众", **more)
                told.setdefault(name, []).extend(one for one in OTHERS if one in text)
        return {name: found for name, found in told.items() if found}

    async def tries(
        self, name: str, token: str, *, leaving_out: str = "", **more: object
    ) -> tuple[int, str]:
        """Send the least that the document allows, about the event and a person of the village."""
        route = ROUTES[name]
        body, query = self._asked(route.body, more), self._asked(route.query, {})
        if body is not None:
            body.pop(leaving_out, None)
        answer = await self.client.request(
            route.method,
            API + self._path(route),
            json=body,
            params={key: str(value) for key, value in (query or {}).items()},
            headers={"Authorization": f"Bearer {token}"},
        )
        return answer.status, await answer.text()

    def _path(self, route: Route) -> str:
        known = {
            "{event}": self.village.scene.event,
            "{shelter}": SHELTER,
            "{informing}": str(self.village.informing),
            "{hazard}": self.village.hazard,
            "{appeal}": self.village.appeal,
            "{id}": "x",
            "{number}": "XS1",
        }
        path = route.path
        for mark, value in known.items():
            path = path.replace(mark, value)
        return path.replace("{", "").replace("}", "")

    def _asked(self, model: Any, more: Mapping[str, object]) -> dict[str, Any] | None:
        if model is None:
            return None
        schema = model.model_json_schema()
        asked: dict[str, Any] = least(schema, schema)
        about = {"event": self.village.scene.event, **more}
        return asked | {key: value for key, value in about.items() if key in schema["properties"]}


@pytest.fixture
async def walk(house: House) -> AsyncIterator[Walk]:
    village = await peopled(house)
    async with served(house) as client:
        yield Walk(village=village, house=house, client=client)


@pytest.mark.parametrize("role", Role)
async def test_a_role_opens_its_operations_and_no_other(walk: Walk, role: Role) -> None:
    await hired(walk.house, "somebody", role)
    token, wrong = await walk.token("somebody"), []
    for name in STAFF_ROUTES:
        status, _ = await walk.tries(name, token)
        refused = status == 403
        allowed = role in ROLES[name].split()
        if refused == allowed and not (allowed and name in OWN_ONLY):
            wrong.append(f"{name}: {status}")
        assert status < 500, name
    assert wrong == []


async def test_another_villages_staff_read_nobody_of_this_one(walk: Walk) -> None:
    await hired(walk.house, "far", *Role, area=NEXT_VILLAGE)
    assert set(await walk.sweep(await walk.token("far"))) <= TELL_WHO_SHOWS_A_CODE


async def test_the_same_sweep_by_its_own_staff_meets_its_people(walk: Walk) -> None:
    await hired(walk.house, "near", *Role, area=VILLAGE)
    assert set(await walk.sweep(await walk.token("near"))) == NAME_SOMEBODY


@pytest.mark.parametrize("name", FOR_A_PURPOSE)
async def test_nobody_is_shown_for_no_purpose(walk: Walk, name: str) -> None:
    await hired(walk.house, "all", *Role)
    token = await walk.token("all")
    none = await walk.tries(name, token, leaving_out="purpose", person=ME)
    blank = await walk.tries(name, token, person=ME, purpose=" ")
    for status, text in (none, blank):
        assert not [one for one in OTHERS if one in text], name
        assert status in TAKEN or (name in NUMBERS_WITHOUT and (status, text) == none), name


@pytest.mark.parametrize("name", sorted(set(ROUTES) - CITIZEN_OPEN))
async def test_nothing_opens_without_its_key(walk: Walk, name: str) -> None:
    for token in ("", "x", "x" * 43):
        status, _ = await walk.tries(name, token)
        assert status == 401


async def test_a_citizen_reads_nobody_elses(house: House) -> None:
    await peopled(house)
    own = {NAMES[0], mask_name(NAMES[0])}
    async with at_the_door(house) as door:
        for name in CITIZEN_ROUTES:
            route = ROUTES[name]
            schema = route.body.model_json_schema() if route.body else None
            body = least(schema, schema) if schema else None
            method, path = route.method, route.path.replace("{id}", "x")
            status, told = (
                await door.post(path, body)
                if body is not None
                else await door.send(method, path, None)
            )
            assert status < 500, name
            assert not [one for one in OTHERS if one in str(told) and one not in own], name


async def test_what_a_shelter_came_to_is_told_to_the_staff_of_its_area_alone(walk: Walk) -> None:
    name = "GET /staff/shelters/{shelter}/reports/{event}"
    told = {}
    for login, roles, area in (
        ("near", (Role.SHELTER,), VILLAGE),
        ("far", (Role.SHELTER,), NEXT_VILLAGE),
        ("agent", (Role.AGENT, Role.EDITOR, Role.AUDITOR), COUNTY),
    ):
        await hired(walk.house, login, *roles, area=area)
        told[login], _ = await walk.tries(name, await walk.token(login))
    assert told == {"near": 200, "far": 403, "agent": 403}


def test_no_operation_tells_the_colour_of_a_code_but_to_whom_it_concerns() -> None:
    tell = {
        name
        for name, route in ROUTES.items()
        if '"CodeColour"' in json.dumps(route.answer.model_json_schema())
    }
    assert tell == TELL_A_COLOUR


async def test_a_colour_wants_the_person_the_event_and_a_purpose_and_the_own_people(
    walk: Walk,
) -> None:
    name = "POST /staff/events/{event}/colour"
    for login, role, area in (
        ("other grid", Role.GRID, NEXT_VILLAGE),
        ("other desk", Role.SHELTER, NEXT_VILLAGE),
        ("chief", Role.CHIEF, COUNTY),
        ("duty", Role.DUTY, COUNTY),
    ):
        staff = await hired(walk.house, login.replace(" ", "-"), role, area=area)
        status, text = await walk.tries(
            name, await walk.token(staff.login), person=ME, purpose="进村"
        )
        assert (status in (403, 404), "colour" in text) == (True, False), login
