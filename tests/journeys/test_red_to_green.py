"""Journey 15: order, shelter, lift, check, release: green only at the end; by voice text too."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from data.civic.ids import PersonId, ResponseId
from data.civic.knowing.sentences import PLAIN_LIMIT
from data.civic.safety.whereabouts import Stage
from data.civic.warning.decisions import SetResponse
from tests import builders
from tests.evacuation import Evacuation
from tests.journeys.coded import (
    SHOW,
    StaffProgram,
    desk,
    order,
    program,
    registers,
    response,
    signal_lifted,
    signalled,
    under_an_order,
)
from tests.journeys.county import County
from tests.journeys.phones import Answer, MiniProgramPhone
from tests.staffed import Seat
from tests.townsfolk import VILLAGE

MOTHER = PersonId(21)
WORDS = ("红色", "橙色", "黄色", "绿色", "灰色")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A village under an order, and the mother's phone."""

    county: County
    scene: Evacuation
    phone: MiniProgramPhone

    async def colour(self) -> str:
        """Ask for the code; tell the colour that is written first."""
        text = (await self.phone.ask(SHOW)).text
        return min((one for one in WORDS if one in text), key=text.index)


@pytest.fixture
async def story(county: County) -> Story:
    scene = await under_an_order(county.house)
    phone = await county.mini("alipay", "mother")
    await registers(phone)
    return Story(county=county, scene=scene, phone=phone)


@pytest.fixture
async def seat(county: County) -> AsyncIterator[Seat]:
    async with desk(county) as one:
        yield one


async def test_a_code_turns_green_only_when_all_of_it_is_over(story: Story, seat: Seat) -> None:
    scene, house = story.scene, story.county.house
    assert await story.colour() == "绿色"
    await signalled(house)
    assert await story.colour() == "橙色"
    started = await scene.hq.decided(response(), "启动二级响应。")
    ordered = await scene.hq.decided(order(), "请立即转移。")
    assert await story.colour() == "红色"

    await seat.sign_in("wang")
    assert "应转 3 人，已转 0 人" in await _board(seat)
    assert "在路上" in (await story.phone.ask("我在路上")).text
    assert await story.colour() == "红色"
    await scene.scanned(MOTHER)
    assert "已转移 ✓" in (await story.phone.ask(SHOW)).text
    assert "应转 3 人，已转 1 人" in await _board(seat)

    seen = [await story.colour()]
    await signal_lifted(house)
    seen.append(await story.colour())
    ended = SetResponse(response=ResponseId(started.id), level=None)
    await scene.hq.decided(ended, "响应结束。")
    seen.append(await story.colour())
    await scene.lifted(ordered.id)  # type: ignore[arg-type]
    seen.append(await story.colour())
    await scene.checked(ordered.id)  # type: ignore[arg-type]
    seen.append(await story.colour())
    assert "绿色" not in seen
    assert "红色" not in seen
    await scene.released(ordered.id)  # type: ignore[arg-type]
    assert await story.colour() == "绿色"


async def test_the_whole_of_it_in_plain_words(story: Story) -> None:
    """Journey 21: by voice text, few choices, no colour without its word."""
    scene, phone = story.scene, story.phone
    await phone.ask("长辈版")
    ordered = await scene.hq.decided(order(), "请立即转移。")
    red = await phone.ask("我的码是什么颜色啊")
    assert "红色：请马上转移" in red.text
    assert red.choices == ["我在路上", "需要帮助", "我在亲戚家"]
    answers = [red, await phone.ask("第一个")]
    await scene.scanned(MOTHER)
    answers.append(await phone.ask("我的安全码"))
    await scene.lifted(ordered.id)  # type: ignore[arg-type]
    answers.append(await phone.ask("我的安全码"))
    answers.append(await phone.ask("要不要转移"))
    assert all(_plain(one) for one in answers)


async def test_whoever_brings_her_to_safety_sees_the_colour_and_nobody_else(story: Story) -> None:
    await story.scene.hq.decided(order(), "请立即转移。")
    path = f"/events/{story.scene.event}/colour"
    asked = {"person": int(MOTHER), "purpose": "上门转移"}
    status, told = await (await program(story.county, "chen")).call("POST", path, asked)
    assert (status, told["colour"], told["reason"]) == (200, "red", "order")
    for login, wanted in (("wang", 403), ("desk", 404)):
        status, _ = await (await program(story.county, login)).call("POST", path, asked)
        assert status == wanted


async def test_the_worker_records_from_a_program_what_was_seen_once(story: Story) -> None:
    await story.scene.hq.decided(order(), "请立即转移。")
    worker = await program(story.county, "chen")
    path = f"/events/{story.scene.event}/whereabouts"
    wanted = {"village": VILLAGE, "grid": f"{VILLAGE}-1", "purpose": "上门转移"}
    before = await _names(worker, path, wanted)
    assert int(MOTHER) in before
    at = builders.now().isoformat()
    move = {"id": "a", "person": int(MOTHER), "stage": "relatives", "village": VILLAGE, "at": at}
    for _ in range(2):
        _, told = await worker.call("POST", path, {"moves": [move], "purpose": "上门转移"})
        assert told["moves"] == [{"person": 21, "stage": Stage.RELATIVES, "error": ""}]
    assert int(MOTHER) not in await _names(worker, path, wanted)
    _, told = await worker.call("GET", path)
    assert [(one["listed"], one["moved"]) for one in told["lines"]] == [(3, 1)]


async def _names(worker: StaffProgram, path: str, wanted: dict[str, object]) -> list[int]:
    status, told = await worker.call("POST", f"{path}/names", wanted)
    assert status == 200, told
    return [one["person"] for one in told["not_moved"]]


async def _board(seat: Seat) -> str:
    return await (await seat.get("/console/whereabouts")).text()


def _plain(answer: Answer) -> bool:
    says = [part for part in answer.body["parts"] if part["kind"] == "say"]
    short = all(len(part["text"]) <= PLAIN_LIMIT for part in says)
    return (
        short and len(answer.choices) <= 3 and all(part["text"] == part["plain"] for part in says)
    )
