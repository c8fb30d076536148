"""One's own colour: no green while a message waits, and a child's is told to its guardian."""

from dataclasses import replace

import pytest

from bot.house import House
from data.civic.errors import NotFound, Refused
from data.civic.ids import PersonId
from data.civic.knowing.colour_rules import CodeColour
from data.civic.people import Role
from data.civic.safety.colours import Reason
from data.civic.safety.registrations import Agreement, How, Kind, Registration, Relation, State
from data.civic.safety.whereabouts import Stage
from data.civic.warning.arrivals import Unread, arrived
from data.civic.warning.verdicts import Reason as Verdict
from handlers.acts import (
    call_duty,
    held_messages,
    move_person,
    my_code,
    my_colour,
    my_records,
    proxies,
)
from handlers.acts.in_force import warnings_in_force
from handlers.acts.relay import relay
from handlers.acts.speaks_for import voice_of
from handlers.colour_words import why
from tests import builders
from tests.bulletins import FEED, LINPU, arrival, message
from tests.evacuation import Evacuation, evacuation
from tests.observed import heard
from tests.staffed import hired
from tests.townsfolk import person as resident
from tests.townsfolk import settled

MINE = builders.citizen("openid-1").id
CHILD, MOTHER = builders.citizen("openid-7").id, builders.citizen("mother").id
BORN = 2018


@pytest.fixture
async def scene(house: House) -> Evacuation:
    await heard(house)
    return await evacuation(house)


async def mine(house: House) -> tuple[CodeColour, Reason, bool]:
    """The colour, why, and whether the chat would say that there is no warning."""
    (one,) = await my_colour.own(house.office(), MINE)
    quiet = (await warnings_in_force(house.office(), LINPU)).quiet
    return one.colouring.colour, one.colouring.reason, quiet


GREEN = (CodeColour.GREEN, Reason.NOTHING, True)
GREY = (CodeColour.GREY, Reason.UNSETTLED, False)


async def test_a_code_is_grey_while_a_message_is_held_and_green_when_it_is_settled(
    scene: Evacuation, house: House
) -> None:
    office = house.office()
    assert await mine(house) == GREEN
    one = message(start=builders.now())
    nowhere = replace(one.where[0], description="不知道哪里镇")
    held = await relay(office, FEED, arrival(replace(one, where=(nowhere,))))
    assert held.held
    assert await mine(house) == GREY
    (shown,) = await my_colour.own(office, MINE)
    said = why(office.release, shown)
    assert "灰色：我们不知道" in said[0].full
    assert "还没有核实清楚" in said[0].full
    assert shown.since == held.received_at
    duty = await hired(house, "duty", Role.DUTY)
    await held_messages.reject(office, duty, held.id)
    assert await mine(house) == GREEN


async def test_a_code_is_grey_until_somebody_has_seen_what_was_not_understood(
    scene: Evacuation, house: House
) -> None:
    office = house.office()
    strange = Unread(reason=Verdict.UNKNOWN_TYPE, detail="msgType Supplement")
    await relay(
        office, FEED, arrived(b"<alert/>", strange, feed=FEED.id, received_at=builders.now())
    )
    assert await mine(house) == GREY
    duty = await hired(house, "duty", Role.DUTY)
    (call,) = await call_duty.unseen(office, duty)
    await call_duty.see_call(office, duty, call.id)
    assert await mine(house) == GREEN


async def test_red_says_that_a_message_waits_as_well(scene: Evacuation, house: House) -> None:
    await scene.ordered()
    strange = Unread(reason=Verdict.UNREADABLE, detail="?")
    office = house.office()
    await relay(office, FEED, arrived(b"?", strange, feed=FEED.id, received_at=builders.now()))
    (shown,) = await my_colour.own(office, MINE)
    assert (shown.colouring.colour, shown.colouring.unsettled) == (CodeColour.RED, True)
    assert any("还在核实" in one.full for one in why(office.release, shown))


async def tied(house: House, *, how: How) -> Registration:
    """A mother's conversation that stands in for a child of eight."""
    one = Registration(
        id=f"{how}",
        conversation=MOTHER,
        person=PersonId(7),
        kind=Kind.PROXY,
        state=State.STANDING,
        relation=Relation.CHILD,
        name="李小芳",
        asked_at=builders.now(),
        agreement=Agreement(how=how, by="duty", at=builders.now()),
    )
    return await house.stores.registrations.add(one)


@pytest.fixture
async def child(scene: Evacuation, house: House) -> PersonId:
    await settled(house.stores, replace(resident(7, chat=True), born_year=BORN))
    return PersonId(7)


async def test_a_child_is_told_nothing_of_itself_in_its_own_conversation(
    child: PersonId, house: House
) -> None:
    office = house.office()
    assert await my_colour.own(office, CHILD) == []
    assert await my_code.my_codes(office, CHILD) == ()
    assert await my_records.my_records(office, CHILD) == ()


@pytest.mark.parametrize("how", list(How))
async def test_a_childs_colour_code_and_whereabouts_are_its_guardians_alone(
    child: PersonId, scene: Evacuation, house: House, how: How
) -> None:
    await tied(house, how=how)
    office, guardian = house.office(), how is How.GUARDIAN
    told = [one.person.id for one in await my_colour.own(office, MOTHER)]
    assert told == ([child] if guardian else [])
    assert len(await my_code.my_codes(office, MOTHER)) == guardian
    assert len(await my_records.my_records(office, MOTHER)) == guardian
    if not guardian:
        with pytest.raises(Refused):
            await move_person.by_family(office, MOTHER, scene.report(Stage.MOVING, child))
        assert await proxies.lay_down(office, MOTHER) == 1
        assert (await voice_of(office, MOTHER)).unguarded == ()


async def test_a_child_agrees_to_nobody(child: PersonId, scene: Evacuation, house: House) -> None:
    now = builders.now()
    own = Registration(
        id="own",
        conversation=CHILD,
        person=child,
        kind=Kind.OWN,
        state=State.STANDING,
        asked_at=now,
        agreement=Agreement(how=How.CHAT, by="x", at=now),
    )
    asking = replace(own, id="asks", conversation=MOTHER, kind=Kind.PROXY, state=State.ASKED)
    for one in (own, replace(asking, relation=Relation.OTHER, name="某人", code="1234")):
        await house.stores.registrations.add(one)
    with pytest.raises(NotFound):
        await proxies.agree(house.office(), CHILD, "1234")
    tied = await house.stores.registrations.of_person(child)
    assert {one.state for one in tied} == {State.STANDING, State.ASKED}
