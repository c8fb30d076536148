"""The platforms' own npm clients and an independent library accept what the simulator says."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.demo import wechat_xml
from bot.demo.keys import public_pem
from tests.bot.demo.simulated import Backend, Simulator

pytestmark = pytest.mark.judge

HERE = Path(__file__).parent
NODE = shutil.which("node")


@pytest.fixture(autouse=True)
def _judges_are_here() -> None:
    if NODE and (HERE / "node_modules").is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("the judges are not installed; run: make test-tools")
    pytest.skip("run: make test-tools")


async def _judge(script: str, told: dict[str, object], temporary: Path) -> dict[str, Any]:
    """Let a judge speak; it keeps its caches in `temporary`.

    Alipay's client writes local time and calls it Beijing time, so it must live there.
    """
    assert NODE
    process = await asyncio.create_subprocess_exec(
        NODE,
        str(HERE / script),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(temporary), "TZ": "Asia/Shanghai"},
        cwd=temporary,
    )
    said, complained = await asyncio.wait_for(
        process.communicate(json.dumps(told).encode()), timeout=60
    )
    assert process.returncode == 0, complained.decode()
    verdict: dict[str, Any] = json.loads(said.decode().splitlines()[-1])
    return verdict


async def _alipay(simulator: Simulator, temporary: Path) -> dict[str, Any]:
    account = simulator.accounts.alipay[0]
    made = await simulator.control(
        "POST", "/_sim/codes", platform="alipay", account=account.name, user="li"
    )
    told = {
        "appId": account.app_id,
        "privateKey": account.app_key,
        "alipayPublicKey": public_pem(account.platform_key),
        "gateway": simulator.platforms.alipay_gateway,
        "code": made["code"],
    }
    return await _judge("alipay_login.cjs", told, temporary)


async def test_alipays_own_client_logs_in(simulator: Simulator, tmp_path: Path) -> None:
    login = await _alipay(simulator, tmp_path)

    assert login["openId"]
    assert login["accessToken"]


async def test_alipays_own_client_sees_through_a_forged_answer(
    simulator: Simulator, tmp_path: Path
) -> None:
    await simulator.control("POST", "/_sim/faults", kind="forge")

    assert "验签失败" in (await _alipay(simulator, tmp_path))["refused"]


async def test_a_public_wechat_client_logs_in_and_writes(
    simulator: Simulator, tmp_path: Path
) -> None:
    service, mini = simulator.accounts.wechat
    await simulator.say("护照怎么办")
    code = await simulator.control(
        "POST", "/_sim/codes", platform="wechat", account=mini.name, user="wang"
    )
    citizen = await simulator.control("POST", "/_sim/users", account=service.name, user="wang")

    verdict = await _judge(
        "wechat_calls.cjs",
        {
            "base": simulator.platforms.wechat_base,
            "mini": {"appId": mini.app_id, "secret": mini.secret},
            "service": {"appId": service.app_id, "secret": service.secret},
            "code": code["code"],
            "openid": citizen["openid"],
            "text": "请带身份证原件",
        },
        tmp_path,
    )

    assert verdict["openid"].startswith("o")
    assert verdict["sessionKey"]
    assert verdict["sent"] == {"errcode": 0, "errmsg": "ok"}
    assert (await simulator.inbox())[-1]["text"] == "请带身份证原件"


async def test_an_independent_library_reads_our_push_and_we_read_its_reply(
    simulator: Simulator, backend: Backend, tmp_path: Path
) -> None:
    account = simulator.accounts.wechat[0]
    verdicts = []

    async def answer(request: web.Request, body: str) -> web.Response:
        query = request.query
        told = {
            "token": account.token,
            "encodingAesKey": account.aes_keys[0],
            "timestamp": query["timestamp"],
            "nonce": query["nonce"],
            "encrypted": wechat_xml.read(body)["Encrypt"],
            "appId": account.app_id,
            "answer": wechat_xml.write(
                {
                    "ToUserName": query["openid"],
                    "FromUserName": account.original_id,
                    "CreateTime": "1",
                    "MsgType": "text",
                    "Content": "您好，请带身份证 ]]> <原件>",
                }
            ),
        }
        verdict = await _judge("wechat_push.cjs", told, tmp_path)
        verdicts.append(verdict | {"expected": query["msg_signature"]})
        fields = {
            "Encrypt": verdict["reply"],
            "MsgSignature": verdict["replySignature"],
            "TimeStamp": query["timestamp"],
            "Nonce": query["nonce"],
        }
        return web.Response(text=wechat_xml.write(fields))

    backend.answer = answer

    exchange = await simulator.say("我想办护照")

    assert exchange["shown"]["text"] == "您好，请带身份证 ]]> <原件>"
    assert verdicts[0]["signature"] == verdicts[0]["expected"]
    assert verdicts[0]["id"] == account.app_id
    assert wechat_xml.read(verdicts[0]["message"])["Content"] == "我想办护照"
