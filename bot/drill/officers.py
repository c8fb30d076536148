"""Who acts for the county in a drill: accounts that are made up, and that nobody signs in with."""

from data.civic.ids import StaffId
from data.civic.people import Role, Staff
from data.civic.warning import drills
from handlers.office import Office


def officer(office: Office, login: str, role: Role) -> Staff:
    """Make up somebody with one role in the whole county."""
    return Staff(
        id=StaffId(f"{drills.PREFIX}{login}"),
        login=login,
        name=login,
        roles=frozenset({role}),
        area=office.release.places.county,
        password_hash="",
    )
