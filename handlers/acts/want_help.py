"""Have somebody come to one of the family for whom help is called, where a warning stands.

Nothing is confirmed by it: whoever needs help has not thereby been told of the warning.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from data.civic.ids import AreaCode, ConversationId
from data.civic.safety.grids import GridWorker, worker_of
from data.civic.safety.registrations import Relation
from data.civic.sending.informing import Informing, InformingKind
from data.civic.sending.rows import Row, RowState, Said
from handlers.acts import confirm
from handlers.acts.answer_warning import tells_to_leave
from handlers.acts.speaks_for import Spoken, voice_of
from handlers.office import Office

WARN = frozenset({InformingKind.SIGNAL, InformingKind.RESPONSE, InformingKind.ORDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """Somebody of the family who stands on a list of doors, with who goes there."""

    relation: Relation
    village: AreaCode
    worker: GridWorker | None = field(repr=False)
    """None: nobody answers for the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """How it stands with those of the family for whom help is called."""

    agreed: bool
    """One of those who are meant has agreed to this proxy."""
    visited: tuple[Visited, ...] = ()
    """None: no warning stands for them."""


async def want_help(
    office: Office, conversation: ConversationId, of: Collection[Relation]
) -> Helped:
    """Put those of the family who are meant on the list of doors of what stands for them.

    That is what tells to leave, else the newest warning; a drill is none. Idempotent.
    """
    family = (await voice_of(office, conversation)).family
    meant = [one for one in family if one.registration.relation in of]
    found = [await _visited(office, one) for one in meant]
    return Helped(agreed=bool(meant), visited=tuple(one for one in found if one))


async def somebody_is_warned(office: Office) -> bool:
    """Say whether people are being warned anywhere, in earnest: then there are lists of doors."""
    return any(_warns(one) for one in await office.stores.informings.open())


async def _visited(office: Office, one: Spoken) -> Visited | None:
    person = one.person
    standing = [
        (informing, row)
        for informing, row in await confirm.standing(office, person.id)
        if _warns(informing) and _stands(informing, row)
    ]
    leaving = [each for each in standing if tells_to_leave(office.release, *each)]
    to = next(iter(leaving or standing), None)
    if to is None:
        return None
    informing, row = to
    if row.visit is not Said.HELP:
        now = office.clock.now()
        await office.stores.rows.want_visit(informing.id, person.id, Said.HELP, now)
    grid = await office.stores.grids.get(row.grid) if row.grid else None
    return Visited(
        relation=one.registration.relation or Relation.OTHER,
        village=row.village,
        worker=worker_of(grid, office.clock.now()) if grid else None,
    )


def _warns(informing: Informing) -> bool:
    return informing.kind in WARN and not informing.drill


def _stands(informing: Informing, row: Row) -> bool:
    return row.state is not RowState.CANCELLED and not informing.has_ended_in(row.village)
