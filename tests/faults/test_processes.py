"""The real processes: two that serve on one port, one that works; what they log; how they end."""

import asyncio
import json
import os
import signal
import tomllib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from pymongo import MongoClient

from bot.clock import SystemIds
from bot.demo.config import Config
from bot.demo.platforms import running
from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.talk.conversations import ConversationKey
from data.store.collection import Document
from tests import builders
from tests.conftest import DATABASE
from tests.faults.processes import Running, free_port, started
from tests.journeys.phones import Control, MiniProgramPhone, WeChatPhone
from tests.waiting import until

PHONE, ID_NUMBER = "13800138000", "110101199003070337"
WORDS = "楼下烧烤摊天天冒油烟"


class Remembered(SystemIds):
    """Remembers every token of the platforms: for their interfaces, and for sessions."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def token(self) -> str:
        self.tokens.append(super().token())
        return self.tokens[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Two processes that serve on one port, one that works, and the platforms they talk to."""

    url: str
    home: Path
    """With the house key that hides what is in the database."""
    control: Control
    accounts: Path
    served: tuple[Running, Running]
    worked: Running
    given: Remembered = field(repr=False)
    """What the platforms have given out."""
    http: ClientSession = field(repr=False)

    async def wechat(self, user: str) -> WeChatPhone:
        known = await self.control.post("/_sim/users", account="wechat-service", user=user)
        key = ConversationKey(
            channel=Channel.WECHAT, account="wechat-service", user=str(known["openid"])
        )
        return WeChatPhone(user=user, key=key, control=self.control, settled=_nothing_to_wait_for)

    async def mini(self, platform: str, user: str) -> MiniProgramPhone:
        phone = MiniProgramPhone(
            platform=platform, user=user, url=f"{self.url}/api/v1", http=self.http
        )
        await phone.sign_in(self.control)
        return phone


async def _nothing_to_wait_for(_: ConversationId) -> None:
    """Short answers come whole in the response."""


@pytest.fixture(scope="module")
async def installation(
    mongod_uri: str, shipped: object, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Installation]:
    home, database = tmp_path_factory.mktemp("installation"), f"{DATABASE}-serve"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        config, given = Config(home=home, backend_url=url), Remembered()
        found = await stack.enter_async_context(running(config, clock=builders.clock(), ids=given))
        settings: dict[str, object] = {
            "mongodb_uri": mongod_uri,
            "database": database,
            "accounts": found.accounts_file,
            "port": port,
            "log_level": "debug",
        }

        async def start(word: str, says: str, name: str) -> Running:
            process = started(word, home=home, says=says, name=name, **settings)
            return await stack.enter_async_context(process)

        first = await start("serve", "serving on", "serve1.log")
        second = await start("serve", "serving on", "serve2.log")
        worked = await start("work", "working", "work.log")
        http = await stack.enter_async_context(ClientSession())
        yield Installation(
            url=url,
            home=home,
            control=Control(url=found.control_url, token=found.control_token, http=http),
            accounts=Path(found.accounts_file),
            served=(first, second),
            worked=worked,
            given=given,
            http=http,
        )
    with MongoClient[Document](mongod_uri) as client:
        client.drop_database(database)


async def test_two_processes_share_one_port_and_one_conversation(
    installation: Installation,
) -> None:
    """Every request comes on a new connection, so both are asked."""
    minis = [await installation.mini("wechat", f"w{n}") for n in range(4)]
    for mini in minis:
        first = await mini.ask("老人高龄补贴在临浦怎么办")
        second = await mini.ask("多久？")
        assert (first.body["intent"], second.body["aspect"]) == ("elderly_allowance", "duration")
    phone = await installation.wechat("wang")
    assert "高龄津贴" in await phone.ask("老人高龄补贴在临浦怎么办")
    assert "要多久" in await phone.ask("多久？")


async def test_it_says_that_it_is_alive_and_ready(installation: Installation) -> None:
    for path in ("/healthz", "/readyz"):
        async with installation.http.get(installation.url + path) as answer:
            assert answer.status == 200


async def test_pitfall_29_no_log_holds_a_person_or_a_secret(
    installation: Installation,
) -> None:
    phone = await installation.wechat("canary")
    wechat = await installation.mini("wechat", "canary")
    alipay = await installation.mini("alipay", "canary")
    complaint = f"我要投诉，{WORDS}，电话{PHONE}，身份证{ID_NUMBER}"
    for text in (complaint, "水进来了我妈被困", "转人工", WORDS * 80, "查进度", "\x00\x07"):
        await phone.say(text)
        for mini in (wechat, alipay):
            await mini.say(text)
    await _go_wrong(installation, wechat)
    called = {one["endpoint"] for one in (await installation.control.get("/_sim/calls"))["calls"]}
    assert {"/sns/jscode2session", "alipay.system.oauth.token"} <= called, "tokens were given out"
    logged = "".join(one.log.read_text() for one in (*installation.served, installation.worked))
    assert "request refused" in logged
    found = [
        name
        for name, canary in _canaries(installation, phone, wechat, alipay).items()
        if canary in logged
    ]
    assert found == []


async def _go_wrong(installation: Installation, mini: MiniProgramPhone) -> None:
    """Do what is refused, with words in it that must not be repeated."""
    await mini.call("POST", "/messages", {"client_message_id": WORDS, "text": PHONE})
    await mini.call("POST", "/cases/lookup", {"number": WORDS, "last_four": PHONE})
    code = {"platform": "wechat", "account": "wechat-mini", "code": f"wrong{PHONE}"}
    await mini.call("POST", "/session", code)
    url = f"{installation.url}/wechat/wechat-service?signature=a&timestamp=1&nonce={PHONE}"
    async with installation.http.post(url, data=f"<xml>{WORDS}{PHONE}</xml>") as answer:
        assert answer.status in (400, 403)
    url = f"{installation.url}/api/v1/guides/{PHONE}?area={WORDS}"
    async with installation.http.get(url) as answer:
        assert answer.status in (400, 404)


def _canaries(
    installation: Installation, phone: WeChatPhone, *minis: MiniProgramPhone
) -> dict[str, str]:
    told = tomllib.loads(installation.accounts.read_text())
    found: dict[str, str] = {
        "words": WORDS[:6],
        "phone": PHONE,
        "id number": ID_NUMBER,
        "openid": phone.key.user,
        "control token": installation.control.token,
    }
    # A session_key is the beginning of such a token.
    found |= {f"given {n}": one[:22] for n, one in enumerate(installation.given.tokens)}
    for n, mini in enumerate(minis):
        found[f"session {n}"] = mini.token
    for account in told["wechat"]:
        found |= {f"{account['name']} {key}": account[key] for key in ("secret", "token")}
        found[f"{account['name']} aes"] = account["aes_keys"][0]
    for sort in ("sms", "voice", "workapp"):
        (gateway,) = told[sort]
        found[f"{sort} secret"] = Path(gateway["secret_file"]).read_text().strip()
    for account in told["alipay"]:
        pem = Path(account["app_private_key_file"]).read_text()
        found[f"{account['name']} key"] = pem.splitlines()[3]
    return found


async def test_every_line_of_a_log_is_json_with_a_time_and_a_level(
    installation: Installation,
) -> None:
    mini = await installation.mini("wechat", "lines")
    await mini.call("GET", "/guides/nothing", None)
    lines = [line for one in installation.served for line in one.log.read_text().splitlines()]
    assert lines
    for line in lines:
        told: dict[str, Any] = json.loads(line)
        assert {"event", "level", "timestamp"} <= told.keys()


async def test_a_request_under_way_is_answered_before_the_process_ends(
    installation: Installation, mongod_uri: str
) -> None:
    control, port = installation.control, free_port()
    settings = {"mongodb_uri": mongod_uri, "database": f"{DATABASE}-serve", "port": port}
    mini = MiniProgramPhone(
        platform="wechat",
        user="late",
        url=f"http://127.0.0.1:{port}/api/v1",
        http=installation.http,
    )
    async with started(
        "serve",
        home=installation.home,
        says="serving on",
        name="late.log",
        accounts=installation.accounts,
        **settings,
    ) as server:
        delay = {"kind": "delay", "where": "/sns/jscode2session", "seconds": 1.5, "times": 1}
        await control.post("/_sim/faults", **delay)
        signing_in = asyncio.create_task(mini.sign_in(control))
        await until(lambda: _struck(control))
        os.kill(server.process.pid, signal.SIGTERM)
        await server.says("stopping")
        async with asyncio.timeout(10):
            await signing_in
        assert mini.token
        assert await server.end() == 0


async def _struck(control: Control) -> bool:
    """Say whether the platform has begun to answer late."""
    return not (await control.get("/_sim/faults"))["faults"]


async def test_workers_end_when_they_are_told_to(
    installation: Installation, mongod_uri: str
) -> None:
    settings = {"mongodb_uri": mongod_uri, "database": f"{DATABASE}-serve", "name": "ends.log"}
    async with started("work", home=installation.home, says="working", **settings) as worker:
        assert await worker.end() == 0


async def test_where_no_database_answers_it_says_what_to_do_and_does_not_start(
    tmp_path: Path,
) -> None:
    settings = {"mongodb_uri": "mongodb://127.0.0.1:9/"}
    with pytest.raises(AssertionError, match=r"BIANMIN_MONGODB_URI"):
        async with started("serve", home=tmp_path, says="serving on", **settings):
            pass
