"""Codes: what a device needs without a network, checks, printed codes, lost and new ones."""

from typing import Protocol

from aiohttp import web

from bot.api.bodies import read_json
from bot.api.routes import STAFF_TOKEN, Routes, answer
from bot.api.staff.access import staff_of
from bot.api.staff.code_wire import (
    CodeEndedOut,
    CodeEndIn,
    CodeIn,
    CodesIn,
    DeviceIn,
    IssuedListOut,
    IssuedOut,
    KnownListOut,
    issued_out,
)
from bot.codewire import CheckedOut, KitOut, checked_out, kit_out, known_out
from data.civic.ids import AreaCode, PersonId
from data.civic.people import Staff
from data.civic.safety.codes import CodeKind, in_digits
from data.civic.safety.credentials import Credential
from handlers.acts import check_code, issue_code, revoke_code, village_codes
from handlers.acts.find_person import LOOK
from handlers.acts.grid_duty import REPORT
from handlers.acts.issue_code import Wish
from handlers.acts.issuing import Issued
from handlers.office import Office

KINDS = {"sheet": CodeKind.SHEET, "pendant": CodeKind.PENDANT}

routes = Routes(key=STAFF_TOKEN)


@routes.on("GET /staff/codes/kit", summary="Keys and revoked codes for offline use", answer=KitOut)
async def kit(request: web.Request) -> web.Response:
    """Give the public keys and the revoked handles, with their date and version."""
    staff, office = await staff_of(request)
    return answer(kit_out(await village_codes.kit(office, staff)))


@routes.on(
    "POST /staff/codes/device",
    summary="Masked names of villages for offline use",
    body=DeviceIn,
    answer=KnownListOut,
)
async def device(request: web.Request) -> web.Response:
    """List codes with masked names and years of birth; the look is noted with its purpose."""
    staff, office = await staff_of(request)
    staff.must(*LOOK)
    asked = await read_json(request, DeviceIn)
    villages = [AreaCode(one) for one in asked.villages]
    found = await village_codes.device_list(office, staff, villages, purpose=asked.purpose)
    return answer(KnownListOut(people=[known_out(one) for one in found]))


@routes.on("POST /staff/codes/check", summary="Check a code", body=CodeIn, answer=CheckedOut)
async def check(request: web.Request) -> web.Response:
    """Check a code with all that is known now; what is valid is marked as used."""
    staff, office = await staff_of(request)
    staff.must(*LOOK)
    asked = await read_json(request, CodeIn)
    return answer(checked_out(await check_code.check_code(office, staff, asked.code)))


@routes.on("POST /staff/codes", summary="Issue printed codes", body=CodesIn, answer=IssuedListOut)
async def issue(request: web.Request) -> web.Response:
    """Issue printed codes, or give again those that count."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    asked = await read_json(request, CodesIn)
    wish = Wish(
        people=tuple(PersonId(one) for one in asked.people),
        kind=KINDS[asked.kind],
        household=asked.household,
    )
    issued = await issue_code.issue_codes(office, staff, wish, purpose=asked.purpose)
    return answer(IssuedListOut(codes=[_out(one) for one in issued]))


@routes.on(
    "POST /staff/codes/reissue",
    summary="Void a code and issue another",
    body=CodeEndIn,
    answer=IssuedOut,
)
async def reissue(request: web.Request) -> web.Response:
    """Void a printed code at once and issue another in its place."""
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    asked = await read_json(request, CodeEndIn)
    issued = await revoke_code.reissue(office, staff, asked.code, purpose=asked.purpose)
    return answer(_out(issued))


@routes.on(
    "POST /staff/codes/lost", summary="Note a lost code", body=CodeEndIn, answer=CodeEndedOut
)
async def lost(request: web.Request) -> web.Response:
    """Note that a code is lost: it is refused from now on."""
    return await _end(request, revoke_code.report_lost)


@routes.on(
    "POST /staff/codes/revoke", summary="Withdraw a code", body=CodeEndIn, answer=CodeEndedOut
)
async def withdraw(request: web.Request) -> web.Response:
    """Withdraw a code for a reason."""
    return await _end(request, revoke_code.withdraw)


class _Ending(Protocol):
    async def __call__(
        self, office: Office, staff: Staff, code: str, *, purpose: str
    ) -> Credential: ...


async def _end(request: web.Request, act: _Ending) -> web.Response:
    staff, office = await staff_of(request)
    staff.must(*REPORT)
    asked = await read_json(request, CodeEndIn)
    one = await act(office, staff, asked.code, purpose=asked.purpose)
    return answer(CodeEndedOut(code=one.id, state=one.state, over_at=one.over_at))


def _out(one: Issued) -> IssuedOut:
    return issued_out(one, in_digits(one.credential.handle))
