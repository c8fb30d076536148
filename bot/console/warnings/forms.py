"""Read the fields that pages of warnings have in common."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from aiohttp import web

from bot.console.sent import pairs
from data.civic.calendar import BEIJING, day_in
from data.civic.errors import BadInput
from data.civic.ids import AreaCode
from data.civic.risks import RiskTag


async def areas_sent(request: web.Request, name: str = "area") -> tuple[AreaCode, ...]:
    """Read the areas that were ticked, and those whose codes were written, each once."""
    return codes_of(text for key, text in await pairs(request) if key == name)


def codes_of(said: Iterable[str]) -> tuple[AreaCode, ...]:
    """Read the codes of areas that stand in some texts, each once."""
    codes = " ".join(said).replace("，", " ").replace(",", " ").split()
    return tuple(AreaCode(one) for one in dict.fromkeys(codes))


async def tags_sent(request: web.Request, name: str = "tag") -> frozenset[RiskTag]:
    """Read the risks that were ticked.

    Raises:
        BadInput: one is none of ours.
    """
    said = [text for key, text in await pairs(request) if key == name and text]
    if unknown := set(said) - set(RiskTag):
        raise BadInput(f"no risk {', '.join(sorted(unknown))}: choose one of the list")
    return frozenset(RiskTag(one) for one in said)


def moment_in(day: str, hour: str) -> datetime | None:
    """Read a day and an hour of here; None where both are empty.

    Raises:
        BadInput: it is no moment.
    """
    if not (day or hour):
        return None
    try:
        at = datetime.combine(day_in(day), time.fromisoformat(hour), tzinfo=BEIJING)
    except ValueError as error:
        raise BadInput("no moment: give a day and an hour") from error
    return at.astimezone(UTC)
