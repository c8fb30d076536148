"""Text messages, calls and notices through a gateway: signed, told one by one, never twice."""

import pytest
from aiohttp import ClientSession, web

from bot.channels.gateway import Gateway
from bot.channels.sms import LONGEST, SmsMessenger
from bot.channels.voice import Dial, Dialer, Menu, VoiceMessenger
from bot.channels.workapp import Notice, WorkApp
from data.civic.errors import PlatformRefused, PlatformUnavailable
from data.civic.sending.refusals import WhyNot
from data.civic.sending.retries import FAULTS_OPEN
from data.civic.sending.rows import Ending, Rung
from tests.bot.channels.gateway_side import GatewaySide, account
from tests.bot.channels.given import StillClock
from tests.bot.channels.outgoing import endings, outgoing
from tests.builders import Loaded

MENU = Menu(prompt="再听一遍，请按零。", keys={"1": "记下了。", "2": "已经报告。"}, again="0")


@pytest.fixture
def gateway(side: GatewaySide, session: ClientSession) -> Gateway:
    return Gateway(account(side.url), session=session, clock=StillClock(), dice=Loaded())


@pytest.fixture
def sms(gateway: Gateway) -> SmsMessenger:
    return SmsMessenger(gateway=gateway)


async def test_a_batch_is_one_signed_call_and_each_is_told_of(
    sms: SmsMessenger, side: GatewaySide
) -> None:
    sent = await sms.send([outgoing(1), outgoing(2, phone="13800000002")])
    assert [(one.ending, one.provider_id) for one in sent] == [
        (Ending.ACCEPTED, "g-7-1-3-1"),
        (Ending.ACCEPTED, "g-7-2-3-1"),
    ]
    ((path, _),) = side.asked
    assert path == "/sms/messages"
    assert side.items[1] == {
        "reference": "7-2-3-1",
        "to": "13800000002",
        "text": "台风红色预警",
    }


async def test_what_cannot_go_is_not_handed_over(sms: SmsMessenger, side: GatewaySide) -> None:
    batch = [
        outgoing(1, phone=None),
        outgoing(2, text="长" * (LONGEST + 1)),
        outgoing(3),
    ]
    assert endings(await sms.send(batch)) == [
        (Ending.REFUSED, WhyNot.NO_PHONE),
        (Ending.REFUSED, WhyNot.TOO_LONG),
        (Ending.ACCEPTED, ""),
    ]
    assert [one["reference"] for one in side.items] == ["7-3-3-1"]


async def test_a_drill_goes_to_gateways_of_this_machine_alone(session: ClientSession) -> None:
    real = account("https://sms.example.com")
    gateway = Gateway(real, session=session, clock=StillClock(), dice=Loaded())
    sent = await SmsMessenger(gateway=gateway).send([outgoing(drill=True)])
    assert endings(sent) == [(Ending.REFUSED, WhyNot.DRILL)]


@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("bad_number", Ending.REFUSED),
        ("blocked", Ending.REFUSED),
        ("too_long", Ending.REFUSED),
        ("busy", Ending.BUSY),
        ("out_of_quota", Ending.BUSY),
        ("code_of_tomorrow", Ending.REFUSED),
    ],
)
async def test_each_refusal_is_the_end_of_its_own_message(
    sms: SmsMessenger, side: GatewaySide, code: str, ending: Ending
) -> None:
    side.codes = {"7-1-3-1": code}
    sent = await sms.send([outgoing(1), outgoing(2)])
    assert endings(sent) == [(ending, code), (Ending.ACCEPTED, "")]


ODD = [
    pytest.param(web.Response(status=502, text="<html>"), Ending.UNKNOWN, id="502"),
    pytest.param(web.Response(status=503), Ending.BUSY, id="503"),
    pytest.param(web.Response(status=429), Ending.BUSY, id="429"),
    pytest.param(web.Response(text="<html>"), Ending.UNKNOWN, id="html"),
    pytest.param([], Ending.UNKNOWN, id="list"),
    pytest.param({"items": "none"}, Ending.UNKNOWN, id="no items"),
    pytest.param({"items": [{"reference": "7-1-3-1"}]}, Ending.UNKNOWN, id="neither"),
    pytest.param({"code": "bad_signature"}, Ending.REFUSED, id="refused whole"),
    pytest.param({"code": "too_fast"}, Ending.BUSY, id="too fast"),
]


@pytest.mark.parametrize(("answer", "ending"), ODD)
async def test_an_odd_answer_loses_nothing_and_doubles_nothing(
    sms: SmsMessenger, side: GatewaySide, answer: object, ending: Ending
) -> None:
    side.answers = [answer]
    ((told, _),) = endings(await sms.send([outgoing()]))
    assert told is ending
    assert len(side.asked) == 1


async def test_a_gateway_that_is_not_there_has_taken_nothing(session: ClientSession) -> None:
    gone = Gateway(
        account("http://127.0.0.1:9"), session=session, clock=StillClock(), dice=Loaded()
    )
    sent = await SmsMessenger(gateway=gone).send([outgoing()])
    assert endings(sent) == [(Ending.BUSY, WhyNot.BUSY)]


async def test_a_busy_gateway_is_asked_again_soon(sms: SmsMessenger, side: GatewaySide) -> None:
    side.answers = [{"code": "busy"}, {"code": "busy"}]
    assert endings(await sms.send([outgoing()])) == [(Ending.ACCEPTED, "")]
    assert len(side.asked) == 3


async def test_a_gateway_that_is_silent_is_left_alone_for_a_while(
    sms: SmsMessenger, side: GatewaySide
) -> None:
    side.answers = [web.Response(status=502) for _ in range(FAULTS_OPEN)]
    for _ in range(FAULTS_OPEN + 1):
        (last,) = endings(await sms.send([outgoing()]))
    assert last == (Ending.BUSY, WhyNot.BUSY)
    assert len(side.asked) == FAULTS_OPEN


async def test_a_call_says_the_text_the_keys_and_what_is_read_back(
    gateway: Gateway, side: GatewaySide
) -> None:
    voice = VoiceMessenger(gateway=gateway, menu=lambda: MENU)
    (sent,) = await voice.send([outgoing(rung=Rung.VOICE)])
    assert sent.ending is Ending.ACCEPTED
    (item,) = side.items
    assert (item["menu"], item["again"]) == ("再听一遍，请按零。", "0")
    assert item["keys"] == {"1": "记下了。", "2": "已经报告。"}


async def test_somebody_on_duty_is_asked_to_say_words_back(
    gateway: Gateway, side: GatewaySide
) -> None:
    dial = Dial(reference="call-1", phone="13800000009", text="请复述", read_back="已收到红色预警")
    told = await Dialer(gateway=gateway, menu=lambda: MENU).dial([dial])
    assert told["call-1"].id == "g-call-1"
    assert side.items[0]["read_back"] == "已收到红色预警"


async def test_a_notice_goes_to_a_colleague(gateway: Gateway, side: GatewaySide) -> None:
    side.codes = {"call-2": "unknown_staff"}
    notices = [
        Notice(reference=f"call-{n}", to=f"staff-{n}", title="红色预警", text="请查看")
        for n in (1, 2)
    ]
    told = await WorkApp(gateway=gateway).notify(notices)
    assert (told["call-1"].id, told["call-2"].code) == ("g-call-1", "unknown_staff")


async def test_a_caller_hears_of_a_gateway_that_refuses_or_is_silent(
    gateway: Gateway, side: GatewaySide
) -> None:
    side.answers = [{"code": "bad_signature"}, web.Response(status=502)]
    with pytest.raises(PlatformRefused):
        await WorkApp(gateway=gateway).notify([])
    with pytest.raises(PlatformUnavailable):
        await WorkApp(gateway=gateway).notify([])


def test_no_telephone_and_no_words_show_in_a_repr() -> None:
    dial = Dial(reference="call-1", phone="13800000009", text="请复述", read_back="已收到")
    assert "13800000009" not in repr(dial) + repr(outgoing(phone="13800000009"))
