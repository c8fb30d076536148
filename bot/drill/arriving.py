"""Let somebody arrive in a drill: the code is held out at the desk of a shelter, and scanned there.

The colour then changes as it does in earnest: because somebody has seen the person arrive.
"""

from datetime import timedelta

from bot.drill.plan import START
from data.civic.calendar import local
from data.civic.errors import Conflict
from data.civic.ids import AreaCode, ShelterId, StaffId
from data.civic.people import Role, Staff
from data.civic.safety.codes import CodeKind
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Way
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
from data.civic.warning import drills
from data.content.drilling import drill_words
from handlers.acts import shelters
from handlers.acts.check_in import Visit, check
from handlers.acts.issue_code import Wish, issue_codes
from handlers.acts.issuing import Issued
from handlers.office import Office

HALL = ShelterId("drill-hall")
PLACES, INSPECTED, PURPOSE = 500, timedelta(days=365), "drill"


async def open_hall(office: Office) -> None:
    """Open the shelter of the drill."""
    county = office.release.places.county
    hall = Shelter(
        id=HALL,
        name=drill_words().shelter,
        level=ShelterLevel.COUNTY,
        area=county,
        capacity=Capacity(people=PLACES),
        phone=office.release.rules.hotline,
        inspected_until=local(START + INSPECTED).date(),
    )
    chief = _staff("chief-a", Role.CHIEF, county)
    await shelters.enter(office, chief, hall)
    await shelters.turn(office, chief, HALL, ShelterState.OPEN)


async def on_paper(office: Office, person: Person) -> Issued:
    """Print the code of somebody who has no mini-program."""
    duty = _staff("duty", Role.DUTY, office.release.places.county)
    wish = Wish(people=(person.id,), kind=CodeKind.SHEET)
    (one,) = await issue_codes(office, duty, wish, purpose=PURPOSE)
    return one


async def arrive(office: Office, code: str) -> None:
    """Scan a code at the desk.

    Raises:
        Conflict: no event of a drill goes on.
    """
    events = await office.stores.events.alive(drill=True, limit=1)
    if not events:
        raise Conflict("the event of the drill is not open")
    desk = _staff("desk", Role.SHELTER, office.release.places.county)
    visit = Visit(event=events[0].id, way=Way.IN, shelter=HALL, code=code)
    await check(office, desk, visit)


def _staff(login: str, role: Role, area: AreaCode) -> Staff:
    return Staff(
        id=StaffId(f"{drills.PREFIX}{login}"),
        login=login,
        name=login,
        roles=frozenset({role}),
        area=area,
        password_hash="",
    )
