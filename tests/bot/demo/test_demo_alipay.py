import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bot.demo.alipay_crypto import Signer, string_to_sign
from bot.demo.keys import AlipayAccount, public_pem
from tests.bot.demo.simulated import Simulator

NODE = "alipay_system_oauth_token_response"


def _account(simulator: Simulator) -> AlipayAccount:
    return simulator.accounts.alipay[0]


def _params(simulator: Simulator, **more: str) -> dict[str, str]:
    return {
        "app_id": _account(simulator).app_id,
        "method": "alipay.system.oauth.token",
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": "2026-11-21 12:00:00",
        "version": "1.0",
        "grant_type": "authorization_code",
    } | more


def _signed(simulator: Simulator, **more: str) -> dict[str, str]:
    params = _params(simulator, **more)
    signer = Signer(_account(simulator).app_key)
    text = string_to_sign(params).encode(params["charset"])
    return params | {"sign": signer.sign(text)}


async def _post(simulator: Simulator, params: dict[str, str]) -> bytes:
    gateway = simulator.platforms.alipay_gateway
    async with simulator.http.post(gateway, data=params) as response:
        assert response.content_type == "text/html"
        return await response.read()


async def _ask(simulator: Simulator, params: dict[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(await _post(simulator, params))
    return answer


async def _code(simulator: Simulator, user: str = "li") -> str:
    made = await simulator.control(
        "POST", "/_sim/codes", platform="alipay", account="alipay-mini", user=user
    )
    return str(made["code"])


def _verifies(simulator: Simulator, raw: bytes) -> bool:
    """Verify the answer's very bytes with the key that the backend is given."""
    key = serialization.load_pem_public_key(public_pem(_account(simulator).platform_key).encode())
    assert isinstance(key, rsa.RSAPublicKey)
    start, end = raw.index(b":") + 1, raw.rindex(b',"sign":"')
    sign = base64.b64decode(json.loads(raw)["sign"])
    try:
        key.verify(sign, raw[start:end], padding.PKCS1v15(), hashes.SHA256())
    except Exception:  # noqa: BLE001 - whatever it is, it does not verify
        return False
    return True


async def test_a_login_tells_the_open_id_and_verifies(simulator: Simulator) -> None:
    raw = await _post(simulator, _signed(simulator, code=await _code(simulator)))

    login = json.loads(raw)[NODE]
    assert login["open_id"]
    assert login["access_token"]
    assert "user_id" not in login
    assert "code" not in login
    assert _verifies(simulator, raw)


async def test_the_same_citizen_has_the_same_open_id(simulator: Simulator) -> None:
    users = ("li", "li", "zhao")

    ids = [
        (await _ask(simulator, _signed(simulator, code=await _code(simulator, user))))[NODE][
            "open_id"
        ]
        for user in users
    ]

    assert ids[0] == ids[1] != ids[2]


async def test_a_login_code_is_taken_once(simulator: Simulator) -> None:
    params = _signed(simulator, code=await _code(simulator))
    await _post(simulator, params)

    raw = await _post(simulator, params)

    assert json.loads(raw)["error_response"]["sub_code"] == "isv.code-invalid"
    assert _verifies(simulator, raw)


async def test_a_login_code_ends(simulator: Simulator) -> None:
    code = await _code(simulator)
    await simulator.control("POST", "/_sim/clock", shift_s=180)

    answer = await _ask(simulator, _signed(simulator, code=code))

    assert answer["error_response"]["sub_code"] == "isv.code-invalid"


async def test_a_refresh_token_is_a_login_too(simulator: Simulator) -> None:
    first = (await _ask(simulator, _signed(simulator, code=await _code(simulator))))[NODE]

    second = await _ask(
        simulator,
        _signed(simulator, grant_type="refresh_token", refresh_token=first["refresh_token"]),
    )

    assert second[NODE]["open_id"] == first["open_id"]


@pytest.mark.parametrize(
    ("wrong", "sub_code"),
    [
        pytest.param({"app_id": "2021000000000000"}, "isv.invalid-app-id", id="app"),
        pytest.param({"method": "alipay.nothing"}, "isv.invalid-method", id="method"),
        pytest.param({"method": ""}, "isv.missing-method", id="no method"),
        pytest.param({"sign_type": "RSA"}, "isv.invalid-signature-type", id="sha1"),
        pytest.param({"timestamp": "2026-11-21 04:00:00"}, "isv.invalid-timestamp", id="utc"),
        pytest.param({"timestamp": "yesterday"}, "isv.invalid-timestamp", id="no time"),
        pytest.param({"charset": "utf-16"}, "isv.invalid-charset", id="charset"),
        pytest.param({"grant_type": "please"}, "isv.grant-type-invalid", id="grant"),
    ],
)
async def test_a_wrong_call_is_refused_by_name(
    simulator: Simulator, wrong: dict[str, str], sub_code: str
) -> None:
    answer = await _ask(simulator, _signed(simulator, **wrong))

    assert answer["error_response"]["sub_code"] == sub_code


@pytest.mark.parametrize("sign", ["", "AAAA", "not base64!"])
async def test_an_unsigned_call_is_refused(simulator: Simulator, sign: str) -> None:
    answer = await _ask(simulator, _params(simulator) | {"sign": sign})

    assert answer["error_response"]["sub_code"] in (
        "isv.missing-signature",
        "isv.invalid-signature",
    )


async def test_a_changed_call_is_refused_with_the_string_to_sign(simulator: Simulator) -> None:
    answer = await _ask(simulator, _signed(simulator) | {"version": "2.0"})

    assert answer["error_response"]["sub_code"] == "isv.invalid-signature"
    assert "version=2.0" in answer["error_response"]["sub_msg"]


async def test_an_unknown_app_gets_no_signature(simulator: Simulator) -> None:
    assert "sign" not in await _ask(simulator, _signed(simulator, app_id="2021000000000000"))


async def test_query_and_form_are_one_call(simulator: Simulator) -> None:
    params = _signed(simulator, code=await _code(simulator))
    form = {"code": params.pop("code")}

    async with simulator.http.post(
        simulator.platforms.alipay_gateway, params=params, data=form
    ) as response:
        assert NODE in json.loads(await response.text())


async def test_a_forged_answer_does_not_verify(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="forge", times=1)

    raw = await _post(simulator, _signed(simulator, code=await _code(simulator)))

    assert NODE in json.loads(raw)
    assert not _verifies(simulator, raw)


async def test_a_fault_on_order_is_answered_as_alipay_answers(simulator: Simulator) -> None:
    await simulator.control("POST", "/_sim/faults", kind="error", code="aop.unknow-error", times=1)
    params = _signed(simulator, code=await _code(simulator))

    first, second = await _ask(simulator, params), await _ask(simulator, params)

    assert first["error_response"]["code"] == "20000"
    assert NODE in second
