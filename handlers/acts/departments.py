"""The departments of a county: those that own something in a draft, and those of its staff."""

from data.content.drafted import Drafted
from handlers.office import Office


async def departments(office: Office, says: Drafted) -> list[str]:
    """List the names of departments, in order: what belongs to another is signed by nobody."""
    owners = {one.department for one in says.intents.values()}
    owners |= {one.department for one in says.guides.values()}
    staffed = {one.department for one in await office.stores.staff.list()}
    return sorted((owners | staffed) - {""})
