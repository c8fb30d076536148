"""What was changed by hand is noted in the audit log on the day after, once, without names."""

from datetime import timedelta

from bot.clock import SystemClock
from bot.house import House
from bot.workers.housekeeping import keep_house
from data.civic.calendar import local
from data.civic.safety.marks import MarkKind
from handlers.acts import mark_person
from tests import builders
from tests.evacuation import ME, PURPOSE, evacuation


async def test_the_log_says_how_much_was_marked_the_day_before(
    house: House, clock: SystemClock
) -> None:
    scene = await evacuation(house)
    await mark_person.mark(
        scene.office,
        scene.worker,
        ME,
        event=scene.event,
        kind=MarkKind.NEEDS_HAND,
        purpose=PURPOSE,
    )
    day = local(builders.now()).date()
    clock.shift += timedelta(days=1)
    for _ in range(2):
        await keep_house(house.office())
    told = [one.deed async for one in house.stores.audit.entries() if "nightly" in one.deed.act]
    assert [(one.subject, one.purpose) for one in told] == [
        (day.isoformat(), "marks 1, lists 0, appeals 0")
    ]
