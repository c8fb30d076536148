"""The simulated gateways: signed, each reference once, people who answer and who do not."""

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.demo.config import Limits
from bot.demo.telephones import BY_CHANCE, Habit, Telephones
from tests.bot.channels.gateway_side import signed
from tests.bot.demo.simulated import NOON, Backend, Simulator
from tests.waiting import until

NUMBER, LANDLINE = "13800000001", "057182000001"
SMS, CALLS, NOTICES = "/sms/messages", "/voice/calls", "/workapp/notices"


@pytest.fixture
def limits() -> Limits:
    return Limits(receipt_after_s=0.01)


@pytest.fixture
def told(backend: Backend) -> list[dict[str, Any]]:
    """What the gateways tell the backend, which takes it."""
    found: list[dict[str, Any]] = []

    async def take(request: web.Request, body: str) -> web.Response:
        found.extend(json.loads(body)["receipts"])
        return web.json_response({})

    backend.answer = take
    return found


def sign(simulator: Simulator, path: str, stamp: str, body: bytes) -> str:
    folder = Path(simulator.platforms.accounts_file).parent
    secret = (folder / "gateway-secret.txt").read_text().strip()
    return signed(stamp, path, body, secret=secret)


async def hand_over(
    simulator: Simulator, path: str, *items: dict[str, Any], **changes: str
) -> dict[str, Any]:
    body, stamp = json.dumps({"items": items}).encode(), str(int(NOON.timestamp()))
    headers = {
        "X-Gateway-Key": "demo-county",
        "X-Gateway-Timestamp": stamp,
        "X-Gateway-Signature": sign(simulator, path, stamp, body),
    }
    url = simulator.platforms.gateway_base + path
    async with simulator.http.post(url, data=body, headers=headers | changes) as answer:
        found: dict[str, Any] = await answer.json()
        return found


def text(reference: str = "r1", to: str = NUMBER, words: str = "台风红色预警") -> dict[str, Any]:
    return {"reference": reference, "to": to, "text": words}


async def habit(simulator: Simulator, number: str, habit: str, **more: str) -> None:
    await simulator.control("POST", "/_sim/telephones", number=number, habit=habit, **more)


async def rings(simulator: Simulator, number: str) -> list[dict[str, Any]]:
    found = await simulator.control("GET", f"/_sim/telephones/{number}")
    shown: list[dict[str, Any]] = found["rings"]
    return shown


async def test_a_text_is_shown_once_and_told_of(
    simulator: Simulator, told: list[dict[str, Any]]
) -> None:
    await habit(simulator, NUMBER, "listens")
    first = await hand_over(simulator, SMS, text())
    assert first == await hand_over(simulator, SMS, text())
    assert first == {"items": [{"reference": "r1", "id": "county-sms-1"}]}

    async def delivered() -> bool:
        return bool(told)

    await until(delivered)
    assert [(one["reference"], one["told"]) for one in told] == [("r1", "delivered")]
    assert [one["text"] for one in await rings(simulator, NUMBER)] == ["台风红色预警"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"X-Gateway-Signature": "0" * 64}, id="signature"),
        pytest.param({"X-Gateway-Key": "somebody"}, id="key"),
        pytest.param({"X-Gateway-Timestamp": "1"}, id="time"),
    ],
)
async def test_what_is_not_signed_is_refused_whole(
    simulator: Simulator, changes: dict[str, str]
) -> None:
    assert await hand_over(simulator, SMS, text(), **changes) == {"code": "bad_signature"}
    assert await rings(simulator, NUMBER) == []


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (text(to="nobody"), "bad_number"),
        (text(words=""), "malformed"),
        (text(words="长" * 501), "too_long"),
        (text(reference=""), "malformed"),
    ],
)
async def test_one_wrong_text_leaves_the_others_alone(
    simulator: Simulator, item: dict[str, Any], code: str
) -> None:
    await habit(simulator, NUMBER, "listens")
    answer = await hand_over(simulator, SMS, item, text("r2"))
    assert [one.get("code") for one in answer["items"]] == [code, None]


async def test_a_dead_number_is_refused(simulator: Simulator) -> None:
    await habit(simulator, NUMBER, "dead")
    answer = await hand_over(simulator, SMS, text())
    assert answer["items"][0]["code"] == "bad_number"


async def test_who_sends_a_text_back_is_told_of(
    simulator: Simulator, told: list[dict[str, Any]]
) -> None:
    await habit(simulator, NUMBER, "listens", reply="收到")
    await hand_over(simulator, SMS, text())

    async def answered() -> bool:
        return len(told) == 2

    await until(answered)
    assert (told[1]["told"], told[1]["answer"]) == ("answered", "收到")


@pytest.mark.parametrize(
    ("does", "expected"),
    [
        ("answers", ("answered", "1")),
        ("needs_help", ("answered", "2")),
        ("listens", ("read", "")),
        ("no_answer", ("no_answer", "")),
        ("line_busy", ("line_busy", "")),
        ("hangs_up", ("hung_up", "")),
    ],
)
async def test_people_do_with_a_call_what_is_their_habit(
    simulator: Simulator, told: list[dict[str, Any]], does: str, expected: tuple[str, str]
) -> None:
    await habit(simulator, LANDLINE, does)
    await hand_over(simulator, CALLS, text(to=LANDLINE))

    async def over() -> bool:
        return bool(told)

    await until(over)
    assert (told[0]["told"], told[0]["answer"]) == expected


@pytest.mark.parametrize(("words", "answer"), [("", "已收到红色预警"), ("听不清", "听不清")])
async def test_words_are_read_back_where_they_are_asked_for(
    simulator: Simulator, told: list[dict[str, Any]], words: str, answer: str
) -> None:
    await habit(simulator, LANDLINE, "answers", words=words)
    await hand_over(simulator, CALLS, text(to=LANDLINE) | {"read_back": "已收到红色预警"})

    async def over() -> bool:
        return bool(told)

    await until(over)
    assert told[0]["answer"] == answer


async def test_a_call_rings_until_somebody_presses_a_key(
    simulator: Simulator, told: list[dict[str, Any]]
) -> None:
    await habit(simulator, LANDLINE, "rings")
    missing = await simulator.control("POST", "/_sim/press", number=LANDLINE, key="1")
    assert missing["status"] == 404
    await hand_over(simulator, CALLS, text(to=LANDLINE))
    pressed = await simulator.control("POST", "/_sim/press", number=LANDLINE, key="1")
    assert pressed["reference"] == "r1"

    async def over() -> bool:
        return bool(told)

    await until(over)
    (ring,) = await rings(simulator, LANDLINE)
    assert (ring["told"], ring["answer"]) == ("answered", "1")


@pytest.mark.parametrize(
    ("does", "states"), [("answers", ["delivered", "read"]), ("no_answer", ["delivered"])]
)
async def test_a_notice_is_opened_by_who_takes_calls(
    simulator: Simulator, told: list[dict[str, Any]], does: str, states: list[str]
) -> None:
    await habit(simulator, "staff-7", does)
    notice = {"reference": "n1", "to": "staff-7", "title": "红色预警", "text": "请查看"}
    await hand_over(simulator, NOTICES, notice)

    async def over() -> bool:
        return len(told) == len(states)

    await until(over)
    assert [one["told"] for one in told] == states


async def test_a_fault_strikes_a_call_or_single_texts(simulator: Simulator) -> None:
    await habit(simulator, NUMBER, "listens")
    fault = {"kind": "error", "code": "busy", "times": 1}
    await simulator.control("POST", "/_sim/faults", where=SMS, **fault)
    await simulator.control("POST", "/_sim/faults", where=f"{SMS}#", **fault)
    assert await hand_over(simulator, SMS, text()) == {"code": "busy"}
    answer = await hand_over(simulator, SMS, text("a"), text("b"))
    assert [one.get("code") for one in answer["items"]] == ["busy", None]


async def test_receipts_are_told_again_until_the_backend_takes_them(
    simulator: Simulator, backend: Backend
) -> None:
    tries: list[int] = []

    async def fail_first(request: web.Request, body: str) -> web.Response:
        tries.append(1)
        return web.Response(status=503 if len(tries) == 1 else 200)

    backend.answer = fail_first
    await habit(simulator, NUMBER, "listens")
    await hand_over(simulator, SMS, text())

    async def twice() -> bool:
        return len(tries) == 2

    await until(twice)


def test_the_same_seed_gives_everybody_the_same_habit() -> None:
    def habits(seed: str) -> list[Habit]:
        telephones = Telephones(seed, None)  # type: ignore[arg-type]
        return [telephones.at(str(number)).habit for number in range(2_000)]

    assert habits("a") == habits("a") != habits("b")
    assert set(habits("a")) == {habit for _, habit in BY_CHANCE}
    assert 0.6 < habits("a").count(Habit.ANSWERS) / 2_000 < 0.72
