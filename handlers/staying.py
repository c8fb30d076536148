"""Who stays with relatives in a village that is to be left: on the list of no other village."""

from collections import defaultdict
from collections.abc import Sequence

from data.civic.ids import AreaCode, EventId
from data.civic.safety.holding import deadline
from data.civic.safety.progress import Known
from data.civic.safety.whereabouts import by_person
from handlers.colouring import Now, Resident, standing_in
from handlers.office import Office


async def staying_in(
    office: Office, event: EventId, now: Now, villages: Sequence[AreaCode]
) -> dict[AreaCode, list[Known]]:
    """Find who lives elsewhere, was last seen with relatives here, and must leave with them.

    Risks on the roster are those of the home: here only what is for everybody counts.
    """
    orders = [one for one in now.situation.orders if one.event == event]
    due = {one: deadline(orders, one, frozenset()) for one in villages}
    left = [one for one in villages if due[one] is not None]
    people = await office.stores.whereabouts.with_relatives(left, now.ids)
    steps = by_person(await office.stores.whereabouts.of_people(people, now.ids))
    found: dict[AreaCode, list[Known]] = defaultdict(list)
    for person in await office.stores.residents.some(people):
        standing = standing_in(Resident.of(person), now.situation, steps[person.id])
        where = standing.with_relatives
        if where in left and where is not None and where != person.village:
            known = Known(person=person.id, standing=standing, deadline=due[where])
            found[where].append(known)
    return found
