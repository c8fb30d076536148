"""A resident as a document: what is compared stands in the open, what names a person is sealed."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from data.civic.ids import AreaCode, GridId, HouseholdId, PersonId
from data.civic.ports import Seal
from data.civic.risks import RiskTag
from data.civic.safety.grounds import Basis
from data.civic.safety.rosters import Mobility, Person, Proxy
from data.store.collection import Document
from data.store.geometry import point_from_document, point_to_document

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_document(person: Person, seal: Seal) -> Document:
    """Write a person; schema 1. `sealed` opens only beside its own `_id`."""
    return {
        "_id": person.id,
        "v": person.village,
        "h": person.household,
        "g": person.grid or "",
        "t": sorted(tag.value for tag in person.tags),
        "reach": person.reach.value,
        "c": person.conversation,
        "home": point_to_document(person.home),
        "p": person.phone_hash,
        "id_hash": person.id_hash,
        "sealed": seal.encrypt(_sealed(person), bound_to=_bound(person.id)),
        "mobility": person.mobility.value,
        "smart": person.has_smartphone,
        "born": person.born_year,
        "until": person.temporary_until and person.temporary_until.isoformat(),
        "checked": person.checked_on.isoformat(),
        "notice": person.notice_version,
        "basis": person.basis.value,
        "purge_on": person.purge_on.isoformat(),
        "synthetic": person.synthetic,
        "version": person.version,
    }


def from_document(document: Document, seal: Seal) -> Person:
    """Read a person; schema 1."""
    sealed = opened(document, seal)
    until, place = document["until"], point_from_document(document["home"])
    return Person(
        id=PersonId(document["_id"]),
        household=HouseholdId(document["h"]),
        village=AreaCode(document["v"]),
        grid=GridId(document["g"]) if document["g"] else None,
        name=sealed["name"],
        phone=sealed["phone"],
        phone_hash=document["p"],
        id_hash=document["id_hash"],
        id_last4=sealed["id4"],
        home=place,
        tags=frozenset(RiskTag(tag) for tag in document["t"]),
        mobility=Mobility(document["mobility"]),
        language=sealed["language"],
        has_smartphone=document["smart"],
        conversation=document["c"],
        born_year=document["born"],
        proxies=tuple(_proxy(*one) for one in sealed["proxies"]),
        temporary_until=date.fromisoformat(until) if until else None,
        checked_on=date.fromisoformat(document["checked"]),
        notice_version=document["notice"],
        basis=Basis(document["basis"]),
        purge_on=date.fromisoformat(document["purge_on"]),
        synthetic=document["synthetic"],
        version=document["version"],
    )


def opened(document: Document, seal: Seal) -> Mapping[str, Any]:
    """Open what is sealed: `name`, `phone` or null, `id4`, `language`, `proxies`.

    Raises:
        BadInput: it was moved from another person, changed, or sealed with another key.
    """
    text = seal.decrypt(document["sealed"], bound_to=_bound(document["_id"]))
    return dict(json.loads(text))


def _sealed(person: Person) -> str:
    sealed = {
        "name": person.name,
        "phone": person.phone,
        "id4": person.id_last4,
        "language": person.language,
        "proxies": [[one.name, one.phone, one.relation] for one in person.proxies],
    }
    return _JSON.encode(sealed)


def _bound(person: int) -> str:
    return f"resident/{person}"


def _proxy(name: str, phone: str | None, relation: str) -> Proxy:
    return Proxy(name=name, phone=phone, relation=relation)
