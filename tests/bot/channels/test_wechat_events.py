"""Events of subscriptions, as WeChat pushes them to a mini-program."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from multidict import MultiDict

from bot.accounts import Accounts, PushedMiniProgram, WeChatMiniProgram
from bot.channels.rendering import as_text
from bot.channels.wechat import WeChatDoor
from bot.channels.wechat_events import changes_of
from bot.channels.wechat_push import Freshness, Push, open_push
from bot.house import House
from data.civic.errors import BadInput, NotFound
from data.civic.ids import ConversationId
from data.civic.sending.subscriptions import Answered, Denied, Standing
from data.civic.talk.messages import Message, Reply
from handlers.acts.subscriptions import note_subscription
from tests.bot.channels.given import (
    AES_KEY,
    APOLOGY,
    CITIZEN,
    NOW,
    StillClock,
    WeChatSide,
    encrypted,
)

WECHAT = WeChatSide()
FRESH = Freshness(now=NOW, window=timedelta(minutes=10))
AT = datetime(2025, 11, 21, 16, tzinfo=UTC)
HEAD = {
    "ToUserName": "gh_5a1f0c9d2b7e",
    "FromUserName": CITIZEN,
    "CreateTime": 1763740800,
    "MsgType": "event",
}
POPUP, CHANGE, SENT = (f"subscribe_msg_{one}_event" for one in ("popup", "change", "sent"))


def accounts(**more: object) -> Accounts:
    told = {
        "name": "mini",
        "kind": "miniprogram",
        "app_id": "wx49f0ab532d5d035a",
        "original_id": "gh_5a1f0c9d2b7e",
        "secret": "the-app-secret",
        "token": "123456",
        "aes_keys": [AES_KEY],
        **more,
    }
    return Accounts(wechat=(WeChatMiniProgram.model_validate(told),))


def mini() -> PushedMiniProgram:
    found = accounts().pushed("mini")
    assert isinstance(found, PushedMiniProgram)
    return found


def item(template: str = "alert", **more: str) -> dict[str, str]:
    return {"TemplateId": template, **more}


def as_xml(event: str, *items: dict[str, str]) -> str:
    name = "SubscribeMsg" + event.split("_")[2].capitalize() + "Event"
    flat = "".join(f"<{k}>{v}</{k}>" for k, v in ({**HEAD, "Event": event}).items())
    lists = "".join(
        "<List>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in one.items()) + "</List>"
        for one in items
    )
    return f"<xml>{flat}<{name}>{lists}</{name}></xml>"


def as_object(event: str, *items: dict[str, str]) -> str:
    (one,) = items
    return json.dumps({**HEAD, "Event": event, "List": one})


def as_array(event: str, *items: dict[str, str]) -> str:
    return json.dumps({**HEAD, "Event": event, "List": items})


def request(text: str) -> tuple[dict[str, str], bytes]:
    """Write the address and the body of a push."""
    sealed = encrypted(text.encode())
    envelope = WECHAT.envelope(sealed)
    if text.startswith("{"):
        envelope = json.dumps({"ToUserName": "gh_5a1f0c9d2b7e", "Encrypt": sealed}).encode()
    return WECHAT.safe_query(sealed), envelope


def pushed(text: str) -> Push:
    query, envelope = request(text)
    return open_push(mini(), MultiDict(query), envelope, FRESH)


FORMS = [
    pytest.param(as_xml, id="XML"),
    pytest.param(as_object, id="object"),
    pytest.param(as_array, id="array"),
]
MEANINGS = [
    pytest.param(POPUP, item(SubscribeStatusString="accept", PopupScene="0"), True, id="yes"),
    pytest.param(POPUP, item(SubscribeStatusString="acceptWithAudio"), True, id="aloud"),
    pytest.param(POPUP, item(SubscribeStatusString="reject"), False, id="no"),
    pytest.param(CHANGE, item(SubscribeStatusString="reject"), False, id="turned off"),
]


class Unheard:
    """A reception that no message is to come to."""

    async def receive_within(self, message: Message, *, seconds: float) -> Reply | None:
        raise AssertionError(f"{message.id} is no message, also not for {seconds} seconds")

    async def say_later(self, message: Message, texts: tuple[str, ...]) -> None:
        raise AssertionError(f"{message.id} is no message: {len(texts)} texts")


def door_of(house: House) -> WeChatDoor:
    template = {"id": "alert", "kind": "one_time", "page": "p", "fields": {"thing1": "title"}}
    return WeChatDoor(
        accounts=accounts(alert_template=template),
        reception=Unheard(),
        clock=StillClock(),
        render=as_text,
        apology=lambda: APOLOGY,
        ledger=partial(note_subscription, house.office()),
    )


@pytest.mark.parametrize("form", FORMS)
async def test_pitfall_26_an_event_in_every_form_comes_to_stand_in_the_ledger(
    house: House, form: object
) -> None:
    said = item(SubscribeStatusString="accept")
    query, envelope = request(form(POPUP, said))  # type: ignore[operator]
    app = web.Application()
    app.router.add_post("/{account}", door_of(house).post)
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/mini", params=query, data=envelope)
        assert (answer.status, await answer.text()) == (200, "success")
    conversation = ConversationId(f"wechat_mini/mini/{CITIZEN}")
    (kept,) = await house.stores.subscriptions.of(conversation)
    assert (kept.standing, kept.left) == (Standing.ACCEPTED, 1)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("event", "said", "yes"), MEANINGS)
def test_pitfall_26_every_form_of_an_event_is_read_alike(
    form: object, event: str, said: dict[str, str], *, yes: bool
) -> None:
    found = changes_of(pushed(form(event, said)))  # type: ignore[operator]
    assert found == (Answered(template="alert", yes=yes, key=f"1763740800.{event}", at=AT),)


@pytest.mark.parametrize("form", FORMS)
def test_pitfall_26_a_message_that_was_not_delivered_is_denied_in_every_form(
    form: object,
) -> None:
    failed = item(MsgID="1700827132819554304", ErrorCode="3", ErrorStatus="user refuse")
    arrived = item(MsgID="1700827132819554304", ErrorCode="0", ErrorStatus="success")
    assert changes_of(pushed(form(SENT, failed))) == (  # type: ignore[operator]
        Denied(template="alert", at=AT),
    )
    assert changes_of(pushed(form(SENT, arrived))) == ()  # type: ignore[operator]


@pytest.mark.parametrize("form", [as_xml, as_array])
def test_pitfall_26_several_templates_come_in_one_event(form: object) -> None:
    both = (item("a", SubscribeStatusString="accept"), item("b", SubscribeStatusString="reject"))
    found = changes_of(pushed(form(POPUP, *both)))  # type: ignore[operator]
    assert found is not None
    assert [(one.template, getattr(one, "yes", None)) for one in found] == [
        ("a", True),
        ("b", False),
    ]


def test_switched_on_again_in_the_settings_is_no_further_message() -> None:
    assert changes_of(pushed(as_xml(CHANGE, item(SubscribeStatusString="accept")))) == ()


def test_an_unknown_status_and_an_item_without_template_change_nothing() -> None:
    odd = (item(SubscribeStatusString="tomorrow"), {"SubscribeStatusString": "accept"})
    assert changes_of(pushed(as_array(POPUP, *odd))) == ()


def test_another_event_is_not_one_of_subscriptions() -> None:
    assert changes_of(pushed(as_array("wxa_media_check"))) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"a": 1', id="no end"),
        pytest.param("[1]", id="no object"),
        pytest.param('{"ToUserName": "x", "ToUserName": "y"}', id="repeated"),
        pytest.param('{"a": ' + "[" * 30 + "]" * 30 + "}", id="deep"),
        pytest.param(json.dumps({**HEAD, "ToUserName": "gh_other"}), id="another account"),
    ],
)
def test_malformed_json_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        pushed(text)


def test_an_event_without_a_time_is_refused() -> None:
    text = json.dumps({**HEAD, "CreateTime": "soon", "Event": POPUP, "List": []})
    with pytest.raises(BadInput, match="CreateTime"):
        changes_of(pushed(text))


def test_a_number_of_json_stays_exactly_as_it_was_sent() -> None:
    push = pushed(json.dumps({**HEAD, "MsgId": 23476412345678901}))
    assert push.fields["MsgId"] == "23476412345678901"


def test_a_mini_program_without_push_settings_is_not_pushed_to() -> None:
    told = {"name": "m", "kind": "miniprogram", "app_id": "wx2", "secret": "s"}
    with pytest.raises(NotFound):
        Accounts(wechat=(WeChatMiniProgram.model_validate(told),)).pushed("m")
