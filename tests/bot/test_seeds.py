"""The demo's seeds: loaded twice without a change, everybody signs in."""

from pathlib import Path

import pytest

from bot.house import House
from bot.seeds import CLERK, load_seeds
from data.civic.ids import ConversationId, TicketNumber
from data.civic.people import Role
from data.civic.talk.tickets import TicketKind, TicketState
from handlers.acts.sign_in import sign_in


@pytest.fixture(autouse=True)
async def _loaded(house: House) -> None:
    await load_seeds(house)


def folder(house: House) -> Path:
    return house.settings.home / "demo"


def passwords(house: House) -> dict[str, str]:
    lines = (folder(house) / "staff-passwords.txt").read_text().splitlines()
    return dict(line.split(" ") for line in lines)


async def everything(house: House) -> list[object]:
    stores = house.stores
    return [
        await stores.staff.list(),
        *[await stores.tickets.get(TicketNumber(f"XS{n:014}")) for n in range(1, 5)],
        *[file.read_bytes() for file in sorted(folder(house).iterdir())],
        [entry async for entry in stores.audit.entries()],
    ]


async def test_a_second_start_changes_nothing(house: House) -> None:
    before = await everything(house)
    await load_seeds(house)
    assert await everything(house) == before


async def test_every_role_signs_in_with_the_password_in_the_file(house: House) -> None:
    signed_in = [await sign_in(house.office(), *pair) for pair in passwords(house).items()]
    staff = [await house.stores.staff.get(session.staff) for _, session in signed_in]
    assert {role for one in staff if one for role in one.roles} == set(Role)


async def test_the_clerk_keeps_every_role_and_a_file_of_ones_own(house: House) -> None:
    file = folder(house) / "clerk-password.txt"
    await sign_in(house.office(), CLERK, file.read_text().strip())
    clerk = await house.stores.staff.by_login(CLERK)
    assert clerk is not None
    assert clerk.roles == set(Role)
    assert clerk.name == "样例管理员"


def test_the_files_are_for_their_owner_alone(house: House) -> None:
    files = list(folder(house).iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 2


async def test_a_lost_file_means_new_passwords_that_fit(house: House) -> None:
    before = passwords(house)
    (folder(house) / "staff-passwords.txt").unlink()
    await load_seeds(house)
    after = passwords(house)
    assert not set(before.values()) & set(after.values())
    await sign_in(house.office(), "sample-duty", after["sample-duty"])


async def test_the_tickets_wait_for_staff_and_none_is_a_danger(house: House) -> None:
    waiting = await house.stores.tickets.unfinished(10)
    assert sorted(one.state for one in waiting) == ["open", "open", "seen"]
    assert TicketKind.DANGER not in {one.kind for one in waiting}
    closed = await house.stores.tickets.latest_of(
        ConversationId("terminal/sample/XS00000000000003")
    )
    assert closed is not None
    assert closed.state is TicketState.CLOSED
    assert closed.result.startswith("样例")
