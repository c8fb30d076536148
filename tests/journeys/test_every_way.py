"""One informing of two hundred people by all ways, while one call in twenty goes wrong."""

from collections import Counter
from datetime import timedelta

from data.civic.safety.rosters import Person
from data.civic.sending.informing import Informing
from data.civic.sending.ladder import LadderRules
from data.civic.sending.rows import Manner, RowState, Rung, Said
from data.civic.warning.duty import DutyKind
from tests.journeys.county import County
from tests.journeys.informing import (
    WORDS,
    Reaching,
    by_phone,
    landline,
    mobile,
    reaching,
)
from tests.townsfolk import guarded, informed, rows_of, settled
from tests.waiting import until

PATIENT = LadderRules(
    waits=dict.fromkeys(Rung, timedelta(hours=1)),
    tries=60,
    again_after=timedelta(microseconds=1),
)
"""Nobody is sent a second message because no answer came; what is busy is tried again soon."""
MEANT = {
    "template": (Rung.SUBSCRIPTION, 60),
    "chat": (Rung.CHAT, 20),
    "sms": (Rung.SMS, 60),
    "call": (Rung.VOICE, 30),
    "": (Rung.DOOR, 30),
}
"""What is shown → by which way, to how many people."""


async def people_of(reach: Reaching) -> dict[str, list[Person]]:
    return {
        "template": [
            *[await reach.subscriber(handle) for handle in range(1, 41)],
            *[await reach.alipay_subscriber(handle) for handle in range(41, 61)],
        ],
        "chat": [await reach.writer(handle) for handle in range(61, 81)],
        "sms": [by_phone(handle, mobile(handle)) for handle in range(81, 141)],
        "call": [by_phone(handle, landline(handle)) for handle in range(141, 171)],
        "": [by_phone(handle, None) for handle in range(171, 201)],
    }


async def go_wrong(county: County) -> None:
    """Let one call in twenty fail at each platform."""
    for where, kind, code in (
        ("/cgi-bin/message/subscribe/send", "error", "-1"),
        ("/cgi-bin/message/subscribe/send", "status", "503"),
        ("/cgi-bin/message/custom/send", "error", "-1"),
        ("alipay.open.app.mini.templatemessage.send", "error", "isp.unknow-error"),
        ("/sms/messages#", "error", "busy"),
        ("/voice/calls#", "error", "busy"),
        ("/voice/calls", "status", "503"),
    ):
        await county.control.post(
            "/_sim/faults", where=where, kind=kind, code=code, probability=0.05
        )


async def test_everybody_gets_one_message_on_the_rung_that_is_theirs(county: County) -> None:
    async with reaching(county) as reach:
        await county.control.post("/_sim/telephones", habit="no_answer")
        people = await people_of(reach)
        await settled(county.house.stores, *[one for some in people.values() for one in some])
        await guarded(county.house.stores)
        await go_wrong(county)
        informing = await informed(county.house, words=WORDS, rules=PATIENT)

        await until(lambda: told_all(reach, informing), within_s=60)

        await county.control.post("/_sim/telephones", habit="listens")
        for shown, some in people.items():
            got = Counter([tuple(await reach.shown(one)) for one in some])
            assert got == {((shown,) if shown else ()): MEANT[shown][1]}, shown


async def test_an_answer_that_gets_lost_is_settled_by_the_receipt(county: County) -> None:
    async with reaching(county) as reach:
        await county.control.post("/_sim/telephones", habit="listens")
        people = [by_phone(handle, mobile(handle)) for handle in range(1, 6)]
        await settled(county.house.stores, *people)
        await county.control.post("/_sim/faults", where="/sms/messages", kind="lose", times=1)
        informing = await informed(county.house, words=WORDS, rules=PATIENT)
        await reach.work()
        assert {tried.error for tried in await reach.record(informing, people[0])} == {"no_answer"}

        async def delivered() -> bool:
            rows = await rows_of(county.house.stores, informing)
            return {row.state for row in rows.values()} == {RowState.DELIVERED}

        await until(delivered)
        await reach.work()
        assert [await reach.shown(one) for one in people] == [["sms"]] * 5


async def test_a_key_pressed_or_a_text_sent_back_is_the_confirmation(county: County) -> None:
    async with reaching(county) as reach:
        control = county.control
        hears, asks, answers = (
            by_phone(1, landline(1)),
            by_phone(2, landline(2)),
            by_phone(3, mobile(3)),
        )
        await settled(county.house.stores, hears, asks, answers)
        await control.post("/_sim/telephones", number=landline(1), habit="answers")
        await control.post("/_sim/telephones", number=landline(2), habit="needs_help")
        await control.post("/_sim/telephones", number=mobile(3), habit="listens", reply="收到")
        informing = await informed(county.house, words=WORDS, rules=PATIENT)
        await reach.work()

        async def confirmed() -> bool:
            rows = await rows_of(county.house.stores, informing)
            called = await county.house.stores.duty_calls.unseen(10)
            return all(row.state is RowState.CONFIRMED for row in rows.values()) and bool(called)

        await until(confirmed)
        rows = [await reach.row(informing, one) for one in (hears, asks, answers)]
        said = [(row.confirmation.manner, row.visit) for row in rows if row.confirmation]
        assert said == [(Manner.VOICE, None), (Manner.VOICE, Said.HELP), (Manner.SMS, None)]
        (call,) = await county.house.stores.duty_calls.unseen(10)
        assert (call.kind, call.area) == (DutyKind.HELP, rows[1].village)


async def told_all(reach: Reaching, informing: Informing) -> bool:
    """Work, and say whether nobody is left to whom nothing came yet."""
    await reach.work()
    rows = await rows_of(reach.house.stores, informing)
    counts = Counter((row.rung, row.state) for row in rows.values())
    wanted = {
        (Rung.SUBSCRIPTION, RowState.SENT): 60,
        (Rung.CHAT, RowState.SENT): 20,
        (Rung.SMS, RowState.DELIVERED): 60,
        (Rung.DOOR, RowState.WITH_WORKER): 60,
    }
    return counts == wanted
