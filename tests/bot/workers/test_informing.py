"""Carrying an informing on: rows, sends, marks, the ladder, boards and plans."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.messengers import Needs, NullMessenger, Outgoing
from bot.house import House
from bot.workers.doors import Doors
from bot.workers.informing import keep_boards
from data.civic.ids import PersonId, WorkerId
from data.civic.sending.informing import InformingKind, InformingState
from data.civic.sending.rows import By, Ending, Manner, RowState, Rung
from handlers.acts.confirm import Answer, confirm
from tests import builders
from tests.carrying import later, states, walked
from tests.conftest import Build
from tests.informed import answer
from tests.townsfolk import (
    GRID,
    VILLAGE,
    WORDS,
    Remembering,
    all_ways,
    guarded,
    informed,
    person,
    rows_of,
    settled,
)


async def test_everybody_gets_the_first_way_that_reaches_them(house: House) -> None:
    await settled(house.stores, person(1, chat=True), person(2), person(3, phone="057182000000"))
    informing, ways = await informed(house), all_ways()
    await walked(house, ways)
    assert await states(house, informing) == {
        1: (RowState.SENT, Rung.SUBSCRIPTION),
        2: (RowState.SENT, Rung.SMS),
        3: (RowState.SENT, Rung.VOICE),
    }


async def test_each_way_has_its_words_and_knows_of_people_what_it_needs(house: House) -> None:
    await settled(house.stores, person(1, chat=True))
    informing = await informed(house)
    ways = {
        Rung.SUBSCRIPTION: Remembering(rung=Rung.SUBSCRIPTION, needs=Needs.CONVERSATION),
        Rung.SMS: Remembering(rung=Rung.SMS, needs=Needs.PHONE),
    }
    ways[Rung.SUBSCRIPTION].answer = lambda _: Ending.REFUSED
    await walked(house, ways)
    (template,), (text,) = ways[Rung.SUBSCRIPTION].given, ways[Rung.SMS].given
    assert (template.text, template.phone) == (WORDS.text, None)
    assert template.conversation == "terminal/county/openid-1"
    assert (text.text, text.phone) == (WORDS.sms, "13800000001")
    assert text.reference == f"{informing.id}-1-{Rung.SMS:d}-3", "subscription, chat, then text"
    assert "13800000001" not in repr(text)


async def test_the_ladder_is_climbed_until_the_worker_at_the_door_has_the_list(
    house: House, build: Build
) -> None:
    await settled(house.stores, person(1))
    await guarded(house.stores)
    informing, ways = await informed(house), all_ways()
    doors = Doors(grids=house.stores.grids, clock=builders.clock(shift=timedelta(minutes=12)))
    for minutes in (0, 6, 12, 60):
        await later(build, minutes, {**ways, Rung.DOOR: doors})
    assert [len(ways[rung].given) for rung in (Rung.SMS, Rung.VOICE)] == [1, 1]
    row = (await rows_of(house.stores, informing))[1]
    assert (row.state, row.rung) == (RowState.WITH_WORKER, Rung.LOUDSPEAKER)
    attempts = await house.stores.sends.attempts(informing.id, 0, PersonId(1))
    assert [one.rung for one in attempts] == [
        Rung.SMS,
        Rung.VOICE,
        Rung.DOOR,
        Rung.LOUDSPEAKER,
    ]
    assert attempts[2].provider_id == WorkerId(f"w-{GRID}"), "by name"


async def test_who_has_answered_is_sent_nothing_more(house: House, build: Build) -> None:
    await settled(house.stores, person(1, household=7), person(2, household=7), person(3))
    informing, ways = await informed(house), all_ways()
    await walked(house, ways)
    said = Answer(informing=informing.id, person=PersonId(1), manner=Manner.SMS)
    await confirm(house.office(), said)
    await later(build, 6, ways)
    assert ways[Rung.VOICE].people == [3]
    rows = await rows_of(house.stores, informing)
    assert rows[2].confirmation is not None
    assert (rows[2].state, rows[2].confirmation.by) == (RowState.CONFIRMED, By.HOUSEHOLD)


async def test_where_nobody_answers_for_the_grid_somebody_is_looked_for_again(
    house: House, build: Build
) -> None:
    await settled(house.stores, person(1, phone=None))
    informing, ways = await informed(house), all_ways()
    doors = Doors(grids=house.stores.grids, clock=house.clock)
    await walked(house, {**ways, Rung.DOOR: doors})
    assert (await states(house, informing))[1][0] is RowState.UNREACHABLE
    await guarded(house.stores)
    await later(build, 11, {**ways, Rung.DOOR: doors})
    assert (await states(house, informing))[1][0] is RowState.WITH_WORKER


async def test_a_house_without_a_way_goes_to_the_next_and_keeps_that_on_record(
    house: House,
) -> None:
    await settled(house.stores, person(1))
    informing = await informed(house)
    await walked(house, {Rung.VOICE: NullMessenger(rung=Rung.VOICE)})
    assert await states(house, informing) == {1: (RowState.SENT, Rung.VOICE)}
    first, _ = await house.stores.sends.attempts(informing.id, 0, PersonId(1))
    assert (first.ending, first.error) == (Ending.REFUSED, "this house has no such way")


async def test_a_correction_waits_for_what_is_in_flight_and_follows_the_same_ways(
    house: House,
) -> None:
    await settled(house.stores, person(1, chat=True), person(2), person(3, phone=None))
    first, ways = await informed(house), all_ways()
    await walked(house, ways)
    second = await informed(house, "notice/2", kind=InformingKind.CORRECTION, of=first.id)
    await walked(house, ways)
    assert {n: rung for n, (_, rung) in (await states(house, second)).items()} == {
        1: Rung.SUBSCRIPTION,
        2: Rung.SMS,
        3: Rung.LOUDSPEAKER,
    }
    assert (await house.stores.slices.still_going(first.id)) == 0
    third = await informed(house, "notice/3", kind=InformingKind.CORRECTION, of=second.id)
    assert third.of == first.id, "what corrects a correction is for all who got the first"


async def test_who_is_left_without_a_way_is_named_unreachable(house: House) -> None:
    await settled(house.stores, person(1, phone=None))
    informing = await informed(house, urgent=False)
    await walked(house, all_ways())
    assert (await states(house, informing))[1][0] is RowState.UNREACHABLE


async def test_somebody_taken_off_the_roster_meanwhile_is_told_of_as_refused(
    house: House,
) -> None:
    await settled(house.stores, person(1))
    informing = await informed(house)
    sms = Remembering(rung=Rung.SMS, needs=Needs.PHONE)
    sms.answer = lambda one: Ending.ACCEPTED if one.phone else Ending.REFUSED
    claimed = await house.stores.slices.all(informing.id)
    await house.stores.rows.make(claimed[0], informing.target, again=False)  # type: ignore[arg-type]
    await house.stores.residents.delete([PersonId(1)])
    await walked(house, {Rung.SMS: sms})
    row = (await rows_of(house.stores, informing))[1]
    assert (row.state, row.attempts) == (RowState.UNREACHABLE, 4)


async def test_boards_that_a_death_left_wrong_are_counted_anew_once_a_minute(
    house: House,
) -> None:
    await settled(house.stores, person(1), person(2))
    informing = await informed(house)
    await walked(house, all_ways())
    await house.stores.rows.confirm(informing.id, {PersonId(1): answer()})
    assert await keep_boards(house.office()) is False
    (line,) = await house.stores.boards.villages(informing.id)
    assert line.uninformed == 1
    await house.stores.rows.confirm(informing.id, {PersonId(2): answer()})
    await keep_boards(house.office())
    (line,) = await house.stores.boards.villages(informing.id)
    assert line.uninformed == 1, "not again within the minute"


@pytest.mark.parametrize(
    ("days", "state"), [(2, InformingState.SENDING), (4, InformingState.CLOSED)]
)
async def test_a_lift_is_closed_by_itself_after_days_and_a_warning_is_not(
    house: House, build: Build, days: int, state: InformingState
) -> None:
    await settled(house.stores, person(1))
    first = await informed(house)
    lift = await informed(house, "lift/1", kind=InformingKind.LIFT, of=first.id)
    other = await informed(house, "signal/2")
    away = build(clock=builders.clock(shift=timedelta(days=days)))
    await keep_boards(away.office())
    assert (await house.stores.informings.must(lift.id)).state is state
    assert (await house.stores.informings.must(other.id)).state is InformingState.SENDING


async def test_a_plan_whose_maker_died_is_finished_by_a_worker(house: House) -> None:
    await settled(house.stores, person(1))
    informing = await informed(house)
    halfway = replace(informing, key="signal/2", state=InformingState.PLANNING, version=0)
    planning = await house.stores.informings.begin(halfway)
    await keep_boards(house.office())
    sms = Remembering(rung=Rung.SMS)
    await walked(house, {Rung.SMS: sms})
    assert {one.informing for one in sms.given} == {informing.id, planning.id}


def test_an_outgoing_message_shows_no_person_in_a_log() -> None:
    one = Outgoing(
        informing=1,
        person=PersonId(5),
        rung=Rung.SMS,
        number=1,
        village=VILLAGE,
        grid=GRID,
        text="台风",
        phone="13800000001",
    )
    assert "138" not in repr(one)
    assert "台风" not in repr(one)
