"""The door answers WeChat in time, in its form, and never acknowledges what it did not take."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.rendering import as_text
from bot.channels.wechat import WeChatDoor
from data.civic.errors import StoreUnavailable, TooMany
from data.civic.labels import Outcome
from data.civic.talk.conversations import Option
from data.civic.talk.messages import Choices, Message, Reply, Say
from tests.bot.channels.given import (
    APOLOGY,
    CITIZEN,
    StillClock,
    WeChatSide,
    accounts,
    decrypted,
    elements,
    encrypted,
    service,
    text_push,
)

WECHAT = WeChatSide()
Client = TestClient[web.Request, web.Application]
Answer = Callable[[Message], Awaitable[Reply | None]]


def said(full: str, *, plain: str = "简短") -> Reply:
    return Reply(parts=(Say(full=full, plain=plain, spoken=plain),), outcome=Outcome.ANSWERED)


@dataclass
class Counter:
    """A reception that answers as the test says, and keeps what it was given."""

    answer: Answer
    taken: list[Message] = field(default_factory=list)
    later: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    async def receive_within(self, message: Message, *, seconds: float) -> Reply | None:
        self.taken.append(message)
        assert 0 <= seconds <= 3.5
        return await self.answer(message)

    async def say_later(self, message: Message, texts: tuple[str, ...]) -> None:
        self.later.append((message.id, texts))


async def hello(_: Message) -> Reply:
    return said("您好")


@pytest.fixture
async def reception() -> Counter:
    return Counter(answer=hello)


@pytest.fixture
async def client(reception: Counter) -> AsyncIterator[Client]:
    door = WeChatDoor(
        accounts=accounts(service(), service(name="plain", app_id="wx2", mode="plain")),
        reception=reception,
        clock=StillClock(),
        render=as_text,
        apology=lambda: APOLOGY,
    )
    app = web.Application()
    app.router.add_get("/wechat/{account}", door.get)
    app.router.add_post("/wechat/{account}", door.post)
    async with TestClient(TestServer(app)) as opened:
        yield opened


async def push(client: Client, body: bytes, *, account: str = "plain") -> tuple[int, str]:
    answer = await client.post(f"/wechat/{account}", params=WECHAT.query(), data=body)
    return answer.status, await answer.text()


async def test_the_address_is_proven_by_the_bare_echo(client: Client) -> None:
    answer = await client.get("/wechat/county", params=WECHAT.query(echostr="437512094834"))
    assert answer.status == 200
    assert answer.content_type == "text/plain"
    assert await answer.read() == b"437512094834"


async def test_an_address_that_is_not_asked_by_wechat_is_not_proven(client: Client) -> None:
    forged = WECHAT.query(echostr="1", signature="0" * 40)
    assert (await client.get("/wechat/county", params=forged)).status == 403
    assert (await client.get("/wechat/county")).status == 400
    assert (await client.get("/wechat/nowhere", params=forged)).status == 404


async def test_a_reply_goes_back_to_who_asked(client: Client) -> None:
    status, xml = await push(client, text_push())
    assert status == 200
    assert elements(xml) == {
        "MsgType": "text",
        "FromUserName": "gh_5a1f0c9d2b7e",
        "ToUserName": CITIZEN,
        "CreateTime": "1763740800",
        "Content": "您好",
    }


async def test_a_reply_in_safe_mode_is_encrypted(client: Client) -> None:
    body = encrypted(text_push())
    answer = await client.post(
        "/wechat/county", params=WECHAT.safe_query(body), data=WECHAT.envelope(body)
    )
    xml, app_id = decrypted(elements(await answer.text())["Encrypt"])
    assert app_id == "wx49f0ab532d5d035a"
    assert elements(xml)["Content"] == "您好"


async def no_answer_yet(_: Message) -> None:
    return None


async def silence(_: Message) -> Reply:
    return Reply(parts=(), outcome=Outcome.SILENT)


@pytest.mark.parametrize("answer", [no_answer_yet, silence])
async def test_where_nothing_is_said_the_push_is_acknowledged_bare(
    client: Client, reception: Counter, answer: Answer
) -> None:
    reception.answer = answer
    body = encrypted(text_push())
    response = await client.post(
        "/wechat/county", params=WECHAT.safe_query(body), data=WECHAT.envelope(body)
    )
    assert await response.text() == "success"


async def test_an_unknown_event_is_acknowledged_and_not_received(
    client: Client, reception: Counter
) -> None:
    body = (
        text_push().replace(b"[text]", b"[event]").replace(b"</xml>", b"<Event>VIEW</Event></xml>")
    )
    assert await push(client, body) == (200, "success")
    assert reception.taken == []


async def database_gone(_: Message) -> Reply:
    raise StoreUnavailable("no server")


async def queue_full(_: Message) -> Reply:
    raise TooMany("wait", retry_after_s=1)


@pytest.mark.parametrize("answer", [database_gone, queue_full])
async def test_a_message_that_was_not_claimed_gets_the_apology(
    client: Client, reception: Counter, answer: Answer
) -> None:
    reception.answer = answer
    status, xml = await push(client, text_push())
    assert (status, elements(xml)["Content"]) == (200, APOLOGY)


async def test_a_reception_that_hangs_is_left_in_time(reception: Counter) -> None:
    async def hang(_: Message) -> Reply:
        await asyncio.Event().wait()
        raise AssertionError

    reception.answer = hang
    door = WeChatDoor(
        accounts=accounts(service(mode="plain")),
        reception=reception,
        clock=StillClock(),
        render=as_text,
        apology=lambda: APOLOGY,
        budget_s=0.05,
    )
    app = web.Application()
    app.router.add_post("/wechat/{account}", door.post)
    async with TestClient(TestServer(app)) as client:
        _, xml = await push(client, text_push(), account="county")
    assert elements(xml)["Content"] == APOLOGY


NASTY = "]]></Content><MsgType><![CDATA[transfer]]></MsgType>&<\x00\x0b\ud800😀尾"


async def test_no_text_breaks_out_of_the_reply(client: Client, reception: Counter) -> None:
    async def nasty(_: Message) -> Reply:
        return said(NASTY)

    reception.answer = nasty
    _, xml = await push(client, text_push())
    sent = elements(xml)
    assert sent["MsgType"] == "text"
    assert sent["Content"] == "]]></Content><MsgType><![CDATA[transfer]]></MsgType>&<😀尾"


async def test_a_long_answer_begins_now_and_goes_on_by_the_outbox(
    client: Client, reception: Counter
) -> None:
    text = "办理护照需要下列材料。\n" * 100

    async def long(_: Message) -> Reply:
        return said(text)

    reception.answer = long
    _, xml = await push(client, text_push())
    first, ((_, rest),) = elements(xml)["Content"], reception.later
    assert first + "".join(rest) == text
    assert all(len(one.encode()) <= 2048 for one in (first, *rest))


async def test_choices_are_numbered_lines(client: Client, reception: Counter) -> None:
    async def ask(_: Message) -> Reply:
        options = (Option(label="办护照"), Option(label="办身份证"))
        ending = Outcome.CLARIFYING
        return Reply(parts=(*said("请选择：").parts, Choices(options=options)), outcome=ending)

    reception.answer = ask
    _, xml = await push(client, text_push())
    assert elements(xml)["Content"] == "请选择：\n\n1. 办护照\n2. 办身份证"


async def test_a_push_that_is_too_large_is_refused(client: Client, reception: Counter) -> None:
    async def drip() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1024

    assert (await push(client, b"x" * 65537))[0] == 413
    dripped = await client.post("/wechat/plain", params=WECHAT.query(), data=drip())
    assert dripped.status == 413
    packed = await client.post(
        "/wechat/plain", params=WECHAT.query(), data=b" " * 65537, compress="deflate"
    )
    assert packed.status == 413
    assert reception.taken == []


async def test_a_body_packed_wrongly_is_refused(client: Client) -> None:
    headers = {"Content-Encoding": "gzip"}
    answer = await client.post(
        "/wechat/plain", params=WECHAT.query(), data=b"not gzip", headers=headers
    )
    assert answer.status == 400


@pytest.mark.parametrize("body", [b"", b"<xml>", b"{}", b"\xff\xfe"])
async def test_a_malformed_push_is_refused_without_a_secret(client: Client, body: bytes) -> None:
    status, text = await push(client, body)
    assert status == 400
    assert "123456" not in text
    assert "Traceback" not in text


async def test_a_forged_push_is_refused(client: Client, reception: Counter) -> None:
    forged = WECHAT.query(signature="0" * 40)
    assert (await client.post("/wechat/plain", params=forged, data=text_push())).status == 403
    assert (await client.post("/wechat/elsewhere", data=text_push())).status == 404
    assert reception.taken == []
