"""Destroy what leads to people, and sign what was destroyed: the roster's purge, or on wish."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.civic.ids import HouseholdId, PersonId
from data.civic.safety.aftermath import Deletion, signed
from data.civic.safety.credentials import Holder
from data.civic.safety.identity import named
from data.store.archive import entry_key
from handlers.office import Office

AT_ONCE = 5_000
"""People of one record: one document holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Who leaves, and why."""

    people: Sequence[PersonId] = field(default=(), repr=False)
    households: Sequence[HouseholdId] = field(default=(), repr=False)
    why: str


async def forget(office: Office, leaving: Leaving) -> Deletion:
    """Delete people and doors for good, with the keys of their names; give the signed record.

    The record is kept first: a restored backup, and who dies half-way, find in it who is to go.
    """
    made = signed(
        Deletion(
            id=office.ids.new(),
            people=tuple(leaving.people),
            households=tuple(leaving.households),
            at=office.clock.now(),
            counts={"residents": len(leaving.people), "households": len(leaving.households)},
            why=leaving.why,
        ),
        office.seal.sign,
    )
    await office.stores.deletions.add(made)
    await carry_out(office, made)
    return made


async def carry_out(office: Office, deletion: Deletion) -> int:
    """Delete whom a record names; tell how many stood there. Idempotent."""
    stores, gone = office.stores, 0
    for at in range(0, len(deletion.people), AT_ONCE):
        some = deletion.people[at : at + AT_ONCE]
        await stores.registrations.forget(some)
        await stores.credentials.forget([Holder(person=one) for one in some])
        gone += await stores.residents.delete(some)
    for at in range(0, len(deletion.households), AT_ONCE):
        doors = deletion.households[at : at + AT_ONCE]
        await stores.credentials.forget([Holder(household=one) for one in doors])
        await stores.households.delete(doors)
    names = [named(one) for one in deletion.people]
    homes = [str(Holder(household=one)) for one in deletion.households]
    gone_for_good = [*names, *homes]
    await stores.handles.destroy([*gone_for_good, *(entry_key(one) for one in gone_for_good)])
    return gone
