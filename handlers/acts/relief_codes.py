"""Who stands before the desk: found by a code, by a handle of the own area, or as a guest."""

from dataclasses import dataclass
from unicodedata import normalize

from data.civic.errors import BadInput, Conflict, NotFound
from data.civic.ids import HouseholdId, PersonId, ShelterId
from data.civic.people import Role, Staff
from data.civic.safety.codes import typed
from data.civic.safety.credentials import Credential
from data.civic.safety.relief import Recipient
from data.civic.safety.verifying import Standing
from handlers.acts.check_code import Checked, check_code
from handlers.acts.find_person import LOOK, NOBODY
from handlers.office import Office

LONGEST_GUEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody shows at the desk: one of the three."""

    code: str = ""
    """The text of a QR code, or the twelve digits under it."""
    person: PersonId | None = None
    guest: str = ""


async def recipient(
    office: Office, staff: Staff, shown: Shown, shelter: ShelterId
) -> tuple[Recipient, HouseholdId | None]:
    """Tell who is given something at a shelter, and in which household a person lives.

    Raises:
        BadInput: none or several of the three are given, or digits are mistyped.
        Conflict: the code is over. NotFound: nobody of the own area has it.
        TooMany: digits were typed too often.
    """
    if sum((bool(shown.code), shown.person is not None, bool(shown.guest))) != 1:
        raise BadInput("give a code, or a person, or the number of a guest")
    if shown.guest:
        return Recipient(guest=_guest(shown.guest), shelter=shelter), None
    if shown.person is not None:
        return await _known(office, staff, shown.person)
    checked = await check_code(office, staff, shown.code)
    if checked.standing is not Standing.VALID:
        raise Conflict(f"this code does not count ({checked.standing}): find the person by name")
    whose = (await _credential(office, checked, shown.code)).holder
    if whose.household is not None:
        return Recipient(household=whose.household), None
    found = await office.stores.residents.get(whose.person or PersonId(0))
    return Recipient(person=whose.person), found.household if found else None


async def _credential(office: Office, checked: Checked, said: str) -> Credential:
    kept = office.stores.credentials
    if checked.verdict is not None and checked.verdict.code is not None:
        found = await kept.get(f"{checked.verdict.code.handle:016x}")
    else:
        found = await kept.by_number(typed(said.strip()))
    if found is None:
        raise NotFound(NOBODY)
    return found


async def _known(
    office: Office, staff: Staff, person: PersonId
) -> tuple[Recipient, HouseholdId | None]:
    found = await office.stores.residents.get(person)
    if found is None or not staff.may(Role.SHELTER, *LOOK, area=found.village):
        raise NotFound(NOBODY)
    return Recipient(person=person), found.household


def _guest(number: str) -> str:
    short = "".join(normalize("NFKC", number).split()).upper()
    if not 1 <= len(short) <= LONGEST_GUEST or "/" in short:
        raise BadInput(f"a guest's number has 1 to {LONGEST_GUEST} characters, no name")
    return short
