"""Watch the feeds: silence, messages that wait, warnings that end, decisions half carried out."""

from handlers.acts.watch_feeds import watch
from handlers.office import Office

LOOK_AT_FEEDS_S = 30.0


async def watch_feeds(office: Office) -> bool:
    """Look after everything once; nothing is ever left over for at once."""
    await watch(office)
    return False
