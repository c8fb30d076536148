"""Words about hazards: what kind the citizen's words mean, and how a report stands."""

from collections.abc import Mapping

from data.civic.calendar import local
from data.civic.knowing.releases import Release
from data.civic.safety.grids import GridWorker, worker_of
from data.civic.safety.hazards import HazardKind, HazardState
from data.civic.talk.messages import Say
from handlers.acts import hazards
from handlers.acts.report_hazard import Reported
from handlers.informing_words import time_in_words
from handlers.office import Office
from handlers.word_lists import holds
from handlers.wording import say, written

KINDS = (
    HazardKind.DYKE,
    HazardKind.SLOPE,
    HazardKind.POWER,
    HazardKind.TREE,
    HazardKind.HOUSE,
    HazardKind.ROAD,
    HazardKind.WATER,
)
"""Kinds that words can mean, the first that fits counts."""
_STATE = ("number", "opened", "due", "time", "worker", "result", "hotline")

WORDS: Mapping[str, tuple[str, ...]] = {
    **hazards.WORDS,
    **{f"hazard_words_{one}": () for one in KINDS},
    **{f"hazard_{one}": _STATE for one in ("open", "started", "done")},
    "hazard_worker": ("worker",),
}


def kind_of(release: Release, text: str) -> HazardKind:
    """Tell of what kind a report is by its words."""
    found = (one for one in KINDS if holds(release, f"hazard_words_{one}", text))
    return next(found, HazardKind.OTHER)


def worker_in_words(release: Release, worker: GridWorker | None) -> str:
    """Name who looks; nothing where nobody is named."""
    return written(release, "hazard_worker", worker=worker.name) if worker else ""


async def state(office: Office, one: Reported) -> Say:
    """Tell how a report stands."""
    release, hazard = office.release, one.hazard
    grid = await office.stores.grids.get(hazard.grid) if hazard.grid else None
    worker = worker_of(grid, office.clock.now()) if grid else None
    begun = hazard.started_at
    key = "hazard_open" if hazard.state is HazardState.MERGED else f"hazard_{hazard.state}"
    return say(
        release,
        key,
        number=one.report.number,
        opened=time_in_words(release, one.report.at),
        due=time_in_words(release, hazard.due_at),
        time=f"{local(begun):%H:%M}" if begun else "",
        worker=worker_in_words(release, worker),
        result=hazard.result,
        hotline=release.rules.hotline,
    )
