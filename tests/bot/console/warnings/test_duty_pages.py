"""The duty roster and the calls at the console: plain forms; gaps and unanswered calls in words."""

from datetime import timedelta

import pytest

from bot.house import House
from data.civic.calendar import local
from data.civic.ids import PersonId
from data.civic.people import Role
from data.civic.sending.ringing import handle_of
from data.civic.sending.rows import Manner, Said
from data.civic.warning.duty import DutyCall, DutyKind
from handlers.acts.call_duty import call_duty, call_for_message
from handlers.acts.confirm import Answer, confirm
from handlers.acts.duty_roster import on_duty
from tests import builders
from tests.bulletins import COUNTY, LINPU
from tests.observed import sent
from tests.onduty import DEPUTY, OFFICER, dialled, rostered
from tests.staffed import Seat, hired, in_danger
from tests.townsfolk import person, settled


def shift_form(**more: str) -> dict[str, str]:
    today = local(builders.now())
    return {
        "area": COUNTY,
        "day": f"{today:%Y-%m-%d}",
        "hour": "00:00",
        "last_day": f"{today + timedelta(days=1):%Y-%m-%d}",
        "last_hour": "00:00",
        "every": "day",
        "times": "7",
        "officer_name": "王值班",
        "officer_phone": "138 0000 0001",
        **more,
    }


async def page(seat: Seat, path: str) -> str:
    answer = await seat.get(f"/console{path}")
    assert answer.status == 200
    return await answer.text()


async def called(house: House, kind: DutyKind = DutyKind.HELP) -> DutyCall:
    return await call_duty(house.office(), kind, subject="1", area=LINPU)


async def test_an_empty_roster_says_that_nobody_is_on_duty_and_a_full_week_that_somebody_is(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.CHIEF)
    await seat.sign_in()
    empty = await page(seat, "/duty")
    assert "现在没有人值班" in empty
    assert "这一周有 1 段没有人值班" in empty
    done = await (await seat.post("/console/duty", **shift_form())).text()
    assert "已排好" in done
    assert "这一周每时每刻都有人值班" in done
    assert "王值班" in done
    (holder,) = await on_duty(house.office(), LINPU)
    assert (holder.name, holder.phone) == ("王值班", "13800000001")


async def test_a_double_click_puts_a_shift_on_the_roster_once(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    for _ in range(2):
        await seat.post("/console/duty", **shift_form(key="once", times="1"))
    since = builders.now() - timedelta(days=2)
    assert len(await house.stores.shifts.within(COUNTY, since, since + timedelta(days=5))) == 1


async def test_a_wrong_shift_is_refused_in_words(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    await page(seat, "/duty")
    wrong = [
        {"officer_phone": "1"},
        {"officer_name": "", "officer_phone": ""},
        {"last_day": "2020-01-01"},
        {"last_day": ""},
        {"times": "many"},
        {"every": "year"},
    ]
    for fields in wrong:
        answer = await seat.post("/console/duty", **shift_form(**fields))
        assert "没有排" in await answer.text(), fields
    answer = await seat.post("/console/duty", **shift_form(officer_login="nobody"))
    assert "没有这个工作台账号" in await answer.text()


async def test_what_was_written_stays_when_one_field_of_a_shift_is_wrong(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    written = {"deputy_name": "李副班", "deputy_phone": "13900000002", "times": "3"}
    for wrong in ({"officer_login": "nobody"}, {"last_day": ""}):
        form = shift_form(area=LINPU, every="week", hour="07:30", **written, **wrong)
        text = await (await seat.post("/console/duty", **form)).text()
        for value in (LINPU, "07:30", "王值班", "138 0000 0001", *written.values()):
            assert f'value="{value}"' in text, (wrong, value)
        assert 'value="week" selected' in text


@pytest.mark.parametrize("wrong", [{"times": "many"}, {"officer_login": "nobody"}])
async def test_a_refused_shift_is_put_right_and_sent_again_under_the_same_key(
    house: House, seat: Seat, wrong: dict[str, str]
) -> None:
    await hired(house, "wang", Role.ADMIN)
    await seat.sign_in()
    refused = await seat.post("/console/duty", **(shift_form(key="same") | wrong))
    assert "没有排" in await refused.text()
    assert "已排好" in await (await seat.post("/console/duty", **shift_form(key="same"))).text()
    assert len(await on_duty(house.office(), LINPU)) == 1


async def test_a_shift_is_taken_off(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.ADMIN)
    shift = await rostered(house.stores)
    await seat.sign_in()
    await page(seat, "/duty")
    answer = await seat.post("/console/duty/off", shift=shift.id)
    assert "已取消" in await answer.text()
    assert await on_duty(house.office(), COUNTY) == ()


async def test_an_officer_reads_the_roster_and_does_not_change_it(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await rostered(house.stores)
    await seat.sign_in()
    text = await page(seat, "/duty?since=nonsense")
    assert OFFICER.phone in text
    assert "一共几班" not in text
    assert (await seat.post("/console/duty", **shift_form())).status == 403


async def test_calls_without_an_answer_stand_first_with_masked_numbers(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.DUTY)
    await rostered(house.stores, OFFICER, DEPUTY)
    await seat.sign_in()
    assert "没有在叫的事" in await page(seat, "/calls")
    call = await called(house)
    await house.stores.duty_calls.change(call.id, lambda one: dialled(one, OFFICER, builders.now()))
    text = await page(seat, "/calls")
    assert "还没有人应答：1 件" in text
    assert "139****0001" in text
    assert OFFICER.phone not in text
    assert "没有接语音网关" in text


async def test_one_calls_record_is_whole_and_is_taken_over_by_name(
    house: House, seat: Seat
) -> None:
    wang = await hired(house, "wang", Role.DUTY)
    await rostered(house.stores, OFFICER, DEPUTY)
    call = await called(house)
    await house.stores.duty_calls.change(call.id, lambda one: dialled(one, OFFICER, builders.now()))
    place = f"/calls/{handle_of(call.id)}"
    await seat.sign_in()
    text = await page(seat, place)
    assert OFFICER.phone in text
    assert "还没有回音" in text
    dialled_page = await seat.post(f"/console{place}/dial", phone=DEPUTY.phone, taken="no")
    assert "没有人接" in await dialled_page.text()
    late = await seat.post(f"/console{place}/dial", phone="110", taken="yes")
    assert "已经不在班" in await late.text()
    seen = await (await seat.post(f"/console{place}/see")).text()
    assert "您在处理" in seen
    assert "已应答" in seen
    unfit = await seat.post(f"/console{place}/result", result=" ")
    assert "没有记下" in await unfit.text()
    noted = await seat.post(f"/console{place}/result", result="人已接走。")
    assert "人已接走。" in await noted.text()
    kept = await house.stores.duty_calls.get(call.id)
    assert kept is not None
    assert (kept.seen_by, kept.result_by, len(kept.dials)) == (wang.id, wang.id, 2)


async def test_a_danger_leads_to_its_ticket(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    number = await in_danger(house)
    await seat.sign_in()
    place = await seat.link("/console/calls", "/console/calls/")
    text = await (await seat.get(place)).text()
    assert f"/console/tickets/{number}" in text
    assert "我来处理" not in text
    assert "现在没有人值班" in text
    await seat.post(f"/console/tickets/{number}/see")
    assert "没有在叫的事" in await page(seat, "/calls")


async def test_a_call_for_help_leads_to_who_asks_for_a_purpose(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.DUTY)
    await settled(house.stores, person(1, chat=True))
    told = await sent(house)
    given = Answer(informing=told.id, person=PersonId(1), said=Said.HELP, manner=Manner.VOICE)
    await confirm(house.office(), given)
    await seat.sign_in()
    place = await seat.link("/console/calls", "/console/calls/")
    text = await (await seat.get(place)).text()
    assert f"/console/informings/{told.id}" in text
    assert "居民1" not in text
    asked = {"person": "1", "purpose": "有人求助，去看"}
    record = await seat.post(f"/console/informings/{told.id}/person", **asked)
    assert "居民1" in await record.text()


async def test_calls_are_for_those_on_duty(house: House, seat: Seat) -> None:
    await hired(house, "wang", Role.AGENT)
    call = await called(house)
    await seat.sign_in()
    assert (await seat.get("/console/calls")).status == 403
    assert (await seat.get(f"/console/calls/{handle_of(call.id)}")).status == 403


async def test_a_call_about_several_messages_counts_them_and_leads_to_each(
    house: House, seat: Seat
) -> None:
    await hired(house, "wang", Role.DUTY)
    await seat.sign_in()
    kind, about = DutyKind.MESSAGE_REFUSED, "message_refused/weather/unreadable"
    for number in range(3):
        one = DutyCall(
            kind=kind,
            subject=f"weather/{number}",
            area=COUNTY,
            about=about,
            opened_at=house.clock.now(),
        )
        call = await call_for_message(house.office(), one)
    assert "有报文拒收（3 条）" in await page(seat, "/calls")
    shown = await page(seat, f"/calls/{handle_of(call.id)}")
    assert [f"看第 {n} 条报文" in shown for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert 'messages/weather%2F2"' in shown or "messages/weather/2" in shown
    assert "这 3 条报文都不再挡着" in shown
