"""What goes over the wire of the staff API about hazards."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from bot.api.staff.informing_wire import GridName
from bot.api.wire import Wire
from data.civic.safety.hazards import LONGEST, HazardKind, HazardState


class HazardOut(Wire):
    """One case; its words are shown when it is opened."""

    id: str
    kind: HazardKind
    state: HazardState
    area: str
    area_name: str
    lon: float | None
    lat: float | None
    reporters: int
    grid: str | None
    worker: str
    opened_at: datetime
    due_at: datetime
    result: str


class HazardsOut(Wire):
    """What waits for its result, oldest first."""

    hazards: list[HazardOut]


class HazardReportOut(Wire):
    """What one citizen has reported, in masked words."""

    number: str
    at: datetime
    text: str
    pictures: int


class WholeHazardOut(HazardOut):
    """One case with its reports."""

    reports: list[HazardReportOut]


class GridWanted(Wire):
    """Whose worker looks."""

    grid: GridName


class HazardResult(Wire):
    """What came of it; everybody who reported it reads these words."""

    result: Annotated[str, StringConstraints(min_length=2, max_length=LONGEST)]
