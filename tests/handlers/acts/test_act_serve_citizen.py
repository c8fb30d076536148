"""Serving citizens: who may, who was first, what is kept, what the citizen gets."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused
from data.civic.ids import ConversationId
from data.civic.labels import Channel
from data.civic.people import Role
from data.civic.talk.conversations import Attention
from handlers.acts import serve_citizen
from handlers.acts.note import citizen
from handlers.acts.read_conversation import read
from tests import builders
from tests.staffed import LINPU, hired, said


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.ADMIN, Role.AUDITOR])
async def test_only_agents_and_duty_serve(house: House, role: Role) -> None:
    staff, who = await hired(house, "wang", role), await said(house, "转人工")
    office = house.office()
    for act in (serve_citizen.claim, serve_citizen.give_back, read):
        with pytest.raises(Refused):
            await act(office, staff, who.id)
    with pytest.raises(Refused):
        await serve_citizen.waiting(office, staff)
    with pytest.raises(Refused):
        await serve_citizen.answer(office, staff, who.id, text="您好", key="k")


async def test_another_towns_staff_may_not_serve(house: House) -> None:
    staff, who = await hired(house, area=LINPU), await said(house, "转人工")
    assert await serve_citizen.waiting(house.office(), staff) == []
    with pytest.raises(Refused):
        await serve_citizen.claim(house.office(), staff, who.id)


async def test_who_is_not_there_is_not_found(house: House) -> None:
    staff = await hired(house)
    with pytest.raises(NotFound):
        await serve_citizen.claim(house.office(), staff, ConversationId("terminal/county/no"))


async def test_of_two_who_claim_at_once_one_is_first(house: House) -> None:
    one, two = await hired(house, "wang"), await hired(house, "li")
    who, office = await said(house, "转人工"), house.office()
    told = await asyncio.gather(
        serve_citizen.claim(office, one, who.id),
        serve_citizen.claim(office, two, who.id),
        return_exceptions=True,
    )
    assert sorted(isinstance(one, Conflict) for one in told) == [False, True]


async def test_a_claim_again_changes_nothing(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    first = await serve_citizen.claim(house.office(), staff, who.id)
    again = await serve_citizen.claim(house.office(), staff, who.id)
    assert again.version == first.version


async def test_the_assistant_is_silent_until_it_is_given_back(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    await said(house, "护照怎么办", by=who)
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert lines[-1].reply is not None
    assert lines[-1].reply.parts == ()
    await serve_citizen.give_back(house.office(), staff, who.id)
    await said(house, "护照怎么办", by=who)
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert lines[-1].reply is not None
    assert lines[-1].reply.parts


async def test_an_answer_renews_the_time_that_the_assistant_is_silent(
    house: House, clock: SystemClock
) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    for _ in range(2):
        clock.shift += timedelta(minutes=20)
        await serve_citizen.answer(house.office(), staff, who.id, text="请稍等", key="k")
    clock.shift += timedelta(minutes=20)
    await said(house, "还要多久", by=who)
    kept = await house.stores.conversations.get(who)
    assert kept.attention is Attention.HUMAN


async def test_who_does_not_hold_it_cannot_answer(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    with pytest.raises(Conflict):
        await serve_citizen.answer(house.office(), staff, who.id, text="您好", key="k")
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert [line for line in lines if line.staff] == []


async def test_a_citizen_who_writes_meanwhile_is_no_conflict(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    await asyncio.gather(
        said(house, "在吗", "在吗", by=who),
        *(
            serve_citizen.answer(house.office(), staff, who.id, text="在", key=f"k{n}")
            for n in range(3)
        ),
    )
    lines = await house.stores.messages.history(who.id, before=None, limit=20)
    assert len([line for line in lines if line.staff]) == 3


async def test_an_office_telephone_stays_readable_and_an_id_number_does_not(house: House) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    text = "请打0571-82898225，您的身份证33010919900307481X已收到"
    await serve_citizen.answer(house.office(), staff, who.id, text=text, key="k")
    lines = await house.stores.messages.history(who.id, before=None, limit=10)
    assert lines[-1].text == "请打0571-82898225，您的身份证330109********481X已收到"


@pytest.mark.parametrize("channel", [Channel.WECHAT_MINI, Channel.ALIPAY_MINI])
async def test_a_mini_program_fetches_the_answer_itself(house: House, channel: Channel) -> None:
    staff = await hired(house)
    who = await said(house, "转人工", by=builders.citizen(channel=channel))
    await serve_citizen.claim(house.office(), staff, who.id)
    await serve_citizen.answer(house.office(), staff, who.id, text="您好", key="k")
    assert await house.stores.outbox.of(who.id, 5) == []


async def test_a_service_account_is_sent_the_answer_once(house: House) -> None:
    staff = await hired(house)
    who = await said(house, "转人工", by=builders.citizen(channel=Channel.WECHAT))
    await serve_citizen.claim(house.office(), staff, who.id)
    for _ in range(2):
        await serve_citizen.answer(house.office(), staff, who.id, text="您好", key="k")
    assert [one.text for one in await house.stores.outbox.of(who.id, 5)] == ["您好"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("", "k"), (" \n\t", "k"), ("\x00\x07", "k"), ("长" * 501, "k"), ("好", ""), ("好", "a/b")],
)
async def test_what_cannot_be_sent_is_refused(house: House, text: str, key: str) -> None:
    staff, who = await hired(house), await said(house, "转人工")
    await serve_citizen.claim(house.office(), staff, who.id)
    with pytest.raises(BadInput):
        await serve_citizen.answer(house.office(), staff, who.id, text=text, key=key)


async def test_every_deed_is_in_the_audit_log_without_a_citizens_word(house: House) -> None:
    staff, who = await hired(house), await said(house, "我的事很急，转人工")
    office = house.office()
    await serve_citizen.claim(office, staff, who.id)
    await read(office, staff, who.id)
    await read(office, staff, who.id)
    await serve_citizen.answer(office, staff, who.id, text="您好，很急的话请来", key="k")
    await serve_citizen.give_back(office, staff, who.id)
    entries = await house.stores.audit.of_subject(citizen(office, who.id), 10)
    assert [(one.deed.actor, one.deed.act) for one in reversed(entries)] == [
        (staff.id, "conversation.claim"),
        (staff.id, "conversation.read"),
        (staff.id, "conversation.answer"),
        (staff.id, "conversation.give_back"),
    ]
    assert "很急" not in repr(entries)
