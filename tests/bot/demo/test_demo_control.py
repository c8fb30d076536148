import aiohttp
import pytest

from bot.demo.calls import Call, Calls
from bot.demo.chance import Chance
from bot.demo.faults import Fault, FaultKind, Faults
from tests.bot.demo.simulated import NOON, Simulator

TOKEN = "/cgi-bin/token"


async def _token(simulator: Simulator) -> dict[str, object]:
    account = simulator.accounts.wechat[0]
    asked = {"appid": account.app_id, "secret": account.secret, "grant_type": "client_credential"}
    return await simulator.wechat("GET", TOKEN, params=asked)


async def test_the_control_api_asks_for_the_token_of_this_run(simulator: Simulator) -> None:
    url = simulator.platforms.control_url + "/_sim/calls"

    async with simulator.http.get(url, headers={"Authorization": "Bearer x"}) as response:
        assert response.status == 401


async def test_an_error_on_order_strikes_as_often_as_told(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="error", code="-1", where=TOKEN, times=2)

    codes = [(await _token(simulator)).get("errcode") for _ in range(3)]

    assert codes == [-1, -1, None]


async def test_a_fault_strikes_only_where_it_is_ordered(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="error", code="-1", where="/elsewhere")

    assert "access_token" in await _token(simulator)


async def test_a_cleared_fault_strikes_no_more(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="error", code="-1")

    assert (await simulator.control("DELETE", "/_sim/faults"))["faults"] == []
    assert "access_token" in await _token(simulator)


@pytest.mark.parametrize(("kind", "done"), [("drop", 0), ("lose", 1)])
async def test_a_connection_is_cut_before_or_after_the_work(
    simulator: Simulator, kind: str, done: int
) -> None:
    await simulator.say("你好")
    openid = (
        await simulator.control("POST", "/_sim/users", account="wechat-service", user="wang")
    )["openid"]
    token = (await _token(simulator))["access_token"]
    await simulator.control("POST", "/_sim/faults", kind=kind, times=1)

    with pytest.raises(aiohttp.ClientConnectionError):
        await simulator.wechat(
            "POST",
            "/cgi-bin/message/custom/send",
            params={"access_token": token},
            json={"touser": openid, "msgtype": "text", "text": {"content": "您好"}},
        )

    assert len(await simulator.inbox()) == 1 + done
    calls = await simulator.control("GET", "/_sim/calls")
    assert calls["calls"][-1]["code"] == "499"


async def test_half_an_answer_is_no_json(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="truncate", times=1)

    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await _token(simulator)


async def test_a_gateway_in_between_answers_with_html(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="status", code="502", times=1)

    async with simulator.http.get(simulator.platforms.wechat_base + TOKEN) as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_a_late_answer_is_late(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="delay", seconds=5, times=1)

    with pytest.raises(TimeoutError):
        async with simulator.http.get(
            simulator.platforms.wechat_base + TOKEN, timeout=aiohttp.ClientTimeout(total=0.1)
        ):
            pass


def test_chance_strikes_the_same_calls_with_the_same_seed() -> None:
    def struck(seed: str) -> list[bool]:
        faults = Faults(Chance(seed))
        faults.order(Fault(kind=FaultKind.DROP, probability=0.3))
        return [bool(faults.strike("x")) for _ in range(1000)]

    assert struck("a") == struck("a") != struck("b")
    assert 250 < sum(struck("a")) < 350


def test_the_ledger_is_bounded_but_counts_on() -> None:
    calls = Calls()
    for _ in range(10_001):
        calls.note(Call(at=NOON, endpoint="x", app_id="", code="0"))

    assert (len(calls.of("x")), calls.counts()) == (10_000, {"x": 10_001})


async def test_after_a_reset_nobody_is_known(simulator: Simulator) -> None:
    await simulator.say("你好")
    await simulator.control("POST", "/_sim/faults", kind="drop")

    await simulator.control("POST", "/_sim/reset")

    assert await simulator.inbox() == []
    assert "access_token" in await _token(simulator)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        pytest.param("/_sim/say", {"account": "nobody", "user": "w", "text": "a"}, 404, id="who"),
        pytest.param("/_sim/say", {"account": "wechat-service", "user": "w"}, 400, id="silent"),
        pytest.param("/_sim/say", {"user": "w", "text": "a"}, 400, id="incomplete"),
        pytest.param("/_sim/faults", {"kind": "meteor"}, 400, id="unknown fault"),
        pytest.param("/_sim/backend", {"url": "http://10.0.0.1"}, 400, id="not loopback"),
        pytest.param("/_sim/users", {"account": "a", "user": "../x"}, 400, id="a bad name"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_reason(
    simulator: Simulator, path: str, body: dict[str, object], status: int
) -> None:
    answer = await simulator.control("POST", path, **body)

    assert answer["status"] == status
    assert answer["error"]
