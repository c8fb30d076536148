"""Note that the houses of a village were checked: without it nobody goes back."""

from data.civic.errors import NotFound
from data.civic.ids import ReturnId
from data.civic.people import Role, Staff
from data.civic.warning import returns
from data.civic.warning.returns import HouseCheck, Return
from handlers.acts.note import note
from handlers.office import Office

MOST = 5_000
CHECK = (Role.DUTY, Role.CHIEF, Role.GRID)


async def check_houses(
    office: Office, staff: Staff, return_: ReturnId, *, remark: str = ""
) -> Return:
    """Note that one has found the houses and the area safe; a later check replaces an earlier.

    Raises:
        Refused: the role is not held, or the village is another's.
        NotFound: no order was lifted there.
        Conflict: the return is released already.
    """
    staff.must(*CHECK)
    found = await office.stores.returns.get(return_)
    if found is None:
        raise NotFound("no transfer order was lifted there yet")
    staff.must(*CHECK, area=found.village)
    check = HouseCheck(by=staff.id, at=office.clock.now(), remark=remark.strip())
    checked = await office.stores.returns.change(
        return_, lambda one: returns.check_houses(one, check)
    )
    await note(office, staff.id, "return.check", return_)
    return checked


async def waiting_returns(office: Office, staff: Staff, *, drill: bool = False) -> list[Return]:
    """List the villages of the own area to which nobody may go back yet.

    Raises:
        Refused: the role is not held.
    """
    staff.must(*CHECK)
    found = await office.stores.returns.alive(drill=drill, limit=MOST)
    return [one for one in found if staff.may(*CHECK, area=one.village)]
