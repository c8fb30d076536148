"""Call people on duty to what was relayed or decided: each place that has a roster must answer."""

from collections.abc import Mapping
from datetime import timedelta

from data.civic.areas import within
from data.civic.ids import AreaCode, SignalId
from data.civic.warning.duty import DutyKind
from data.civic.warning.messages import Colour
from data.civic.warning.shifts import Shift
from data.civic.warning.telling import ToInform, ToTell
from handlers.acts.call_duty import call_duty
from handlers.office import Office

_KINDS: Mapping[ToTell, DutyKind] = {
    ToTell.SIGNAL: DutyKind.SIGNAL,
    ToTell.RESPONSE: DutyKind.RESPONSE,
    ToTell.ORDER: DutyKind.ORDER,
}
_SEVERE = (Colour.ORANGE, Colour.RED)
NEAR = timedelta(days=7)
"""A county with a shift in these days, before or after, keeps a roster."""


async def call_for_news(office: Office, news: ToInform) -> None:
    """Call the duty of every place that is meant; a county without a roster is not called.

    Signals of orange and red, responses and transfer orders. Idempotent.
    """
    kind = _KINDS.get(news.kind)
    if kind is None or not await _weighty(office, news):
        return
    now, county = office.clock.now(), office.release.places.county
    roster = await office.stores.shifts.within(county, now - NEAR, now + NEAR)
    if not roster:
        return
    standing = [one for one in roster if one.covers(now)]
    for area in sorted(_called(news.areas, standing, county)):
        await call_duty(office, kind, subject=f"{news.subject}/{news.source}/{area}", area=area)


async def _weighty(office: Office, news: ToInform) -> bool:
    if news.kind is not ToTell.SIGNAL:
        return True
    signal = await office.stores.signals.get(SignalId(news.subject))
    return signal is not None and signal.step(news.source).message.colour in _SEVERE


def _called(areas: tuple[AreaCode, ...], standing: list[Shift], county: AreaCode) -> set[AreaCode]:
    """Tell the places that are called: with a roster of their own, and always the next above."""
    found: set[AreaCode] = set()
    for area in areas:
        inside = {one.area for one in standing if within(one.area, area)}
        above = [one.area for one in standing if within(area, one.area)]
        found |= inside | {max(above, key=len, default=county)}
    return found
