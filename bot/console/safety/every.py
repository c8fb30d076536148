"""All pages of the safety code, besides those of the codes themselves."""

from bot.console.routes import Door, Page
from bot.console.safety import appeals, colours, hazards, holds, marks, whereabouts

PAGES: tuple[Page | Door, ...] = (
    *whereabouts.pages.pages,
    *colours.pages.pages,
    *marks.pages.pages,
    *appeals.pages.pages,
    *hazards.pages.pages,
    *holds.pages.pages,
)
