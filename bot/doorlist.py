"""Door lists over the wire, as the API gives them and the console saves them for offline use."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from data.civic.areas import Gazetteer
from data.civic.ids import PersonId
from data.civic.risks import RiskTag
from data.civic.safety.rosters import Mobility
from data.civic.sending.rows import RowState, Said
from handlers.acts.door_lists import DoorList
from handlers.acts.uninformed import Uninformed


class DoorOut(BaseModel):
    """One person to go to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person: PersonId
    """The handle by which a confirmation names the person."""
    household: int
    name: str
    phone: str
    address: str
    village: str
    village_name: str
    mobility: Mobility | None
    language: str
    tags: list[RiskTag]
    state: str
    visit: Said | None
    """Why somebody must come although the person knows."""


class DoorListOut(BaseModel):
    """The doors of one grid at one moment, in the order of the households."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    informing: int
    drill: bool
    words: str
    """What is said at the door."""
    grid: str
    grid_name: str
    worker: str
    worker_phone: str
    at: datetime
    uninformed: list[DoorOut]
    visits: list[DoorOut]


def door_list_out(one: DoorList, places: Gazetteer) -> DoorListOut:
    """Write a door list."""
    return DoorListOut(
        informing=one.informing.id,
        drill=one.informing.drill,
        words=one.informing.words.door or one.informing.words.text,
        grid=one.grid.id,
        grid_name=one.grid.name,
        worker=one.worker.name if one.worker else "",
        worker_phone=one.worker.phone if one.worker else "",
        at=one.at,
        uninformed=doors_out(one.uninformed, places),
        visits=doors_out(one.visits, places),
    )


def doors_out(people: Iterable[Uninformed], places: Gazetteer) -> list[DoorOut]:
    """Write people with their doors; who was taken off the roster meanwhile has no name."""
    return [
        DoorOut(
            person=one.row.resident,
            household=one.row.household,
            name=one.person.name if one.person else "",
            phone=one.person.phone or "" if one.person else "",
            address=one.household.address if one.household else "",
            village=one.row.village,
            village_name=places.full_name(one.row.village),
            mobility=one.person.mobility if one.person else None,
            language=one.person.language if one.person else "",
            tags=sorted(one.person.tags) if one.person else [],
            state=RowState(one.row.state).name.lower(),
            visit=one.row.visit,
        )
        for one in people
    ]
