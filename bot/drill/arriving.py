"""Let somebody arrive in a drill: the code is held out at the desk of a shelter, and scanned there.

The colour then changes as it does in earnest: because somebody has seen the person arrive.
"""

from datetime import timedelta

from bot.drill.officers import officer
from bot.drill.plan import START
from data.civic.calendar import local
from data.civic.errors import Conflict
from data.civic.ids import ShelterId
from data.civic.people import Role
from data.civic.safety.codes import CodeKind
from data.civic.safety.rosters import Person
from data.civic.safety.scans import Way
from data.civic.safety.shelters import Capacity, Shelter, ShelterLevel, ShelterState
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
    hall = Shelter(
        id=HALL,
        name=drill_words().shelter,
        level=ShelterLevel.COUNTY,
        area=office.release.places.county,
        capacity=Capacity(people=PLACES),
        phone=office.release.rules.hotline,
        inspected_until=local(START + INSPECTED).date(),
    )
    chief = officer(office, "chief-a", Role.CHIEF)
    await shelters.enter(office, chief, hall)
    await shelters.turn(office, chief, HALL, ShelterState.OPEN)


async def on_paper(office: Office, person: Person) -> Issued:
    """Print the code of somebody who has no mini-program."""
    duty = officer(office, "duty", Role.DUTY)
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
    desk = officer(office, "desk", Role.SHELTER)
    visit = Visit(event=events[0].id, way=Way.IN, shelter=HALL, code=code)
    await check(office, desk, visit)
