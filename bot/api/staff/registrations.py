"""Who is entered for a person, and the person's word on it, as heard at the door."""

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.registration_wire import (
    RegistrationOut,
    RegistrationsOut,
    RegistrationsWanted,
    WordIn,
)
from data.civic.ids import PersonId
from data.civic.people import Staff
from data.civic.safety.registrations import Registration
from handlers.acts import proxies_at_door
from handlers.acts.grid_duty import REPORT
from handlers.office import Office

routes = Routes(key=STAFF_TOKEN)


@routes.on(
    "POST /staff/registrations",
    summary="See who is entered for a person",
    body=RegistrationsWanted,
    answer=RegistrationsOut,
)
async def entered(request: web.Request) -> web.Response:
    """Tell who speaks for a person, and who asks to; the look is noted with its purpose."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    wanted = await read_json(request, RegistrationsWanted)
    return answer(await _out(office, staff, PersonId(wanted.person), wanted.purpose))


@routes.on(
    "POST /staff/registrations/word",
    summary="Record a person's word on who stands in",
    body=WordIn,
    answer=RegistrationsOut,
)
async def take_word(request: web.Request) -> web.Response:
    """Record a yes or a no; both sides are told. Sending it twice changes nothing."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    said = await read_json(request, WordIn)
    which, person, why = said.registration, PersonId(said.person), said.purpose
    match said.word:
        case "yes":
            await proxies_at_door.record_yes(
                office, staff, which, person=person, guardian=said.guardian, purpose=why
            )
        case "no":
            await proxies_at_door.record_no(office, staff, which, person=person, purpose=why)
        case "end":
            await proxies_at_door.end_own(office, staff, which, person=person, purpose=why)
    return answer(await _out(office, staff, person, why))


async def _out(office: Office, staff: Staff, person: PersonId, purpose: str) -> RegistrationsOut:
    found = await proxies_at_door.entered(office, staff, person, purpose=purpose)
    listed = [_registration(one) for one in (*found.own, *found.proxies)]
    return RegistrationsOut(person=person, child=found.child, registrations=listed)


def _registration(one: Registration) -> RegistrationOut:
    return RegistrationOut(
        id=one.id,
        kind=one.kind,
        state=one.state,
        relation=one.relation,
        name=one.name,
        asked_at=one.asked_at,
        agreed_how=one.agreement.how if one.agreement else None,
        agreed_at=one.agreement.at if one.agreement else None,
    )
