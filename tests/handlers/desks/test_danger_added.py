"""Danger added to a case that was seen: staff are called again, and the citizen is told so."""

from datetime import timedelta

import pytest

from data.civic.people import Role, Staff
from data.civic.talk.messages import MessageKind
from data.civic.talk.tickets import Ticket
from data.civic.warning import duty
from data.civic.warning.duty import DutyCall, DutyKind, SeenAs
from handlers.acts import call_duty, read_calls, see_ticket
from handlers.acts.call_answer import call_for_forgotten
from handlers.desks.danger import NEED_HELP
from handlers.duty_words import words_of
from tests import builders
from tests.handlers.talking import Talk, words
from tests.onduty import rostered
from tests.staffed import hired

CRY, WORSE = "水进屋了我妈还在里面", "水到胸口了"


@pytest.fixture
async def officer(talk: Talk) -> Staff:
    await rostered(talk.house.stores)
    return await hired(talk.house, "wang", Role.DUTY)


async def case(talk: Talk) -> Ticket:
    (ticket,) = await talk.house.stores.tickets.unfinished(9)
    return ticket


async def seen(talk: Talk, officer: Staff) -> None:
    await see_ticket.see(talk.house.office(), officer, (await case(talk)).number)


async def ringing(talk: Talk) -> list[DutyCall]:
    return await talk.house.stores.duty_calls.unseen(9)


async def told(talk: Talk) -> list[str]:
    lines = await talk.house.stores.messages.history(talk.by.id, before=None, limit=50)
    return [one.text for one in lines if one.staff]


@pytest.mark.parametrize("said", [WORSE, "我走不动了", "快来接我妈"])
async def test_the_duty_is_called_again(talk: Talk, officer: Staff, said: str) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    assert await ringing(talk) == []
    answer = words(await talk.say(said))
    ticket = await case(talk)
    (call,) = await ringing(talk)
    assert (call.kind, call.ticket) == (DutyKind.DANGER_ADDED, ticket.number)
    assert ticket.text == f"{CRY}\n{said}"
    assert "已经再次报到值班台，值班员还没有看到这次补充" in answer
    read = words_of(talk.house.office().release, call, read_back="").read
    assert f"打开工单{ticket.number}看新补充" in read


async def test_danger_names_the_numbers_first(talk: Talk, officer: Staff) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    assert words(await talk.say(WORSE)).startswith("请立即拨打")


@pytest.mark.parametrize(
    ("said", "kind"),
    [("苎萝村3组", MessageKind.TEXT), ("120.25,30.05 临浦镇", MessageKind.PLACE)],
)
async def test_a_place_rings_nobody_and_is_marked_as_new(
    talk: Talk, officer: Staff, said: str, kind: MessageKind
) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    answer = words(await talk.say(said, kind=kind))
    assert "已在值班台标为新补充，值班员还没有看到" in answer
    assert (await case(talk)).has_news
    assert await ringing(talk) == []


async def test_who_opens_it_ends_the_calling_and_the_citizen_hears_so(
    talk: Talk, officer: Staff
) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    await talk.say(WORSE)
    (call,) = await ringing(talk)
    with pytest.raises(Exception, match="open ticket XS"):
        await call_duty.see_call(talk.house.office(), officer, call.id)
    for _ in range(2):
        await seen(talk, officer)
    assert await ringing(talk) == []
    assert not (await case(talk)).has_news
    assert ["已看到您补充的情况" in one for one in await told(talk)] == [False, True]
    entries = await talk.house.stores.audit.of_subject((await case(talk)).number, 9)
    assert [one.deed.act for one in entries].count("ticket.see") == 2


async def test_while_nobody_has_seen_the_case_no_second_call_rings(
    talk: Talk, officer: Staff
) -> None:
    answer = words(await talk.say(CRY, WORSE))
    assert [one.kind for one in await ringing(talk)] == [DutyKind.DANGER]
    assert "再次报到" not in answer
    await call_for_forgotten(talk.house.office())
    assert len(await ringing(talk)) == 1
    assert (await case(talk)).added.pressing_since is None


async def test_a_call_that_ended_by_a_key_is_begun_again(talk: Talk, officer: Staff) -> None:
    await talk.say(CRY)
    (call,) = await ringing(talk)
    await talk.house.stores.duty_calls.change(
        call.id, lambda one: duty.see(one, officer.id, builders.now(), how=SeenAs.KEY)
    )
    await talk.say(WORSE)
    assert [one.kind for one in await ringing(talk)] == [DutyKind.DANGER_ADDED]


async def test_what_comes_a_moment_later_is_called_for_once_some_minutes_are_over(
    talk: Talk, officer: Staff
) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    await talk.say(WORSE)
    await seen(talk, officer)
    answer = words(await talk.say("水到脖子了"))
    assert "值班员还没有看到" in answer
    assert "再次报到" not in answer
    await call_for_forgotten(talk.house.office())
    assert await ringing(talk) == []
    talk.house.clock.shift += timedelta(minutes=5, seconds=1)  # type: ignore[attr-defined]
    for _ in range(2):
        await call_for_forgotten(talk.house.office())
    (call,) = await ringing(talk)
    assert call.kind is DutyKind.DANGER_ADDED


async def test_what_was_opened_meanwhile_is_called_for_no_more(talk: Talk, officer: Staff) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    await talk.say(WORSE)
    await seen(talk, officer)
    await talk.say("水到脖子了")
    await seen(talk, officer)
    talk.house.clock.shift += timedelta(minutes=6)  # type: ignore[attr-defined]
    await call_for_forgotten(talk.house.office())
    assert await ringing(talk) == []


async def test_a_result_of_the_call_needs_the_ticket_opened(talk: Talk, officer: Staff) -> None:
    await talk.say(CRY)
    await seen(talk, officer)
    await talk.say(WORSE)
    found = await read_calls.listed(talk.house.office(), officer)
    assert [one.kind for one in found.waiting] == [DutyKind.DANGER_ADDED]


async def test_with_nobody_on_duty_that_is_said(talk: Talk) -> None:
    await talk.say(CRY)
    await seen(talk, await hired(talk.house, "wang", Role.DUTY))
    assert "此处无人值守" in words(await talk.say(WORSE))


async def test_danger_after_the_case_is_closed_is_a_case_of_its_own(talk: Talk) -> None:
    await talk.say(CRY)
    first = await case(talk)
    clerk = await hired(talk.house, "wang", Role.AGENT)
    await seen(talk, clerk)
    await see_ticket.close(talk.house.office(), clerk, first.number, "人已经接出来了")
    reply = await talk.say(WORSE)
    second = await case(talk)
    assert (second.number != first.number, second.text) == (True, WORSE)
    assert reply.intent == NEED_HELP
