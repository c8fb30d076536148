"""Report a drill: as JSON, and as a page that stands alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from bot.drill.counting import Moment, Outcome
from bot.drill.plan import Plan
from bot.drill.queueing import Queued

WIDTH, HEIGHT = 880, 260
POINTS = 400
SIGNED_WITHIN_S, QUEUED_WITHIN_S = 2.0, 60.0

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that is told of a drill."""

    plan: Plan
    outcome: Outcome
    happenings: str
    """The digest of what happened from outside."""
    subscribers: int
    first_s: float | None
    """Real seconds from the order's signature to its first message."""
    queued: Queued
    took_s: float
    replayed: bool

    def told(self) -> Mapping[str, object]:
        """Tell it as JSON; times of the drill in minutes, those of this machine in seconds."""
        out = self.outcome
        return {
            "drill": True,
            "people": out.people,
            "with_smartphone": self.subscribers,
            "workers": self.plan.workers,
            "seed": self.plan.seed,
            "replayed": self.replayed,
            "informed_minutes": {str(share): minutes for share, minutes in out.minutes.items()},
            "owned_or_confirmed_minutes": out.owned,
            "oldest_unanswered_minutes": out.longest,
            "states": out.states,
            "messages": out.messages,
            "lost": out.lost,
            "duplicates": out.twice,
            "first_message_s": self.first_s,
            "queued_s": round(self.queued.seconds, 2),
            "queued_100000_s": self.queued.hundred_thousand_s,
            "took_s": round(self.took_s, 1),
            "happenings_digest": self.happenings,
            "counts_digest": out.digest,
        }

    @property
    def good(self) -> bool:
        """Say whether nobody was lost and nothing came twice."""
        return not self.outcome.lost and not self.outcome.twice


def page_of(report: Report) -> str:
    """Write the page: no script, nothing from elsewhere, fit to be printed."""
    moments = report.outcome.moments
    return _TEMPLATES.get_template("report.html").render(
        report=report,
        out=report.outcome,
        chart=_chart(moments) if len(moments) > 1 else None,
        width=WIDTH,
        height=HEIGHT,
    )


@dataclass(frozen=True, slots=True)
class _Chart:
    """The shares over time, as points of polygons in SVG."""

    confirmed: str
    owned: str
    minutes: int


def _chart(moments: tuple[Moment, ...]) -> _Chart:
    last = max(moments[-1].at, 1)
    some = [*moments[:: max(1, len(moments) // POINTS)], moments[-1]]

    def area(heights: list[int]) -> str:
        line = [
            f"{WIDTH * one.at / last:.1f},{HEIGHT - HEIGHT * height / max(1, one.people):.1f}"
            for one, height in zip(some, heights, strict=True)
        ]
        return " ".join([f"0,{HEIGHT}", *line, f"{WIDTH},{HEIGHT}"])

    return _Chart(
        confirmed=area([one.confirmed for one in some]),
        owned=area([one.confirmed + one.at_the_door for one in some]),
        minutes=last // 60,
    )
