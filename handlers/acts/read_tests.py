"""Tests and exercises of the feeds: a fixed list of staff may read them, a citizen never does."""

from data.civic.errors import Refused
from data.civic.people import Staff
from data.civic.warning.arrivals import Arrival
from data.civic.warning.verdicts import Verdict
from handlers.office import Office

MOST = 200


async def tests(office: Office, staff: Staff) -> list[Arrival]:
    """List what was sent as no actual warning by the feeds on whose list one stands, newest first.

    Raises:
        Refused: one stands on the list of no feed (`tests_to` in the accounts file).
    """
    feeds = [one.feed for one in await office.stores.feeds.configured()]
    mine = {one.id for one in feeds if staff.active and staff.login in one.tests_to}
    if not mine:
        raise Refused(f"{staff.login} stands on the list of no feed: see tests_to of [[feed]]")
    found = await office.stores.warnings.with_verdict(Verdict.NOT_ACTUAL, MOST)
    return [one for one in found if one.feed in mine]
