"""Codes are issued, lost, re-issued and checked: by whom they may, noted, and never twice."""

from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.house import House
from data.civic.errors import BadInput, Conflict, NotFound, Refused, TooMany
from data.civic.ids import PersonId, ShelterId
from data.civic.people import Role, Staff
from data.civic.safety.codes import CodeKind, in_digits, unpack
from data.civic.safety.credentials import CodeState
from data.civic.safety.verifying import Standing, verify
from handlers import codes
from handlers.acts import code_keys
from handlers.acts.check_code import MINUTE, TYPED, check_code
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import Issued
from handlers.acts.my_code import MyCode, my_codes
from handlers.acts.relief_codes import Shown, recipient
from handlers.acts.revoke_code import reissue, report_lost, withdraw
from handlers.acts.village_codes import carriers, device_list, kit
from tests import builders
from tests.staffed import LINPU, hired
from tests.townsfolk import NEXT_VILLAGE, VILLAGE, guarded, person, settled

WHY = "台风前发纸码"
CITIZEN = builders.citizen("openid-3").id


@pytest.fixture
async def duty(house: House) -> Staff:
    staff = await hired(house, "duty", Role.DUTY, area=LINPU)
    family = (person(2, household=9), person(3, household=9, chat=True))
    await settled(house.stores, person(1), *family, person(4, village=NEXT_VILLAGE, grid=None))
    return staff


async def printed(
    house: House, staff: Staff, *people: int, kind: CodeKind = CodeKind.SHEET, **more: bool
) -> tuple[Issued, ...]:
    wish = Wish(people=tuple(PersonId(one) for one in people), kind=kind, **more)
    return await issue_codes(house.office(), staff, wish, purpose=WHY)


async def screen(house: House) -> MyCode:
    (one,) = await my_codes(house.office(), CITIZEN)
    return one


def later(house: House, **more: float) -> None:
    assert isinstance(house.clock, SystemClock)
    house.clock.shift += timedelta(**more)


async def deeds(house: House, subject: str) -> list[str]:
    return [one.deed.act for one in await house.stores.audit.of_subject(subject, 20)][::-1]


async def test_what_was_printed_is_printed_again_as_it_was(house: House, duty: Staff) -> None:
    first, again = await printed(house, duty, 1), await printed(house, duty, 1)
    assert first == again
    assert await deeds(house, "person-0000000001") == ["code.issue.sheet", "code.print.sheet"]
    (pendant,) = await printed(house, duty, 1, kind=CodeKind.PENDANT)
    assert pendant.credential.id != first[0].credential.id


async def test_a_household_has_one_code_for_all(house: House, duty: Staff) -> None:
    codes_of_two = await printed(house, duty, 2, 3, household=True)
    assert len(codes_of_two) == 1
    assert await deeds(house, "household-0000000009") == ["code.issue.sheet"]


async def test_nothing_of_a_person_stands_in_a_code(house: House, duty: Staff) -> None:
    (one,) = await printed(house, duty, 1)
    inside = unpack(one.text).packed
    assert inside[3:11] == one.credential.handle.to_bytes(8, "big")
    for known in (1).to_bytes(5, "big"), b"13800000001", "居民".encode(), VILLAGE.encode():
        assert known not in inside


async def test_a_lost_code_is_refused_and_its_successor_stands(house: House, duty: Staff) -> None:
    (old,) = await printed(house, duty, 1, kind=CodeKind.PENDANT)
    new = await reissue(house.office(), duty, old.credential.id, purpose="丢了")
    again = await reissue(house.office(), duty, old.credential.id, purpose="又点了一次")
    assert new == again != old
    assert (await check_code(house.office(), duty, old.text)).standing is Standing.REVOKED
    checked = await check_code(house.office(), duty, new.text)
    assert (checked.standing, checked.name) == (Standing.VALID, "居*1")
    synced = await kit(house.office(), duty)
    assert synced.revocations.handles == {old.credential.handle}
    offline = verify(
        old.text, builders.now(), await codes.checks(house.office()), synced.revocations
    )
    assert offline.standing is Standing.REVOKED


async def test_a_code_is_ended_once_and_for_one_reason(house: House, duty: Staff) -> None:
    (one,) = await printed(house, duty, 1)
    for _ in range(2):
        ended = await report_lost(house.office(), duty, one.credential.id, purpose="丢了")
        assert ended.state is CodeState.LOST
    with pytest.raises(Conflict, match="lost"):
        await withdraw(house.office(), duty, one.credential.id, purpose="搬走了")
    (next_one,) = await printed(house, duty, 1)
    assert next_one.credential.id != one.credential.id


async def test_a_screen_lasts_a_minute_and_keeps_nothing(house: House, duty: Staff) -> None:
    first = await screen(house)
    assert (await check_code(house.office(), duty, first.text)).standing is Standing.VALID
    later(house, seconds=61)
    photographed = await check_code(house.office(), duty, first.text)
    assert (photographed.standing, photographed.name) == (Standing.EXPIRED, "居*3")
    second = await screen(house)
    assert (await check_code(house.office(), duty, second.text)).standing is Standing.VALID
    assert first.digits == second.digits
    holder = unpack(first.text).code.handle
    assert await house.stores.credentials.get(f"{holder:016x}") is not None
    assert len(await house.stores.credentials.counting_of([], [CodeKind.SCREEN])) == 0
    assert await deeds(house, "person-0000000003") == [
        "code.issue.screen",
        "code.check",
        "code.check",
    ]


async def test_who_is_not_registered_has_no_code(house: House, duty: Staff) -> None:
    assert await my_codes(house.office(), builders.citizen("nobody").id) == ()


async def test_digits_prove_nothing_and_show_the_own_area_alone(house: House, duty: Staff) -> None:
    (one,) = await printed(house, duty, 1)
    digits = in_digits(one.credential.handle)
    checked = await check_code(house.office(), duty, digits)
    assert (checked.standing, checked.proven, checked.name) == (Standing.VALID, False, "居*1")
    assert checked.used_before is None
    assert (await check_code(house.office(), duty, one.text)).used_before is None
    assert (await check_code(house.office(), duty, digits)).used_before is not None
    elsewhere = await hired(house, "far", Role.SHELTER, area=NEXT_VILLAGE)
    with pytest.raises(NotFound):
        await check_code(house.office(), elsewhere, digits)
    with pytest.raises(BadInput):
        await check_code(house.office(), duty, digits[:-1])
    assert (await check_code(house.office(), elsewhere, one.text)).standing is Standing.VALID


async def test_digits_are_guessed_in_rows_neither_at_a_check_nor_at_relief(
    house: House, duty: Staff
) -> None:
    (one,) = await printed(house, duty, 1)
    digits, office = in_digits(one.credential.handle), house.office()
    await house.stores.counters.hit(f"code-check/{duty.id}", window=MINUTE, by=TYPED)
    with pytest.raises(TooMany):
        await check_code(office, duty, digits)
    with pytest.raises(TooMany):
        await recipient(office, duty, Shown(code=digits), ShelterId("school"))
    assert (await check_code(office, duty, one.text)).standing is Standing.VALID


async def test_a_grid_worker_prints_for_the_own_grid_alone(house: House, duty: Staff) -> None:
    grid = await hired(house, "grid", Role.GRID, area=LINPU)
    await guarded(house.stores)
    with pytest.raises(Refused):
        await printed(house, grid, 1)
    assert await carriers(house.office(), grid, VILLAGE, purpose=WHY) == []
    shelter = await hired(house, "shelter", Role.SHELTER, area=LINPU)
    with pytest.raises(Refused):
        await printed(house, shelter, 1)
    far = await hired(house, "far", Role.DUTY, area=NEXT_VILLAGE)
    with pytest.raises(Refused):
        await printed(house, far, 1)
    (one,) = await printed(house, duty, 1)
    with pytest.raises(NotFound):
        await report_lost(house.office(), far, one.credential.id, purpose=WHY)


@pytest.mark.parametrize(
    ("wish", "purpose"),
    [
        (Wish(people=(PersonId(1),), kind=CodeKind.SCREEN), WHY),
        (Wish(people=(), kind=CodeKind.SHEET), WHY),
        (Wish(people=(PersonId(1),), kind=CodeKind.SHEET), ""),
    ],
)
async def test_what_cannot_be_printed_is_refused(
    house: House, duty: Staff, wish: Wish, purpose: str
) -> None:
    with pytest.raises(BadInput):
        await issue_codes(house.office(), duty, wish, purpose=purpose)


async def test_lists_name_the_own_people_for_a_purpose(house: House, duty: Staff) -> None:
    await printed(house, duty, 1, 2, kind=CodeKind.PENDANT)
    await printed(house, duty, 2, household=True)
    found = await carriers(house.office(), duty, VILLAGE, purpose=WHY)
    assert {one.person.id: len(one.codes) for one in found} == {1: 1, 2: 2, 3: 1}
    known = await device_list(house.office(), duty, [VILLAGE], purpose="安置点登记")
    assert sorted(one.name for one in known) == ["居*1", "居*2", "居*2 居*3"]
    assert await deeds(house, f"area-{VILLAGE}") == ["code.names", "code.device"]
    with pytest.raises(BadInput):
        await device_list(house.office(), duty, [VILLAGE], purpose="")


async def test_a_rotation_is_refused_while_it_would_void_printed_codes(
    house: House, duty: Staff
) -> None:
    office = house.office()
    (old,) = await printed(house, duty, 1)
    second = await code_keys.rotate(office, by="test")
    assert (await check_code(office, duty, old.text)).standing is Standing.VALID
    (new,) = await printed(house, duty, 2)
    assert unpack(new.text).code.key == second.id
    with pytest.raises(Conflict, match="1 printed codes"):
        await code_keys.rotate(office, by="test")
    await code_keys.rotate(office, by="test", force=True)
    assert (await check_code(office, duty, old.text)).standing is Standing.UNKNOWN_KEY
    (again,) = await printed(house, duty, 1)
    assert again.credential.id != old.credential.id
    assert (await check_code(office, duty, again.text)).standing is Standing.VALID
