"""Load the demo's seeds: sample applications, and a clerk with a password made here."""

import asyncio
from datetime import timedelta
from pathlib import Path

from bot.house import House
from data.civic.knowing.cases import Case, case_number
from data.civic.people import Role
from data.content.files import seeds
from data.content.seeding import SampleCase, sample_cases
from handlers.acts import staff_accounts
from handlers.acts.look_up_case import factor
from handlers.office import Office

CLERK = "clerk"
CLERK_NAME = "demo clerk"


async def load_seeds(house: House) -> str:
    """Load the seeds and tell where the clerk's password stands. Idempotent."""
    office = house.office()
    for sample in await asyncio.to_thread(lambda: sample_cases(seeds())):
        await office.stores.cases.put(_case(office, sample))
    file = house.settings.home / "demo" / "clerk-password.txt"
    await _clerk(office, file)
    return f"login {CLERK}, password in {file}"


async def _clerk(office: Office, file: Path) -> None:
    """Have a clerk whose password is the one in the file."""
    known = await office.stores.staff.by_login(CLERK)
    if known is not None and await asyncio.to_thread(file.exists):
        return
    password = await asyncio.to_thread(_new_password, office, file)
    if known is not None:
        await staff_accounts.set_password(office, CLERK, password, by="demo")
        return
    new = staff_accounts.NewStaff(
        login=CLERK,
        name=CLERK_NAME,
        roles=frozenset(Role),
        area=office.release.places.county,
        password=password,
    )
    await staff_accounts.add(office, new, by="demo")


def _new_password(office: Office, file: Path) -> str:
    password = office.ids.new()[:16]
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(password + "\n")
    return password


def _case(office: Office, sample: SampleCase) -> Case:
    now = office.clock.now()
    due = sample.due_in_days
    return Case(
        number=case_number(sample.number),
        title=sample.title,
        state=sample.state,
        department=sample.department,
        phone=sample.phone,
        changed_at=now - timedelta(days=sample.days_ago),
        due_on=None if due is None else (now + timedelta(days=due)).date(),
        note=sample.note,
        factors=frozenset(factor(office, sample.number, one) for one in sample.last_four),
    )
