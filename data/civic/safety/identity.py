"""Know the same person and the same household again, without keeping what they are known by."""

from data.civic.ids import AreaCode, HouseholdId, PersonId
from data.civic.ports import Ids, Seal
from data.civic.safety.rosters import MOST_IDS

SHORT = 32
"""Hex digits kept of a keyed hash: 128 bits, no two people share them by chance."""


def id_hash(seal: Seal, number: str) -> str:
    """Hash an ID number; which form of the X is written does not matter."""
    return seal.keyed_hash("id-number", number.upper())[:SHORT]


def phone_hash(seal: Seal, phone: str) -> str:
    """Hash a telephone number as `telephones.telephone` writes it."""
    return seal.keyed_hash("phone", phone)[:SHORT]


def household_key(seal: Seal, village: AreaCode, number: str) -> str:
    """Hash the number by which clerks know a household of a village."""
    return seal.keyed_hash("household", f"{village}/{number}")[:SHORT]


def person_id(ids: Ids) -> PersonId:
    """Make a handle; two people may be given the same: the store refuses the second."""
    return PersonId(_handle(ids))


def household_id(ids: Ids) -> HouseholdId:
    """Make a handle of a household."""
    return HouseholdId(_handle(ids))


def named(person: PersonId) -> str:
    """Name a person in the audit log."""
    return f"person-{person:010x}"


def _handle(ids: Ids) -> int:
    """Fold the random bits of an id to 40; 0 stands for nobody."""
    return int(ids.new(), 36) % (MOST_IDS - 1) + 1
