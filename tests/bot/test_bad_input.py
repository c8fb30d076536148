"""What nobody should send, at every door: a named answer, polite words, never 500."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.house import House
from data.civic.labels import Outcome
from tests.bot.served import Door, at_the_door

LONG = "长" * 10_000
API = "/api/v1"


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    async with at_the_door(house) as one:
        yield one


def message(text: str, key: str = "m1") -> dict[str, object]:
    return {"client_message_id": key, "text": text}


@pytest.mark.parametrize(
    ("text", "outcome", "word"),
    [
        pytest.param(LONG, Outcome.REFUSED, "太长", id="10,000 characters"),
        pytest.param("", Outcome.REFUSED, "没有收到文字", id="empty"),
        pytest.param(" \n\t\u3000", Outcome.REFUSED, "没有收到文字", id="blanks"),
        pytest.param("\x00\x07\x1b\x7f", Outcome.REFUSED, "没有收到文字", id="control characters"),
        pytest.param("？！。", Outcome.REFUSED, "", id="marks alone"),
        pytest.param("😀😀😀", Outcome.REFUSED, "", id="emoji"),
        pytest.param("护照\x00怎么办", Outcome.ANSWERED, "护照", id="a control character inside"),
        pytest.param("\u202e护照怎么办", Outcome.ANSWERED, "护照", id="turned around"),
        pytest.param("{0.__class__}护照怎么办", Outcome.ANSWERED, "护照", id="braces"),
        pytest.param("<b>护照怎么办</b>", Outcome.ANSWERED, "护照", id="HTML"),
        pytest.param('{"$gt": ""}', Outcome.REFUSED, "", id="a query of the database"),
    ],
)
async def test_odd_texts_get_polite_words(
    door: Door, text: str, outcome: Outcome, word: str
) -> None:
    status, body = await door.post("/messages", message(text))
    says = [part for part in body["parts"] if part["kind"] == "say"]
    assert status == 200
    assert word in says[0]["text"]
    assert body["outcome"] == outcome or (not word and body["outcome"] == Outcome.CLARIFYING)


async def test_what_was_awaited_is_still_awaited_after_an_odd_message(door: Door) -> None:
    await door.post("/messages", message("查进度", "m1"))
    await door.post("/messages", message(LONG, "m2"))
    await door.post("/messages", message("", "m3"))
    _, body = await door.post("/messages", message("33010920261100001", "m4"))
    assert "最后四位" in body["parts"][0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="half"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b'{"client_message_id": "m1", "text": "\\ud800"}', id="a lone surrogate"),
        pytest.param(b'{"client_message_id": "m1", "text": 7}', id="a number for a text"),
        pytest.param(b'{"client_message_id": "m1"}', id="a field missing"),
        pytest.param(b'{"client_message_id": "a b", "text": ""}', id="a key with a blank"),
        pytest.param(b'{"client_message_id": "m1", "text": "", "x": 1}', id="a field too many"),
        pytest.param(b"[" * 20_000, id="deeply nested"),
        pytest.param(json.dumps(message(LONG + "长")).encode(), id="too many characters"),
        pytest.param(b'{"client_message_id": "m1", "text": "", "place": "33"}', id="no place"),
    ],
)
async def test_a_body_that_cannot_be_read_is_a_named_400(door: Door, body: bytes) -> None:
    status, told = await door.send("POST", "/messages", body)
    assert (status, told["status"], told["title"]) == (400, 400, "Bad Request")
    assert told["detail"]
    assert "长长长" not in told["detail"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_body_of_another_type_is_refused(door: Door, kind: str) -> None:
    body = json.dumps(message("护照怎么办")).encode()
    status, told = await door.send("POST", "/messages", body, kind=kind)
    assert (status, "application/json" in told["detail"]) == (400, True)


async def test_a_body_that_is_too_large_is_a_named_413(door: Door) -> None:
    status, told = await door.send("POST", "/messages", b'{"text": "' + b"a" * 70_000 + b'"}')
    assert (status, told["status"]) == (413, 413)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic eDp5",
        "Bearer " + "é" * 43,
        "Bearer " + "a" * 7000,
    ],
)
async def test_who_is_not_signed_in_is_told_so(door: Door, authorization: str) -> None:
    for method, path, body in (
        ("POST", "/messages", message("你好")),
        ("GET", "/messages", None),
        ("GET", "/cases", None),
        ("POST", "/cases/lookup", {"number": "33010920261100001", "last_four": "1234"}),
    ):
        raw = None if body is None else json.dumps(body).encode()
        status, told = await door.send(method, path, raw, authorization=authorization)
        assert (status, told["status"]) == (401, 401), path


async def test_a_session_ends(house: House, door: Door) -> None:
    assert (await door.post("/messages", message("你好")))[0] == 200
    await door.age_by(days=8)
    assert (await door.post("/messages", message("你好", "m2")))[0] == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"platform": "wechat", "account": "nobody", "code": "c"}, 404),
        ({"platform": "alipay", "account": "nobody", "code": "c"}, 404),
        ({"platform": "qq", "account": "nobody", "code": "c"}, 400),
        ({"platform": "wechat", "account": "", "code": "c"}, 400),
        ({"platform": "wechat", "account": "nobody", "code": "c" * 513}, 400),
    ],
)
async def test_an_account_that_is_not_here_is_named(
    door: Door, body: dict[str, object], status: int
) -> None:
    assert (await door.post("/session", body))[0] == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/guides/nothing", 404),
        ("GET", "/guides/elderly_allowance?area=110101", 404),
        ("GET", "/guides/elderly_allowance?area=abc", 400),
        ("GET", "/guides/elderly_allowance?area=330109&area=330109105", 400),
        ("GET", "/guides?q=" + "a" * 101, 400),
        ("GET", "/guides?x=1", 400),
        ("GET", "/guides/%00", 404),
        ("GET", "/guides/%ff", 404),
        ("GET", "/messages?limit=0", 400),
        ("GET", "/messages?limit=x", 400),
        ("GET", "/messages?before=yesterday", 400),
        ("GET", "/messages?before=2026-11-21T00:00:00", 400),
        ("DELETE", "/messages", 405),
        ("PUT", "/guides", 405),
    ],
)
async def test_an_address_that_is_wrong_is_named(
    door: Door, method: str, path: str, status: int
) -> None:
    got, told = await door.send(method, path, None)
    assert (got, told["status"]) == (status, status)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/wechat/nobody", 404),
        ("/wechat/nobody?signature=a&timestamp=1&nonce=2", 404),
        ("/wechat/%00", 404),
        ("/alipay/nobody/gateway", 404),
        ("/demo/", 404),
        ("/metrics", 404),
        ("/", 404),
    ],
)
async def test_what_is_not_here_is_not_found(door: Door, path: str, status: int) -> None:
    for method in ("GET", "POST"):
        assert (await door.raw(method, path, b"<xml>"))[0] == status
