"""Load the demo's seeds: sample cases, tickets and staff, with passwords made here."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from bot.house import House
from bot.sample_duty import load_duty
from bot.sample_rosters import load_rosters
from bot.sample_shelters import load_shelters
from data.civic.ids import AreaCode, MessageId, StaffId
from data.civic.knowing.cases import Case, case_number
from data.civic.labels import Channel
from data.civic.people import Role
from data.civic.talk import tickets
from data.civic.talk.conversations import ConversationKey
from data.civic.talk.tickets import Ticket
from data.content.files import seeds
from data.content.seeding import read_seeds
from data.content.shapes.seeds import CaseSeed, ClerkSeed, StaffSeed, TicketSeed
from handlers.acts import staff_accounts
from handlers.acts.look_up_case import factor
from handlers.acts.passwords import password_fits
from handlers.office import Office

CLERK = "clerk"


async def load_seeds(house: House) -> str:
    """Load the seeds and tell where the clerk's password stands. Idempotent."""
    office, folder = house.office(), house.settings.home / "demo"
    samples = await asyncio.to_thread(lambda: read_seeds(seeds(), office.release))
    for case in samples.cases:
        await office.stores.cases.put(_case(office, case))
    others = folder / "staff-passwords.txt"
    staff = await _staff(office, samples.staff, others)
    for ticket in samples.tickets:
        await office.stores.tickets.open(_ticket(office, ticket, staff))
    await load_rosters(office, samples, staff)
    await load_duty(office, samples.staff, staff)
    await load_shelters(office, samples.shelters)
    file = folder / "clerk-password.txt"
    for clerk in samples.clerks:
        await _clerk(office, clerk, file)
    return f"login {CLERK}, password in {file}; one login for each role in {others}"


async def _clerk(office: Office, sample: ClerkSeed, file: Path) -> None:
    """Have a clerk who may do everything, and whose password is the one in the file."""
    kept = await asyncio.to_thread(_words, file)
    password = kept[0] if kept else _new_password(office)
    if not kept:
        await asyncio.to_thread(_keep, file, f"{password}\n")
    new = staff_accounts.NewStaff(
        login=sample.login,
        name=sample.name,
        roles=frozenset(Role),
        area=office.release.places.county,
        password=password,
    )
    await _account(office, new)


async def _staff(office: Office, samples: Sequence[StaffSeed], file: Path) -> dict[str, StaffId]:
    """Have the sample staff with the passwords in the file; tell their ids by log-in name."""
    words = await asyncio.to_thread(_words, file)
    kept = dict(zip(words[::2], words[1::2], strict=False))
    wanted = {one.login: kept.get(one.login) or _new_password(office) for one in samples}
    if wanted != kept:
        lines = (f"{login} {password}\n" for login, password in wanted.items())
        await asyncio.to_thread(_keep, file, "".join(lines))
    return {one.login: await _account(office, _new(one, wanted[one.login])) for one in samples}


def _new(sample: StaffSeed, password: str) -> staff_accounts.NewStaff:
    return staff_accounts.NewStaff(
        login=sample.login,
        name=sample.name,
        roles=frozenset({sample.role}),
        area=AreaCode(sample.area),
        department=sample.department,
        password=password,
    )


async def _account(office: Office, new: staff_accounts.NewStaff) -> StaffId:
    """Have an account with this password; one that has it stays as it is."""
    known = await office.stores.staff.by_login(new.login)
    if known is None:
        known = await staff_accounts.add(office, new, by="demo")
    elif not await password_fits(new.password, known.password_hash):
        await staff_accounts.set_password(office, new.login, new.password, by="demo")
    return known.id


def _words(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


def _keep(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text(text)


def _new_password(office: Office) -> str:
    return office.ids.new()[:16]


def _ticket(office: Office, sample: TicketSeed, staff: Mapping[str, StaffId]) -> Ticket:
    conversation = ConversationKey(channel=Channel.TERMINAL, account="sample", user=sample.number)
    quarter, now = timedelta(hours=sample.hours_ago) / 4, office.clock.now()
    ticket = Ticket(
        number=sample.number,
        message=MessageId(f"{conversation.id}/seed"),
        conversation=conversation.id,
        kind=sample.kind,
        intent=sample.intent,
        area=AreaCode(sample.area),
        text=sample.text,
        opened_at=now - 4 * quarter,
    )
    if sample.seen_by:
        ticket = tickets.see(ticket, staff[sample.seen_by], now - 2 * quarter)
    return tickets.close(ticket, sample.result, now - quarter) if sample.result else ticket


def _case(office: Office, sample: CaseSeed) -> Case:
    now, due = office.clock.now(), sample.due_in_days
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
