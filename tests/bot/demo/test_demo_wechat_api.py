from typing import Any

import pytest

from tests.bot.demo.simulated import Simulator


def _secret(simulator: Simulator, place: int = 0) -> dict[str, str]:
    account = simulator.accounts.wechat[place]
    return {"appid": account.app_id, "secret": account.secret}


async def _stable(simulator: Simulator, *, force: bool = False) -> dict[str, Any]:
    asked = _secret(simulator) | {"grant_type": "client_credential", "force_refresh": force}
    return await simulator.wechat("POST", "/cgi-bin/stable_token", json=asked)


async def _classic(simulator: Simulator) -> str:
    asked = _secret(simulator) | {"grant_type": "client_credential"}
    found = await simulator.wechat("GET", "/cgi-bin/token", params=asked)
    return str(found["access_token"])


async def _send(simulator: Simulator, token: str, **message: object) -> int:
    wanted = {"touser": await _openid(simulator), "msgtype": "text", "text": {"content": "您好"}}
    answer = await simulator.wechat(
        "POST",
        "/cgi-bin/message/custom/send",
        params={"access_token": token},
        json=wanted | message,
    )
    return int(answer["errcode"])


async def _openid(simulator: Simulator, user: str = "wang") -> str:
    made = await simulator.control("POST", "/_sim/users", account="wechat-service", user=user)
    return str(made["openid"])


async def _code(simulator: Simulator) -> str:
    made = await simulator.control(
        "POST", "/_sim/codes", platform="wechat", account="wechat-mini", user="wang"
    )
    return str(made["code"])


async def _login(simulator: Simulator, code: str, place: int = 1) -> dict[str, Any]:
    asked = _secret(simulator, place) | {"js_code": code, "grant_type": "authorization_code"}
    return await simulator.wechat("GET", "/sns/jscode2session", params=asked)


async def test_the_stable_token_stays_the_same(simulator: Simulator) -> None:
    assert await _stable(simulator) == await _stable(simulator)


async def test_near_its_end_the_stable_token_is_followed_and_still_taken(
    simulator: Simulator,
) -> None:
    old = await _stable(simulator)
    await simulator.say("你好")
    await simulator.control("POST", "/_sim/clock", shift_s=7200 - 299)

    new = await _stable(simulator)

    assert new["access_token"] != old["access_token"]
    assert await _send(simulator, old["access_token"]) == 0
    await simulator.control("POST", "/_sim/clock", shift_s=7200)
    assert await _send(simulator, old["access_token"]) == 42001
    assert await _send(simulator, new["access_token"]) == 0


async def test_a_forced_refresh_kills_the_old_token_and_is_rationed(simulator: Simulator) -> None:
    old = await _stable(simulator)

    new = await _stable(simulator, force=True)

    assert await _send(simulator, old["access_token"]) == 40001
    assert new["access_token"] != old["access_token"]
    assert (await _stable(simulator, force=True))["errcode"] == 45011


async def test_a_classic_token_replaces_the_one_before(simulator: Simulator) -> None:
    first = await _classic(simulator)
    await simulator.say("你好")
    second = await _classic(simulator)
    await simulator.control("POST", "/_sim/clock", shift_s=301)

    assert await _send(simulator, first) == 40001
    assert await _send(simulator, second) == 0


@pytest.mark.parametrize(("token", "code"), [("", 41001), ("made-up", 40014)])
async def test_a_call_without_a_known_token_is_refused(
    simulator: Simulator, token: str, code: int
) -> None:
    assert await _send(simulator, token) == code


@pytest.mark.parametrize(("wrong", "code"), [({"appid": "wx0"}, 40013), ({"secret": "no"}, 40125)])
async def test_a_wrong_app_or_secret_gets_no_token(
    simulator: Simulator, wrong: dict[str, str], code: int
) -> None:
    asked = _secret(simulator) | {"grant_type": "client_credential"} | wrong

    answer = await simulator.wechat("POST", "/cgi-bin/stable_token", json=asked)

    assert answer["errcode"] == code


async def test_a_login_code_tells_the_openid_once(simulator: Simulator) -> None:
    code = await _code(simulator)

    first, second = await _login(simulator, code), await _login(simulator, code)

    assert first["openid"].startswith("o")
    assert len(first["openid"]) == 28
    assert first["session_key"]
    assert second["errcode"] == 40163


async def test_a_login_code_is_good_for_five_minutes(simulator: Simulator) -> None:
    code = await _code(simulator)
    await simulator.control("POST", "/_sim/clock", shift_s=300)

    assert (await _login(simulator, code))["errcode"] == 40029


async def test_a_login_code_of_another_app_is_no_code(simulator: Simulator) -> None:
    assert (await _login(simulator, await _code(simulator), place=0))["errcode"] == 40029


async def test_a_citizen_at_high_risk_is_not_logged_in(simulator: Simulator) -> None:
    await simulator.control(
        "POST", "/_sim/users", account="wechat-mini", user="wang", high_risk=True
    )

    assert (await _login(simulator, await _code(simulator)))["errcode"] == 40226


async def test_a_citizen_has_another_openid_in_every_app(simulator: Simulator) -> None:
    mini = await simulator.control("POST", "/_sim/users", account="wechat-mini", user="wang")

    assert mini["openid"] != await _openid(simulator)


async def test_a_message_is_answered_five_times_and_no_more(simulator: Simulator) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("你好")

    codes = [await _send(simulator, token) for _ in range(6)]

    assert codes == [0, 0, 0, 0, 0, 45047]
    assert [line["text"] for line in await simulator.inbox()] == ["你好"] + ["您好"] * 5


async def test_a_new_message_opens_the_window_anew_without_adding_up(
    simulator: Simulator,
) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("你好")
    await simulator.say("在吗")

    assert [await _send(simulator, token) for _ in range(6)][-2:] == [0, 45047]


async def test_after_48_hours_the_window_is_closed(simulator: Simulator) -> None:
    await simulator.say("你好")
    await simulator.control("POST", "/_sim/clock", shift_s=48 * 3600)
    token = (await _stable(simulator))["access_token"]

    assert await _send(simulator, token) == 45015


async def test_a_follower_may_be_written_to_three_times_within_a_minute(
    simulator: Simulator,
) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("", event="subscribe")

    assert [await _send(simulator, token) for _ in range(4)] == [0, 0, 0, 45047]
    await simulator.control("POST", "/_sim/clock", shift_s=61)
    assert await _send(simulator, token) == 45015


async def test_who_left_is_not_written_to(simulator: Simulator) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("你好")
    await simulator.say("", event="unsubscribe")

    assert await _send(simulator, token) == 45015


MENU = {"head_content": "您要办哪一样？", "list": [{"id": "1", "content": "护照"}]}


@pytest.mark.parametrize(
    ("message", "code"),
    [
        pytest.param({"touser": "o-stranger"}, 40003, id="a stranger"),
        pytest.param({"msgtype": "smoke"}, 40008, id="an unknown kind"),
        pytest.param({"text": {"content": ""}}, 44004, id="no words"),
        pytest.param({"text": {"content": 7}}, 47001, id="no string"),
        pytest.param({"text": {"content": "字" * 683}}, 45002, id="2049 bytes"),
        pytest.param({"text": {"content": "字" * 682 + "ab"}}, 0, id="2048 bytes"),
        pytest.param({"msgtype": "msgmenu", "msgmenu": MENU}, 0, id="a menu"),
    ],
)
async def test_messages_are_checked_as_wechat_checks_them(
    simulator: Simulator, message: dict[str, object], code: int
) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("你好")

    assert await _send(simulator, token, **message) == code


async def test_a_menu_is_shown_with_its_choices(simulator: Simulator) -> None:
    token = (await _stable(simulator))["access_token"]
    await simulator.say("你好")
    await _send(simulator, token, msgtype="msgmenu", msgmenu=MENU)

    shown = (await simulator.inbox())[-1]

    assert (shown["text"], shown["choices"]) == ("您要办哪一样？", [["1", "护照"]])


async def test_typing_needs_a_command_and_a_message_just_now(simulator: Simulator) -> None:
    token = (await _stable(simulator))["access_token"]

    async def typing(command: str) -> int:
        answer = await simulator.wechat(
            "POST",
            "/cgi-bin/message/custom/typing",
            params={"access_token": token},
            json={"touser": await _openid(simulator), "command": command},
        )
        return int(answer["errcode"])

    assert await typing("Typing") == 45080
    await simulator.say("你好")
    assert [await typing(one) for one in ("Sing", "Typing", "Typing")] == [45072, 0, 45081]
    assert await typing("CancelTyping") == 0


async def test_calls_are_counted_without_secrets_or_words(simulator: Simulator) -> None:
    token = (await _stable(simulator))["access_token"]
    await _send(simulator, token)

    ledger = await simulator.control("GET", "/_sim/calls?endpoint=/cgi-bin/message/custom/send")

    assert ledger["counts"]["/cgi-bin/stable_token"] == 1
    assert [(one["code"], one["app_id"]) for one in ledger["calls"]] == [
        ("45015", simulator.accounts.wechat[0].app_id)
    ]
    assert token not in str(ledger)
