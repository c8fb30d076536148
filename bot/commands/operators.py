"""Who acts on the command line."""

from data.civic.ids import StaffId
from data.civic.people import Role, Staff
from handlers.office import Office


def operator(office: Office, role: Role) -> Staff:
    """Speak for whoever has the command line: it stands in the audit log under this name."""
    return Staff(
        id=StaffId("command line"),
        login="command-line",
        name="command line",
        roles=frozenset({role}),
        area=office.release.places.county,
        password_hash="",
    )
