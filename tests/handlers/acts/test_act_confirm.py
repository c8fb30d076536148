"""Confirming that a warning has arrived."""

import pytest

from bot.house import House
from data.civic.errors import BadInput, NotFound, Refused
from data.civic.ids import ConversationId, HouseholdId, PersonId
from data.civic.people import Role, Staff
from data.civic.safety.identity import named
from data.civic.sending.informing import Informing, Words
from data.civic.sending.ringing import handle_of
from data.civic.sending.rows import By, Manner, RowState, Rung, Said
from data.civic.warning.duty import DutyKind
from handlers.acts import confirm, inform, read_calls
from handlers.acts.call_duty import see_call
from handlers.acts.confirm import Answer, Confirmed
from tests.carrying import made, walked
from tests.newcoming import moves
from tests.staffed import LINPU, hired
from tests.townsfolk import (
    NEXT_VILLAGE,
    VILLAGE,
    all_ways,
    guarded,
    informed,
    person,
    rows_of,
    settled,
)

HOME = 7


@pytest.fixture
async def told(house: House) -> Informing:
    """A family of three, and a neighbour, who were sent a warning."""
    await settled(
        house.stores,
        person(1, household=HOME, chat=True),
        person(2, household=HOME),
        person(3, household=HOME, phone=None),
        person(4, chat=True),
    )
    informing = await informed(house)
    await walked(house, all_ways())
    return informing


def answer(informing: Informing, handle: int = 1, said: Said = Said.RECEIVED) -> Answer:
    return Answer(informing=informing.id, person=PersonId(handle), said=said, manner=Manner.CHAT)


def chat(handle: int) -> ConversationId:
    return ConversationId(f"terminal/county/openid-{handle}")


async def said(house: House, informing: Informing, handle: int, *, by: int) -> Confirmed:
    return await confirm.by_citizen(house.office(), chat(by), answer(informing, handle))


async def uninformed(house: House, informing: Informing) -> set[int]:
    rows = await rows_of(house.stores, informing)
    return {handle for handle, row in rows.items() if row.state.uninformed}


async def test_one_answer_informs_the_household_and_says_who_gave_it(
    house: House, told: Informing
) -> None:
    confirmed = await said(house, told, 1, by=1)
    assert confirmed.first
    assert await uninformed(house, told) == {4}
    rows = await rows_of(house.stores, told)
    own, other = rows[1].confirmation, rows[3].confirmation
    assert own is not None
    assert other is not None
    assert (own.by, other.by, own.who) == (By.SELF, By.HOUSEHOLD, other.who)
    assert "openid" not in own.who


async def test_the_first_answer_counts_and_the_second_changes_nothing(
    house: House, told: Informing
) -> None:
    await said(house, told, 1, by=1)
    before = await rows_of(house.stores, told)
    second = await said(house, told, 2, by=1)
    assert not second.first
    assert second.confirmation == before[2].confirmation
    assert await rows_of(house.stores, told) == before


async def test_whoever_lives_there_may_answer_and_nobody_else(
    house: House, told: Informing
) -> None:
    with pytest.raises(Refused):
        await said(house, told, 3, by=4)
    confirmed = await said(house, told, 3, by=1)
    assert confirmed.confirmation.by is By.HOUSEHOLD


async def test_who_stays_is_informed_and_a_named_worker_comes(
    house: House, told: Informing
) -> None:
    worker = await guarded(house.stores)
    stays = answer(told, 1, Said.STAYS)
    confirmed = await confirm.by_citizen(house.office(), chat(1), stays)
    assert confirmed.visit_by == worker
    (visit,) = await house.stores.rows.visits(told.id, VILLAGE)
    assert (visit.resident, visit.state, visit.visit) == (1, RowState.CONFIRMED, Said.STAYS)


async def test_who_has_answered_can_still_ask_for_somebody_to_come(
    house: House, told: Informing
) -> None:
    await said(house, told, 1, by=1)
    confirmed = await confirm.confirm(house.office(), answer(told, 1, Said.HELP))
    assert (confirmed.first, confirmed.visit_by) == (False, None), "nobody answers for the grid"
    rows = await rows_of(house.stores, told)
    assert rows[1].visit is Said.HELP
    assert rows[1].confirmation is not None
    assert rows[1].confirmation.said is Said.RECEIVED


async def test_whoever_was_not_to_be_informed_cannot_confirm(house: House, told: Informing) -> None:
    await settled(house.stores, person(9, village=NEXT_VILLAGE))
    with pytest.raises(NotFound, match="person-"):
        await confirm.confirm(house.office(), answer(told, 9))
    with pytest.raises(NotFound):
        await confirm.by_citizen(house.office(), chat(1), answer(told, 99))


async def at_the_door(
    house: House, staff: Staff, informing: Informing, *, purpose: str = "入户告知"
) -> Confirmed:
    knocked = Answer(informing=informing.id, person=PersonId(3), manner=Manner.DOOR)
    return await confirm.by_staff(house.office(), staff, knocked, purpose=purpose)


async def test_staff_report_from_the_door_and_that_is_on_record(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "duty", Role.DUTY, area=LINPU)
    confirmed = await at_the_door(house, duty, told)
    assert (confirmed.confirmation.by, confirmed.confirmation.who) == (By.STAFF, duty.id)
    subject = f"informing-{told.id}/{named(PersonId(3))}"
    (entry,) = await house.stores.audit.of_subject(subject, 10)
    assert (entry.deed.act, entry.deed.purpose) == ("inform.confirm", "入户告知")


async def test_a_report_from_the_door_ends_the_visit_that_was_wanted(
    house: House, told: Informing
) -> None:
    await confirm.confirm(house.office(), answer(told, 3, Said.HELP))
    await at_the_door(house, await hired(house, "duty", Role.DUTY), told)
    assert await house.stores.rows.visits(told.id, VILLAGE) == []


@pytest.mark.parametrize(
    ("role", "area"),
    [
        pytest.param(Role.AGENT, LINPU, id="another role"),
        pytest.param(Role.DUTY, NEXT_VILLAGE, id="another area"),
        pytest.param(Role.GRID, LINPU, id="a worker of another grid"),
    ],
)
async def test_whoever_does_not_answer_for_the_people_reports_nothing(
    house: House, told: Informing, role: Role, area: str
) -> None:
    await guarded(house.stores)
    staff = await hired(house, "other", role, area=area)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        await at_the_door(house, staff, told)


async def test_a_report_without_a_purpose_is_refused(house: House, told: Informing) -> None:
    with pytest.raises(BadInput, match="purpose"):
        await at_the_door(house, await hired(house, "duty", Role.DUTY), told, purpose=" ")


async def test_what_somebody_has_not_answered_is_listed_the_newest_first(
    house: House, told: Informing
) -> None:
    second = await informed(house, "signal/2")
    await walked(house, all_ways())
    pending = await confirm.pending(house.office(), PersonId(4))
    assert [informing.id for informing, _ in pending] == [second.id, told.id]
    await said(house, told, 4, by=4)
    pending = await confirm.pending(house.office(), PersonId(4))
    assert [(one.id, row.rung) for one, row in pending] == [(second.id, Rung.SUBSCRIPTION)]


async def test_who_needs_help_is_the_duty_officers_at_once_whoever_answers_for_the_grid(
    house: House, told: Informing
) -> None:
    worker = await guarded(house.stores)
    for _ in range(2):
        given = await confirm.by_citizen(house.office(), chat(1), answer(told, 1, Said.HELP))
        assert given.visit_by == worker
    (call,) = await house.stores.duty_calls.newest(5)
    assert (call.kind, call.area) == (DutyKind.HELP, VILLAGE)
    assert call.subject == f"informing-{told.id}/{named(PersonId(1))}"


async def test_who_stays_is_the_duty_officers_only_where_nobody_is_there_to_visit(
    house: House, told: Informing
) -> None:
    await said_stays(house, told, 4)
    assert len(await house.stores.duty_calls.newest(5)) == 1
    await guarded(house.stores)
    await said_stays(house, told, 1)
    assert len(await house.stores.duty_calls.newest(5)) == 1


async def said_stays(house: House, told: Informing, handle: int) -> Confirmed:
    given = answer(told, handle, Said.STAYS)
    return await confirm.by_citizen(house.office(), chat(handle), given)


async def test_help_in_a_drill_calls_as_a_drill(house: House) -> None:
    await settled(house.stores, person(1, chat=True))
    drill = await informed(house, "drill-1", words=Words(text="【演练】台风红色预警。"))
    await walked(house, all_ways())
    await confirm.by_citizen(house.office(), chat(1), answer(drill, 1, Said.HELP))
    (call,) = await house.stores.duty_calls.newest(5)
    assert call.drill


async def test_help_that_is_noted_at_the_door_stays_on_the_list_and_rings(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    given = Answer(informing=told.id, person=PersonId(3), manner=Manner.DOOR, said=Said.HELP)
    await confirm.by_staff(house.office(), duty, given, purpose="入户告知")
    (row,) = await house.stores.rows.visits(told.id, VILLAGE)
    assert (row.resident, row.visit) == (3, Said.HELP)
    (call,) = await house.stores.duty_calls.unseen(5)
    assert call.kind is DutyKind.HELP


async def test_who_stays_though_somebody_was_at_the_door_stays_on_the_list(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    given = Answer(informing=told.id, person=PersonId(3), manner=Manner.DOOR, said=Said.STAYS)
    await confirm.by_staff(house.office(), duty, given, purpose="入户告知")
    (row,) = await house.stores.rows.visits(told.id, VILLAGE)
    assert (row.resident, row.visit) == (3, Said.STAYS)
    await at_the_door(house, duty, told)
    assert await house.stores.rows.visits(told.id, VILLAGE) == []


async def test_who_asks_for_help_again_after_a_visit_is_called_for_again(
    house: House, told: Informing
) -> None:
    duty = await hired(house, "duty", Role.DUTY)
    for _ in range(2):
        for _ in range(2):
            await confirm.confirm(house.office(), answer(told, 3, Said.HELP))
        (call,) = await house.stores.duty_calls.unseen(5)
        found = await read_calls.find(house.office(), duty, handle_of(call.id))
        assert found.asks is not None
        assert (found.asks.informing, found.asks.person) == (told.id, 3)
        await see_call(house.office(), duty, call.id)
        await confirm.confirm(house.office(), answer(told, 3, Said.HELP))
        assert await house.stores.duty_calls.unseen(5) == []
        await at_the_door(house, duty, told)


async def test_who_has_moved_out_answers_for_those_they_live_with_now(
    house: House, told: Informing
) -> None:
    await moves(house, 1, household=HouseholdId(4))
    await confirm.confirm(house.office(), answer(told, 1))
    assert await uninformed(house, told) == {2, 3}, "whom they have left has heard nothing of it"


async def test_who_is_off_the_roster_answers_for_those_they_lived_with(
    house: House, told: Informing
) -> None:
    assert await house.stores.residents.delete([PersonId(1)]) == 1
    await confirm.confirm(house.office(), answer(told, 1))
    assert await uninformed(house, told) == {4}


async def test_who_answers_while_it_is_stopped_is_not_sent_it_when_it_goes_on(house: House) -> None:
    await settled(house.stores, *(person(n, household=n // 3) for n in (3, 4, 6, 9)))
    chief, ways = await hired(house, "chief", Role.CHIEF), all_ways()
    stopped = await informed(house)
    await made(house, stopped)
    await inform.cancel(house.office(), chief, stopped.id)
    await walked(house, ways)
    await confirm.confirm(house.office(), answer(stopped, 3))
    phoned = Answer(informing=stopped.id, person=PersonId(6), manner=Manner.PHONE)
    await confirm.by_staff(house.office(), chief, phoned, purpose="电话核对")
    await inform.resume(house.office(), chief, stopped.id)
    await walked(house, ways)
    assert ways[Rung.SMS].people == [9]
    assert await uninformed(house, stopped) == {9}
