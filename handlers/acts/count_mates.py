"""Count as informed whose household had answered before their own rows were made.

So it is for who comes to a household later, and where a large village is made in parts.
"""

from collections import defaultdict

from data.civic.ids import AreaCode, PersonId
from data.civic.sending.informing import Slice
from handlers.acts.note_told import note_told
from handlers.office import Office


async def count_mates(office: Office, one: Slice) -> None:
    """Let an answer count for those of a slice who live with whoever gave it. Idempotent."""
    mates = await office.stores.mates.of(one)
    if not mates:
        return
    told: dict[AreaCode, list[PersonId]] = defaultdict(list)
    for mate in mates:
        told[mate.village].append(mate.person)
    for village, people in told.items():
        await note_told(office, one.informing, people, village)
    await office.stores.mates.confirm(one.informing, mates)
