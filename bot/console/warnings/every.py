"""All pages of warnings."""

from bot.console.routes import Door, Page
from bot.console.warnings import (
    announcements,
    board,
    calls,
    decisions,
    duty,
    events,
    grids,
    informings,
    people,
    planning,
    rosters,
    uninformed,
)

PAGES: tuple[Page | Door, ...] = (
    *board.pages.pages,
    *calls.pages.pages,
    *duty.pages.pages,
    *events.pages.pages,
    *decisions.pages.pages,
    *uninformed.pages.pages,
    *informings.pages.pages,
    *announcements.pages.pages,
    *rosters.pages.pages,
    *people.pages.pages,
    *planning.pages.pages,
    *grids.pages.pages,
)
