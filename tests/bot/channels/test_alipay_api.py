"""Calling Alipay: signed both ways, by keys and by certificates; nothing unsigned is believed."""

import json
import os
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import ClientSession
from alipay import DCAliPay
from hypothesis import given
from hypothesis import strategies as st

from bot.accounts import AlipayApp
from bot.channels.alipay_answer import extract_signed_node, members
from bot.channels.alipay_api import AlipayApi, AlipayIdentity
from bot.channels.alipay_signing import AlipaySigner, certificate_number
from data.civic.errors import BadInput, BadSignature, PlatformRefused, PlatformUnavailable
from tests.bot.channels.alipay_side import (
    NODE,
    Gateway,
    app,
    app_by_certificates,
    bare,
    certificate,
    private_pem,
    public_pem,
    signed_answer,
    signed_by,
)
from tests.bot.channels.given import NOW, StillClock, listening

OPEN_ID = "074a1CcTG1LelxKe4xQC0zgNdId0nxi"


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    standing = Gateway()
    async with listening(standing.answer) as url:
        standing.url = url + "/gateway.do"
        yield standing


@pytest.fixture(params=["UTC", "America/New_York"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


async def login(
    gateway: Gateway, session: ClientSession, account: AlipayApp | None = None
) -> AlipayIdentity:
    told = (account or app()).model_copy(update={"gateway_url": gateway.url})
    return await AlipayApi(told, session=session, clock=StillClock()).login("a1b2c3")


async def test_an_auth_code_gives_the_open_id(gateway: Gateway, session: ClientSession) -> None:
    assert await login(gateway, session) == AlipayIdentity(kind="open_id", id=OPEN_ID)
    ((query, form),) = gateway.asked
    assert form == {"grant_type": "authorization_code", "code": "a1b2c3", "biz_content": "{}"}
    assert query["method"] == "alipay.system.oauth.token"
    assert query["sign_type"] == "RSA2"
    assert "a1b2c3" not in query.values()


async def test_the_timestamp_is_beijing_time_anywhere(
    zone: str, gateway: Gateway, session: ClientSession
) -> None:
    await login(gateway, session)
    assert gateway.asked[0][0]["timestamp"] == "2025-11-22 00:00:00"


async def test_an_older_app_knows_its_citizens_by_user_id(
    gateway: Gateway, session: ClientSession
) -> None:
    node = '{"access_token":"t","user_id":"2088102150527498","alipay_user_id":"20881021"}'
    gateway.body = signed_answer(node)
    identity = await login(gateway, session, app(identity="user_id"))
    assert identity == AlipayIdentity(kind="user_id", id="2088102150527498")
    with pytest.raises(PlatformRefused, match="identity"):
        await login(gateway, session, app(identity="open_id"))


async def test_bare_keys_of_the_key_tool_are_taken(
    gateway: Gateway, session: ClientSession
) -> None:
    account = app(
        app_private_key=bare(private_pem("app")), alipay_public_key=bare(public_pem("alipay"))
    )
    assert (await login(gateway, session, account)).id == OPEN_ID


async def test_certificates_are_named_in_the_call_and_checked_in_the_answer(
    gateway: Gateway, session: ClientSession
) -> None:
    node = f'{{"access_token":"t","open_id":"{OPEN_ID}"}}'
    number = certificate_number(certificate("alipay"))
    gateway.body = signed_answer(node, more=f',"alipay_cert_sn":"{number}"')
    assert (await login(gateway, session, app_by_certificates())).id == OPEN_ID
    query = gateway.asked[0][0]
    assert query["app_cert_sn"] == certificate_number(certificate("app"))
    assert query["alipay_root_cert_sn"].count("_") == 1
    gateway.body = signed_answer(node, more=',"alipay_cert_sn":"0123"')
    with pytest.raises(PlatformUnavailable, match="newer certificate"):
        await login(gateway, session, app_by_certificates())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_certificates_have_the_numbers_that_the_sdk_tells() -> None:
    both = certificate("root") + "\n" + certificate("alipay")
    assert certificate_number(certificate("app")) == DCAliPay.get_cert_sn(certificate("app"))
    assert certificate_number(both) == DCAliPay.get_root_cert_sn(both)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param('"a lone } and {"', id="braces"),
        pytest.param(r'"\"sign\":\"x\"},{"', id="sign in a string"),
        pytest.param('"，。😀\\ud83d\\u0000"', id="escapes"),
        pytest.param('{"a": [1, {"b": "]"}]}', id="nested"),
    ],
)
async def test_an_honest_answer_is_verified_byte_for_byte(
    gateway: Gateway, session: ClientSession, more: str
) -> None:
    gateway.body = signed_answer(f'{{"access_token": "t", "open_id":"{OPEN_ID}" , "x": {more}}}')
    assert (await login(gateway, session)).id == OPEN_ID


GOOD = f'{{"access_token":"t","open_id":"{OPEN_ID}"}}'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f'{{"{NODE}":{GOOD}}}', id="unsigned"),
        pytest.param(f'{{"{NODE}":{GOOD},"sign":null}}', id="null sign"),
        pytest.param(f'{{"{NODE}":{GOOD},"sign":"%%%"}}', id="no base64"),
        pytest.param(signed_answer(GOOD, by="stranger"), id="signed by another"),
        pytest.param(signed_answer(GOOD).replace(OPEN_ID, "another"), id="tampered"),
        pytest.param(signed_answer(GOOD).replace('"t"', '"t" '), id="written anew"),
        pytest.param(signed_answer(GOOD)[:-1] + f',"{NODE}":{GOOD}}}', id="twice"),
        pytest.param(signed_answer('{"open_id":"x"}'), id="no access token"),
        pytest.param(signed_answer('"c2VhbGVk"'), id="encrypted content"),
        pytest.param(signed_answer(GOOD, name="alipay_other_response"), id="another method"),
        pytest.param("", id="empty"),
        pytest.param("<html>busy</html>", id="html"),
        pytest.param("[1]", id="list"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"a":' * 100_000, id="deep object"),
        pytest.param(
            '{"error_response":{"code":"20000","sub_code":"isp.unknow-error"}}', id="down"
        ),
        pytest.param(signed_answer('{"code":"40005","sub_code":"isv.call-limited"}'), id="limited"),
    ],
)
async def test_what_alipay_did_not_sign_counts_as_no_answer(
    gateway: Gateway, session: ClientSession, body: str
) -> None:
    gateway.body = body
    with pytest.raises(PlatformUnavailable):
        await login(gateway, session)


async def test_a_gateway_that_fails_is_down(gateway: Gateway, session: ClientSession) -> None:
    gateway.status = 502
    with pytest.raises(PlatformUnavailable):
        await login(gateway, session)


@pytest.mark.parametrize("signed", [True, False])
async def test_a_refusal_tells_its_code_and_never_its_words(
    gateway: Gateway, session: ClientSession, *, signed: bool
) -> None:
    node = '{"code":"40002","sub_code":"isv.code-invalid","sub_msg":"app_id=2021&code=a1b2c3"}'
    gateway.body = signed_answer(node) if signed else f'{{"error_response":{node}}}'
    with pytest.raises(PlatformRefused) as raised:
        await login(gateway, session)
    assert raised.value.code == "isv.code-invalid"
    assert "a1b2c3" not in str(raised.value)


async def test_what_cannot_be_an_auth_code_is_not_sent(
    gateway: Gateway, session: ClientSession
) -> None:
    api = AlipayApi(app(), session=session, clock=StillClock())
    for code in ("", "a b", "x" * 129):
        with pytest.raises(BadInput):
            await api.login(code)
    assert gateway.asked == []


def test_a_signature_is_alipays_or_nothing() -> None:
    signer = AlipaySigner(app())
    signer.verify("护照", signed_by("alipay", "护照"))
    for wrong in ("", "%", signed_by("stranger", "护照"), signed_by("alipay", "户照")):
        with pytest.raises(BadSignature):
            signer.verify("护照", wrong)
    assert "PRIVATE" not in repr(app())
    assert signer.signed("m", {"biz_content": "护照"}, at=NOW)["biz_content"] == "护照"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=5), st.sampled_from([None, 1]), st.booleans())
def test_every_member_is_cut_out_exactly(
    answer: dict[str, object],
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    text = json.dumps(answer, indent=indent, ensure_ascii=ascii_only)
    found = members(text)
    assert {name: json.loads(value) for name, value in found.items()} == answer
    assert all(value in text for value in found.values())


@given(st.text() | st.text(alphabet='{}[]",:\\ a1').map(lambda text: '{"a":' + text))
def test_no_text_raises_anything_but_bad_input(text: str) -> None:
    try:
        node = extract_signed_node(text, "a")
    except BadInput:
        return
    assert node is None or node in text
