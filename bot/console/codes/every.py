"""All pages of codes."""

from bot.console.codes import checking, printing
from bot.console.routes import Door, Page

PAGES: tuple[Page | Door, ...] = (*printing.pages.pages, *checking.pages.pages)
