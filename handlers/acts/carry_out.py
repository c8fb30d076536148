"""Carry out what was decided: write its effect, then say what people are to be told."""

from collections.abc import Callable

from data.civic.errors import Conflict, NotFound
from data.civic.ids import EventId
from data.civic.warning import decisions, events
from data.civic.warning.decisions import Decision
from data.civic.warning.events import Event, Held
from handlers.acts.decision_effects import Effect, effect_of
from handlers.acts.note import note
from handlers.office import Office

TRIES = 20
"""How often another decision may be at the same things in the same moment."""


async def carry_out(office: Office, decision: Decision) -> Decision:
    """Write the effect of an issued decision, once; what it cannot do is noted as its problem.

    Idempotent.

    Raises:
        Conflict: others change the same things again and again.
    """
    for _ in range(TRIES):
        try:
            effect = await effect_of(office, decision)
        except (Conflict, NotFound) as error:
            await note(office, "system", "decision.void", decision.id)
            return await _done(office, decision, problem=str(error))
        if all([await one.done() for one in effect.writes]):
            await _hold(office, decision.event, effect)
            await office.stores.to_inform.add(effect.news)
            return await _done(office, decision)
    raise Conflict(f"{decision.id} is not carried out yet: others are at the same thing")


async def _done(office: Office, decision: Decision, *, problem: str = "") -> Decision:
    now = office.clock.now()
    return await office.stores.decisions.change(
        decision.id, lambda one: decisions.carried_out(one, now, problem=problem)
    )


async def _hold(office: Office, event: EventId, effect: Effect) -> None:
    for one in effect.writes:
        if one.before is None:
            id_ = one.after.id
            await office.stores.events.change(event, _holding(effect.held_as, id_))


def _holding(kind: str, id_: Held) -> Callable[[Event], Event]:
    return lambda event: events.hold(event, kind, id_)
