"""People on duty as documents: their names and telephones are sealed."""

import json

from data.civic.ids import StaffId
from data.civic.ports import Seal
from data.civic.warning.shifts import DutyHolder, Post
from data.store.collection import Document

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def holder_to_document(holder: DutyHolder, seal: Seal, *, bound_to: str) -> Document:
    """Write somebody on duty; schema 1. `sealed` opens only beside the same `bound_to`."""
    named = _JSON.encode([holder.name, holder.phone, holder.workapp])
    return {
        "post": holder.post.value,
        "staff": holder.staff,
        "sealed": seal.encrypt(named, bound_to=bound_to),
    }


def holder_from_document(document: Document, seal: Seal, *, bound_to: str) -> DutyHolder:
    """Read somebody on duty; schema 1.

    Raises:
        BadInput: it was moved from another document, changed, or sealed with another key.
    """
    name, phone, workapp = json.loads(seal.decrypt(document["sealed"], bound_to=bound_to))
    staff = StaffId(document["staff"]) if document["staff"] else None
    post = Post(document["post"])
    return DutyHolder(post=post, name=name, phone=phone, staff=staff, workapp=workapp)
