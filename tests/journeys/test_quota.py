"""Journey 6: what a platform allows is spent; the next way is gone, and the record says why."""

from dataclasses import replace
from datetime import timedelta

from bot.demo.templates_allowed import LONG_TERM
from data.civic.ids import ConversationId, GridId
from data.civic.safety.rosters import Person
from data.civic.sending.ladder import LadderRules
from data.civic.sending.quotas import Window
from data.civic.sending.refusals import WhyNot
from data.civic.sending.rows import RowState, Rung
from tests import builders
from tests.journeys.county import County
from tests.journeys.informing import WORDS, Reaching, mobile, reaching
from tests.townsfolk import guarded, informed, settled
from tests.waiting import until

RULES = LadderRules(waits=dict.fromkeys(Rung, timedelta(hours=1)))


async def spend(reach: Reaching, one: Person) -> None:
    """Use up what the platform lets us send to somebody in the chat."""
    while await reach.house.stores.windows.spend(chat_of(one), builders.now()):
        pass


def chat_of(one: Person) -> ConversationId:
    return ConversationId(str(one.conversation))


async def test_where_the_window_is_spent_the_warning_comes_as_a_text_and_the_ledger_says_why(
    county: County,
) -> None:
    async with reaching(county) as reach:
        one = await reach.writer(1)
        await settled(county.house.stores, one)
        await county.control.post("/_sim/telephones", number=mobile(1), habit="listens")
        await spend(reach, one)
        informing = await informed(county.house, words=WORDS, rules=RULES)
        await reach.work()

        async def arrived() -> bool:
            return (await reach.row(informing, one)).state is RowState.DELIVERED

        await until(arrived)
        assert await reach.shown(one) == ["sms"]
        record = await reach.record(informing, one)
        assert [(tried.rung, tried.error) for tried in record] == [
            (Rung.SUBSCRIPTION, WhyNot.NO_TEMPLATE),
            (Rung.CHAT, WhyNot.WINDOW_SPENT),
            (Rung.SMS, ""),
        ]


async def test_after_48_hours_the_warning_comes_as_a_text(county: County) -> None:
    async with reaching(county) as reach:
        one = await reach.writer(1)
        await settled(county.house.stores, one)
        await county.control.post("/_sim/telephones", number=mobile(1), habit="listens")
        past = builders.now() - timedelta(seconds=1)
        await county.house.stores.windows.opened(chat_of(one), Window(left=5, until=past))
        informing = await informed(county.house, words=WORDS, rules=RULES)
        await reach.work()
        errors = [tried.error for tried in await reach.record(informing, one)]
        # The server forgets a window that is over within a second or so.
        assert errors[1] in (WhyNot.WINDOW_CLOSED, WhyNot.NEVER_WROTE)
        assert await reach.shown(one) == ["sms"]


async def test_who_turned_messages_off_is_told_by_text_and_the_ledger_says_so(
    county: County,
) -> None:
    async with reaching(county) as reach:
        one = await reach.subscriber(1)
        await settled(county.house.stores, one)
        await county.control.post("/_sim/telephones", number=mobile(1), habit="listens")
        no = {"account": "wechat-mini", "user": "u1", "template": LONG_TERM, "yes": False}
        await county.control.post("/_sim/templates", changed=True, **no)
        informing = await informed(county.house, words=WORDS, rules=RULES)
        await reach.work()
        errors = [tried.error for tried in await reach.record(informing, one)]
        assert errors == [WhyNot.DECLINED, WhyNot.OTHER_CHANNEL, ""]
        assert await reach.shown(one) == ["sms"]


async def test_whom_the_platform_denies_gets_a_text_at_once_and_is_doubted_first(
    county: County,
) -> None:
    async with reaching(county) as reach:
        one = await reach.subscriber(1)
        await settled(county.house.stores, one)
        await county.control.post("/_sim/telephones", number=mobile(1), habit="listens")
        where = "/cgi-bin/message/subscribe/send"
        await county.control.post("/_sim/faults", where=where, kind="error", code="43101", times=1)
        first = await informed(county.house, words=WORDS, rules=RULES)
        await reach.work()
        again = await informed(county.house, "signal/2", words=WORDS, rules=RULES)
        await reach.work()
        firsts = [tried.error for tried in await reach.record(first, one)]
        agains = [tried.error for tried in await reach.record(again, one)]
        assert (firsts[0], agains[0]) == ("43101", WhyNot.DOUBTED)
        assert await reach.shown(one) == ["sms", "sms"]


async def test_nobody_is_left_without_a_way_while_everything_is_spent(county: County) -> None:
    async with reaching(county) as reach:
        there = replace(await reach.writer(1), phone=None)
        nowhere = replace(await reach.writer(2), phone=None, grid=GridId("nobody's"))
        await guarded(county.house.stores)
        await settled(county.house.stores, there, nowhere)
        for one in (there, nowhere):
            await spend(reach, one)
        informing = await informed(county.house, words=WORDS, rules=RULES)
        await reach.work()
        assert (await reach.row(informing, there)).state is RowState.WITH_WORKER
        assert (await reach.row(informing, nowhere)).state is RowState.UNREACHABLE  # staff see it
