"""All pages of warnings."""

from bot.console.routes import Door, Page
from bot.console.warnings import board, decisions, events, grids, informings, rosters, uninformed

PAGES: tuple[Page | Door, ...] = (
    *board.pages.pages,
    *events.pages.pages,
    *decisions.pages.pages,
    *uninformed.pages.pages,
    *informings.pages.pages,
    *rosters.pages.pages,
    *grids.pages.pages,
)
