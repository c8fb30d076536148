"""All pages of shelters."""

from bot.console.routes import Door, Page
from bot.console.shelters import desk, device, listing, looking

PAGES: tuple[Page | Door, ...] = (
    *listing.pages.pages,
    *desk.pages.pages,
    *device.pages.pages,
    *looking.pages.pages,
)
