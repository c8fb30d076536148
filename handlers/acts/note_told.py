"""Write down that people have been told of a transfer order: their first step in the event."""

from collections.abc import Iterable

from data.civic.ids import AreaCode, PersonId, StepId
from data.civic.safety.whereabouts import By, Stage, Step
from handlers.office import Office


async def note_told(
    office: Office, informing: int, people: Iterable[PersonId], village: AreaCode
) -> None:
    """Note for everybody of a household that they were told. Idempotent.

    An answer to anything but an order leaves no step. Who has gone farther stays there.
    """
    event = await office.stores.informings.of_order(informing)
    if event is None:
        return
    now = office.clock.now()
    steps = [
        Step(
            id=StepId(f"told/{informing}/{person:x}"),
            event=event,
            person=person,
            home=village,
            stage=Stage.NOTIFIED,
            by=By.RULE,
            at=now,
        )
        for person in people
    ]
    await office.stores.whereabouts.add_all(steps)
