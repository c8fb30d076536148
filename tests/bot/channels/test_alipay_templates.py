"""Template messages of Alipay: to the right id, signed, with the ledger's word."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.channels.alipay_api import TEMPLATE_SEND, AlipayApi
from bot.channels.breaker import Resting
from bot.channels.calling import Busy, NothingSent
from data.civic.errors import PlatformRefused
from tests.bot.channels.alipay_side import Gateway, app, signed_answer
from tests.bot.channels.given import StillClock, listening

OPEN_ID, USER_ID = "074a1CcTG1LelxKe4xQC0zgNdId0nxi", "2088102169481234"
NODE = TEMPLATE_SEND.replace(".", "_") + "_response"
FIELDS = {"keyword1": "台风红色预警", "keyword2": "临浦镇"}


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    standing = Gateway(body=signed_answer('{"code":"10000","msg":"Success"}', name=NODE))
    async with listening(standing.answer) as url:
        standing.url = url + "/gateway.do"
        yield standing


def api(gateway: Gateway, session: ClientSession, identity: str = "open_id") -> AlipayApi:
    told = app(identity=identity).model_copy(update={"gateway_url": gateway.url})
    return AlipayApi(told, session=session, clock=StillClock())


async def send(one: AlipayApi, citizen: str = OPEN_ID) -> None:
    await one.send_template(citizen, template="alert", page="pages/alert/detail", fields=FIELDS)


@pytest.mark.parametrize(("identity", "citizen"), [("open_id", OPEN_ID), ("user_id", USER_ID)])
async def test_pitfall_35_either_id_goes_into_its_own_field(
    gateway: Gateway, session: ClientSession, identity: str, citizen: str
) -> None:
    await send(api(gateway, session, identity), citizen)
    ((query, form),) = gateway.asked
    content = json.loads(form["biz_content"])
    other = "to_user_id" if identity == "open_id" else "to_open_id"
    assert (content[f"to_{identity}"], other in content) == (citizen, False)
    assert json.loads(content["data"]) == {key: {"value": v} for key, v in FIELDS.items()}
    assert citizen not in str(query)


@pytest.mark.parametrize(("identity", "citizen"), [("open_id", USER_ID), ("user_id", OPEN_ID)])
async def test_pitfall_35_an_id_of_the_other_kind_is_never_sent(
    gateway: Gateway, session: ClientSession, identity: str, citizen: str
) -> None:
    with pytest.raises(PlatformRefused) as raised:
        await send(api(gateway, session, identity), citizen)
    assert raised.value.code == "id-kind"
    assert gateway.asked == []


@pytest.mark.parametrize(
    "code", ["USER_NOT_SUBSCRIBE", "USER_TEMPLATE_LACK_KEYWORD", "USER_KEYWORD_LENGTH_ERROR"]
)
async def test_a_refusal_tells_its_code_and_no_words(
    gateway: Gateway, session: ClientSession, code: str
) -> None:
    node = {"code": "40004", "sub_code": code, "sub_msg": OPEN_ID}
    gateway.body = json.dumps({NODE: node})
    with pytest.raises(PlatformRefused) as raised:
        await send(api(gateway, session))
    assert raised.value.code == code
    assert OPEN_ID not in str(raised.value)


async def test_a_call_that_is_limited_closes_this_interface_for_a_minute(
    gateway: Gateway, session: ClientSession
) -> None:
    gateway.body = json.dumps({NODE: {"code": "40005", "sub_code": "isv.app-call-limited"}})
    one = api(gateway, session)
    with pytest.raises(NothingSent):
        await send(one)
    with pytest.raises(Resting):
        await send(one)
    assert len(gateway.asked) == 1


async def test_a_gateway_that_is_down_may_be_called_again(
    gateway: Gateway, session: ClientSession
) -> None:
    gateway.body = json.dumps({"error_response": {"code": "20000", "sub_code": "isp.x"}})
    with pytest.raises(Busy):
        await send(api(gateway, session))


async def test_many_are_signed_beside_the_event_loop(
    gateway: Gateway, session: ClientSession
) -> None:
    one = api(gateway, session)
    await asyncio.gather(*(send(one) for _ in range(20)))
    assert len(gateway.asked) == 20
