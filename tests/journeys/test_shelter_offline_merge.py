"""Journey 18: two devices without a network, 120 people, clocks apart: exact; the 121st sent on."""

import asyncio
from datetime import timedelta

import pytest

from bot.house import House
from data.civic.safety.scans import OutTo, Way
from data.civic.safety.shelters import Places
from data.civic.safety.stays import ClashKind
from handlers.acts.shelter_board import doubts, report
from handlers.acts.take_in import Outcome
from handlers.acts.take_scans import Taken
from tests import builders
from tests.sheltering import HALL, SCHOOL, Phone, desks

PEOPLE = 120


@pytest.mark.timeout(300)
async def test_two_devices_that_were_offline_agree(house: House) -> None:
    one = await desks(house, people=PEOPLE + 1)
    codes = await one.codes()
    begun = builders.now() - timedelta(seconds=200)
    left = Phone(name="left", skew=timedelta(minutes=7))
    right = Phone(name="right", skew=timedelta(minutes=-10))
    for place, code in enumerate(codes[:PEOPLE]):
        left.scans(one.event, code, begun + timedelta(seconds=place))
    for place, code in enumerate(reversed(codes[:PEOPLE])):
        right.scans(one.event, code, begun + timedelta(seconds=place))

    late, early = await asyncio.gather(one.merged(right), one.merged(left))
    assert {each.taken for each in (*late.results, *early.results)} == {Taken.TAKEN}
    assert await one.inside() == PEOPLE
    for phone in (left, right) * 2:
        again = await one.merged(phone)
        assert {each.taken for each in again.results} == {Taken.KNOWN}
    assert await one.inside() == PEOPLE
    assert await doubts(one.office, one.desk, one.event) == []

    refused = await one.visit(code=codes[PEOPLE])
    assert refused.outcome is Outcome.FULL
    assert refused.inside == Places(PEOPLE)
    assert refused.offers[0].shelter.id == SCHOOL
    assert await one.inside() == PEOPLE
    taken_in = await one.visit(code=codes[PEOPLE], shelter=refused.offers[0].shelter.id)
    assert (taken_in.outcome, await one.inside(SCHOOL)) == (Outcome.IN, 1)


@pytest.mark.timeout(300)
async def test_nobody_is_in_two_shelters_whatever_comes_late(house: House) -> None:
    one = await desks(house, people=6)
    codes = await one.codes()
    begun = builders.now() - timedelta(seconds=90)
    hall, school = Phone(name="hall", skew=timedelta(minutes=10)), Phone(name="school")
    for code in codes:
        hall.scans(one.event, code, begun)
    for code in codes[:2]:  # gone over to the school; nobody scanned them out
        school.scans(one.event, code, begun + timedelta(seconds=40), shelter=SCHOOL)
    hall.scans(
        one.event, codes[2], begun + timedelta(seconds=60), way=Way.OUT, out_to=OutTo.HOSPITAL
    )
    await one.merged(school)
    await one.merged(hall)
    assert (await one.inside(), await one.inside(SCHOOL)) == (3, 2)
    found = await doubts(one.office, one.desk, one.event)
    assert [each.clash.kind for each in found] == [ClashKind.ELSEWHERE] * 2
    assert all(each.first and each.second for each in found)
    told = await report(one.office, one.desk, HALL, one.event)
    assert (told.guests, told.inside) == (6, 3)
    assert told.out_to == {OutTo.SHELTER: 2, OutTo.HOSPITAL: 1}
