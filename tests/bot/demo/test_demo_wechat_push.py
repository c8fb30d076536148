import asyncio
import base64

import pytest
from aiohttp import web

from bot.demo import wechat_xml
from bot.demo.chance import Chance
from bot.demo.config import Limits
from bot.demo.keys import WeChatAccount
from bot.demo.wechat_crypto import PushKey, signature
from bot.demo.wechat_seal import seal
from data.civic.errors import BadInput
from tests.bot.demo.simulated import Backend, Simulator

FAILURE = "该公众号提供的服务出现故障，请稍后再试"


@pytest.fixture
def limits() -> Limits:
    return Limits(push_limit_s=0.2)


def _opened(simulator: Simulator, backend: Backend, place: int = 0) -> dict[str, str]:
    account = simulator.accounts.wechat[place]
    query, body = backend.pushes[-1]
    encrypted = wechat_xml.read(body)["Encrypt"]
    wanted = signature(account.token, query["timestamp"], query["nonce"], encrypted)
    assert query["msg_signature"] == wanted
    return wechat_xml.read(_key(account).decrypt(encrypted))


def _key(account: WeChatAccount) -> PushKey:
    return PushKey(account.aes_keys[0], app_id=account.app_id)


def test_a_signature_is_what_the_reference_vector_says() -> None:
    signed = signature("AAAAA", "1714036504", "1514711492")

    assert signed == "f464b24fc39322e44b38aa78f5edd27bd1441696"


@pytest.mark.parametrize("size", [0, 1, 11, 12, 13, 31, 32, 500])
def test_what_is_encrypted_is_read_again(size: int) -> None:
    key = PushKey("a" * 42 + "A", app_id="wx0123456789abcdef")

    assert key.decrypt(key.encrypt("字" * size, noise=b"n" * 16)) == "字" * size


@pytest.mark.parametrize(
    "encrypted",
    ["", "!", "QUJD", base64.b64encode(b"0" * 64).decode()],
    ids=["nothing", "no base64", "no block", "noise"],
)
def test_what_was_not_encrypted_is_refused(encrypted: str) -> None:
    with pytest.raises(BadInput):
        PushKey("a" * 42 + "A", app_id="wx0").decrypt(encrypted)


def test_what_is_for_another_app_is_refused() -> None:
    encrypted = PushKey("a" * 42 + "A", app_id="wx1").encrypt("hi", noise=b"n" * 16)

    with pytest.raises(BadInput, match="another app"):
        PushKey("a" * 42 + "A", app_id="wx0").decrypt(encrypted)


async def test_a_push_in_safe_mode_is_signed_and_encrypted(
    simulator: Simulator, backend: Backend
) -> None:
    await simulator.say("护照怎么办")

    query, body = backend.pushes[0]
    pushed = _opened(simulator, backend)
    account = simulator.accounts.wechat[0]
    assert query["signature"] == signature(account.token, query["timestamp"], query["nonce"])
    assert query["encrypt_type"] == "aes"
    assert "护照" not in body
    assert (pushed["MsgType"], pushed["Content"]) == ("text", "护照怎么办")
    assert pushed["FromUserName"] == query["openid"]
    assert int(pushed["MsgId"]) > 2**53


@pytest.mark.parametrize("mode", ["plain", "compatible"])
def test_other_modes_show_the_words(mode: str) -> None:
    fields = {"ToUserName": "gh_1", "FromUserName": "o1", "Content": "护照"}
    account = WeChatAccount(
        name="a",
        kind="service",
        app_id="wx1",
        original_id="gh_1",
        mode=mode,
        secret="s",
        token="t",
        aes_keys=("a" * 42 + "A",),
    )

    push = seal(fields, account, chance=Chance("x"), timestamp=1)

    assert "护照" in push.body
    assert ("msg_signature" in push.query) is (mode == "compatible")


async def test_success_shows_nothing(simulator: Simulator) -> None:
    exchange = await simulator.say("你好")

    assert (exchange["shown"], exchange["problem"]) == (None, "")
    assert len(exchange["attempts"]) == 1


async def test_an_encrypted_reply_is_shown(simulator: Simulator, backend: Backend) -> None:
    async def answer(request: web.Request, _: str) -> web.Response:
        return web.Response(text=simulator.passive(request.query["openid"]))

    backend.answer = answer

    exchange = await simulator.say("你好")

    assert exchange["shown"]["text"] == "您好"
    assert [line["by"] for line in await simulator.inbox()] == ["citizen", "account"]


async def test_silence_is_tried_three_times_with_the_same_bytes(
    simulator: Simulator, backend: Backend
) -> None:
    release = asyncio.Event()

    async def never(_: web.Request, __: str) -> web.Response:
        await release.wait()
        return web.Response(text="success")

    backend.answer = never

    exchange = await simulator.say("你好")
    release.set()

    assert [attempt["status"] for attempt in exchange["attempts"]] == [None] * 3
    assert backend.pushes[0] == backend.pushes[1] == backend.pushes[2]
    assert exchange["shown"]["text"] == FAILURE


async def test_an_answer_to_the_second_try_counts(simulator: Simulator, backend: Backend) -> None:
    release = asyncio.Event()

    async def late_once(_: web.Request, __: str) -> web.Response:
        if len(backend.pushes) == 1:
            await release.wait()
        return web.Response(text="success")

    backend.answer = late_once

    exchange = await simulator.say("你好")
    release.set()

    assert [attempt["status"] for attempt in exchange["attempts"]] == [None, 200]
    assert exchange["shown"] is None


async def test_a_backend_that_is_down_is_a_notice(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/backend", url="http://127.0.0.1:1")

    exchange = await simulator.say("你好")

    assert len(exchange["attempts"]) == 3
    assert (await simulator.inbox())[-1] == exchange["shown"] | {"text": FAILURE}


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        pytest.param(500, "success", "not 200", id="an error of the server"),
        pytest.param(200, '{"ok": true}', "no XML", id="JSON"),
        pytest.param(200, "<xml><MsgType>text</MsgType></xml>", "encrypted", id="plain"),
        pytest.param(200, "<!DOCTYPE x><xml/>", "document type", id="a document type"),
        pytest.param(200, "<xml><Encrypt>a</Encrypt></xml>", "Nonce", id="unsigned"),
    ],
)
async def test_a_bad_answer_is_a_notice_at_once(
    simulator: Simulator, backend: Backend, status: int, body: str, problem: str
) -> None:
    async def answer(_: web.Request, __: str) -> web.Response:
        return web.Response(status=status, text=body)

    backend.answer = answer

    exchange = await simulator.say("你好")

    assert problem in exchange["problem"]
    assert exchange["shown"]["text"] == FAILURE
    assert len(exchange["attempts"]) == 1


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        pytest.param({"ToUserName": "o-other"}, "not from this account", id="to another"),
        pytest.param({"MsgType": "dance"}, "text with words", id="an unknown kind"),
        pytest.param({"Content": ""}, "text with words", id="no words"),
        pytest.param({"Content": "字" * 683}, "2048 bytes", id="too long"),
    ],
)
async def test_a_reply_against_the_rules_is_a_notice(
    simulator: Simulator, backend: Backend, fields: dict[str, str], problem: str
) -> None:
    async def answer(request: web.Request, _: str) -> web.Response:
        return web.Response(text=simulator.passive(request.query["openid"], **fields))

    backend.answer = answer

    assert problem in (await simulator.say("你好"))["problem"]


async def test_a_reply_with_a_wrong_signature_is_a_notice(
    simulator: Simulator, backend: Backend
) -> None:
    async def answer(request: web.Request, _: str) -> web.Response:
        body = simulator.passive(request.query["openid"]).replace("<TimeStamp>", "<TimeStamp>9")
        return web.Response(text=body.replace("<![CDATA[1]]></TimeStamp>", "</TimeStamp>"))

    backend.answer = answer

    assert "MsgSignature" in (await simulator.say("你好"))["problem"]


async def test_a_storm_of_retries_is_one_message(simulator: Simulator, backend: Backend) -> None:
    exchange = await simulator.say("你好", copies=3)

    assert len(backend.pushes) == 3
    assert len({str(push) for push in backend.pushes}) == 1
    assert len(exchange["attempts"]) == 3
    assert len(await simulator.inbox()) == 1


async def test_every_message_has_its_own_id_and_nonce(
    simulator: Simulator, backend: Backend
) -> None:
    ids = {(await simulator.say("你好"))["message_id"] for _ in range(3)}

    assert len(ids) == len({query["nonce"] for query, _ in backend.pushes}) == 3


async def test_an_event_has_no_message_id(simulator: Simulator, backend: Backend) -> None:
    await simulator.say("", event="subscribe", event_key="qrscene_hall-3")

    pushed = _opened(simulator, backend)

    assert (pushed["Event"], pushed["EventKey"]) == ("subscribe", "qrscene_hall-3")
    assert "MsgId" not in pushed


async def test_a_tapped_menu_item_comes_as_text_with_its_id(
    simulator: Simulator, backend: Backend
) -> None:
    await simulator.say("护照", choice="2")

    assert _opened(simulator, backend)["bizmsgmenuid"] == "2"


async def test_a_mini_programs_session_takes_no_passive_reply(
    simulator: Simulator, backend: Backend
) -> None:
    account = simulator.accounts.wechat[1]

    async def answer(request: web.Request, _: str) -> web.Response:
        plain = wechat_xml.write(
            {
                "ToUserName": request.query["openid"],
                "FromUserName": account.original_id,
                "MsgType": "text",
                "Content": "您好",
            }
        )
        encrypted = _key(account).encrypt(plain, noise=b"0" * 16)
        signed = signature(account.token, "1", "2", encrypted)
        fields = {"Encrypt": encrypted, "MsgSignature": signed, "TimeStamp": "1", "Nonce": "2"}
        return web.Response(text=wechat_xml.write(fields))

    backend.answer = answer

    exchange = await simulator.say("你好", account="wechat-mini")

    assert "no passive reply" in exchange["problem"]
    assert exchange["shown"]["text"] == "该小程序客服暂时无法提供服务，请稍后再试"
