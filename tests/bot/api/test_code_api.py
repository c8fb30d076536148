"""My code and the staff's codes over the wire."""

import base64
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from bot.house import House
from data.civic.people import Role
from handlers.acts.api_tokens import make
from tests import builders
from tests.bot.served import Door, at_the_door
from tests.evacuation import evacuation
from tests.staffed import LINPU, hired
from tests.townsfolk import VILLAGE, person, settled

WHY = "台风前发纸码"


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    await settled(house.stores, person(1, chat=True), person(2))
    async with at_the_door(house) as one:
        yield one


async def staff_key(house: House, *roles: Role) -> str:
    await hired(house, "wang", *roles, area=LINPU)
    token, _ = await make(house.office(), "wang", name="test", lasts=timedelta(days=1), by="test")
    return f"Bearer {token}"


async def test_my_code_is_a_picture_digits_and_words(house: House, door: Door) -> None:
    assert builders.citizen().id.endswith("openid-1")
    status, told = await door.send("GET", "/code", None)
    (one,) = told["codes"]
    assert (status, told["words"], one["own"], one["name"]) == (200, "", True, "居*1")
    picture = Image.open(BytesIO(base64.b64decode(one["png"])))
    assert [seen.text for seen in zxingcpp.read_barcodes(picture)] == [one["text"]]
    assert one["svg"].startswith("<svg")
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", one["digits"])
    assert one["digits"] in one["words"]
    _, again = await door.send("GET", "/code", None)
    assert again["codes"][0]["digits"] == one["digits"]


async def test_my_own_code_tells_its_colour_in_words_and_why(house: House) -> None:
    scene = await evacuation(house)
    await scene.ordered()
    async with at_the_door(house) as door:
        _, told = await door.send("GET", "/code", None)
    (one,) = told["codes"]
    assert (one["colour"], one["moved"]) == ("red", False)
    assert one["colour_words"].startswith("红色")
    assert "转移令" in one["why"]
    assert "red" not in one["text"]


async def test_who_is_not_registered_is_told_what_to_do(house: House) -> None:
    async with at_the_door(house) as door:
        status, told = await door.send("GET", "/code", None)
    assert (status, told["codes"]) == (200, [])
    assert "没有登记" in told["words"]


async def test_staff_issue_check_end_and_sync_codes(house: House, door: Door) -> None:
    key = await staff_key(house, Role.DUTY)

    async def post(path: str, body: dict[str, object]) -> tuple[int, dict[str, Any]]:
        return await door.send("POST", path, json.dumps(body).encode(), authorization=key)

    wish = {"people": [2], "kind": "pendant", "purpose": WHY}
    _, issued = await post("/staff/codes", wish)
    (one,) = issued["codes"]
    _, checked = await post("/staff/codes/check", {"code": one["text"]})
    assert (checked["standing"], checked["name"], checked["proven"]) == ("valid", "居*2", True)
    _, new = await post("/staff/codes/reissue", {"code": one["code"], "purpose": "丢了"})
    _, old = await post("/staff/codes/check", {"code": one["text"]})
    assert (old["standing"], old["state"]) == ("revoked", "replaced")
    _, kit = await door.send("GET", "/staff/codes/kit", None, authorization=key)
    assert (kit["revoked"], kit["version"]) == ([one["code"]], 1)
    _, device = await post("/staff/codes/device", {"villages": [VILLAGE], "purpose": WHY})
    assert [known["handle"] for known in device["people"]] == [new["code"]]
    status, _ = await post("/staff/codes/lost", {"code": one["code"], "purpose": "丢了"})
    assert status == 409
    status, _ = await post("/staff/codes/check", {"code": "1234"})
    assert status == 400


async def test_an_agent_sees_no_codes(house: House, door: Door) -> None:
    key = await staff_key(house, Role.AGENT)
    status, _ = await door.send("GET", "/staff/codes/kit", None, authorization=key)
    assert status == 403
