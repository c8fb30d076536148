"""Watch over feeds and messages as time goes by: silence, late arrivals, warnings that end."""

from datetime import datetime, timedelta

from data.civic.errors import Conflict
from data.civic.ids import SignalId
from data.civic.warning import arrivals
from data.civic.warning.arrivals import Arrival
from data.civic.warning.duty import DutyKind
from data.civic.warning.signals import Signal
from data.civic.warning.telling import ToInform, ToTell
from handlers.acts.call_duty import call_duty
from handlers.acts.carry_out import carry_out
from handlers.acts.relay import apply, ask_staff, relay
from handlers.office import Office

LATE_ARRIVAL = timedelta(minutes=10)
"""So long a message waits for the one it refers to; then staff are asked."""
REMINDED_BEFORE = timedelta(minutes=30)
"""So long before a warning ends by itself the duty officer is reminded to ask its issuer."""
ABANDONED = timedelta(seconds=30)
"""What was not judged after so long is judged anew: its judge died."""
AT_ONCE = 200
NO_FEED = "none is configured"


async def watch(office: Office) -> None:
    """Look after everything once; each part can be taken again."""
    await call_for_silence(office)
    await judge_abandoned(office)
    await look_after_waiting(office)
    await remind_of_ends(office)
    await end_by_themselves(office)
    for one in await office.stores.decisions.due(AT_ONCE):
        await carry_out(office, one)


async def call_for_silence(office: Office) -> None:
    """Call the duty officer once for each silence of a feed, and where there is no feed at all."""
    now = office.clock.now()
    states = await office.stores.feeds.configured()
    for state in states:
        if state.overdue(now):
            heard = f"{state.last_heard:%Y%m%d%H%M%S}" if state.last_heard else "never"
            await call_duty(
                office,
                DutyKind.FEED_SILENT,
                subject=f"{state.feed.id}/{heard}",
                area=state.feed.area,
            )
    if not states:
        county = office.release.places.county
        await call_duty(office, DutyKind.FEED_SILENT, subject=NO_FEED, area=county)


async def judge_abandoned(office: Office) -> None:
    """Judge what was kept and never judged."""
    before = office.clock.now() - ABANDONED
    for one in await office.stores.warnings.unjudged(before, AT_ONCE):
        state = await office.stores.feeds.get(one.feed)
        if state is not None:
            await relay(office, state.feed, one)


async def look_after_waiting(office: Office) -> None:
    """Apply what waited and whose first message is there; ask staff about what waits too long."""
    for one in await office.stores.warnings.waiting(AT_ONCE):
        try:
            await _look_after(office, one)
        except Conflict:  # somebody else has settled it in this moment
            continue


async def remind_of_ends(office: Office) -> None:
    """Call the duty officer once for each warning that soon ends without a lift or an update."""
    now = office.clock.now()
    soon = now + REMINDED_BEFORE
    for signal in await office.stores.signals.ending(soon, AT_ONCE):
        for identifier in signal.expired(soon):
            ends = signal.step(identifier).message.expires
            if ends is not None and ends > now:
                await call_duty(
                    office,
                    DutyKind.WARNING_ENDS,
                    subject=f"{signal.id}/{identifier}",
                    area=office.release.places.county,
                    detail=f"ends {ends}, neither lifted nor renewed: ask its issuer",
                )


async def end_by_themselves(office: Office) -> None:
    """Say of warnings that were told, and that have run out, that they have."""
    now = office.clock.now()
    for signal in await office.stores.signals.ending(now, AT_ONCE):
        for identifier, areas in signal.expired(now).items():
            if identifier not in signal.ends_told and await _was_told(office, signal, identifier):
                news = ToInform(
                    kind=ToTell.EXPIRY, subject=signal.id, source=identifier, areas=areas, at=now
                )
                await office.stores.to_inform.add(news)
        await _note_ends(office, signal.id, now)


async def _look_after(office: Office, waiting: Arrival) -> None:
    settled = await apply(office, waiting, waiting.areas)
    late = office.clock.now() - waiting.received_at >= LATE_ARRIVAL
    if settled.judgement and settled.waits_for and late and not settled.asked:
        await ask_staff(office, settled, settled.judgement)
        await office.stores.warnings.save(arrivals.ask(settled))


async def _was_told(office: Office, signal: Signal, identifier: str) -> bool:
    told = await office.stores.to_inform.get(f"{ToTell.SIGNAL}/{signal.id}/{identifier}")
    return told is not None


async def _note_ends(office: Office, signal: SignalId, now: datetime) -> None:
    await office.stores.signals.change(signal, lambda one: one.ends_noted(now))
