"""Load the demo's shelters where there are none; those that are open open their doors, too."""

from collections.abc import Sequence
from dataclasses import replace

from data.civic.ids import AreaCode, ShelterId
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
from data.content.shapes.seeds import ShelterSeed
from handlers.acts.shelters import today
from handlers.office import Office


async def load_shelters(office: Office, samples: Sequence[ShelterSeed]) -> None:
    """Load sample shelters; one whose inspection has expired stands by. Idempotent."""
    if await office.stores.shelters.within(office.release.places.county):
        return
    for sample in samples:
        one = _shelter(office, sample)
        usable = replace(one, state=ShelterState.OPEN).usable(today(office))
        opened = sample.status == "open" and usable
        await office.stores.doors.set_open(one.id, is_open=opened)
        state = ShelterState.OPEN if opened else ShelterState.STANDBY
        await office.stores.shelters.add(replace(one, state=state))


def _shelter(office: Office, sample: ShelterSeed) -> Shelter:
    area = office.release.places.areas.get(AreaCode(sample.area))
    return Shelter(
        id=ShelterId(sample.id),
        name=sample.name,
        level=ShelterLevel(sample.level),
        area=AreaCode(sample.area),
        point=area.centre if area else None,
        capacity=Capacity(people=sample.capacity),
        phone=sample.phone,
        inspected_until=sample.inspected_until,
    )
