"""Every collection with its indexes, gathered from beside the repositories."""

import hashlib
from collections.abc import Mapping, Sequence

from pymongo import IndexModel

from data.store import (
    audit,
    cases,
    citizens,
    contents,
    conversations,
    counters,
    messages,
    outbox,
    platform_tokens,
    releases,
    staff,
    staff_sessions,
    tickets,
    tokens,
    unanswered,
    windows,
)

INDEXES: Mapping[str, Sequence[IndexModel]] = {
    audit.COLLECTION: audit.INDEXES,
    cases.COLLECTION: cases.INDEXES,
    cases.SAVED: cases.SAVED_INDEXES,
    citizens.COLLECTION: citizens.INDEXES,
    contents.COLLECTION: contents.INDEXES,
    conversations.COLLECTION: conversations.INDEXES,
    counters.COLLECTION: counters.INDEXES,
    messages.COLLECTION: messages.INDEXES,
    outbox.COLLECTION: outbox.INDEXES,
    platform_tokens.COLLECTION: platform_tokens.INDEXES,
    releases.COLLECTION: releases.INDEXES,
    releases.CURRENT: (),
    staff.COLLECTION: staff.INDEXES,
    staff_sessions.COLLECTION: staff_sessions.INDEXES,
    tickets.COLLECTION: tickets.INDEXES,
    tokens.COLLECTION: tokens.INDEXES,
    unanswered.COLLECTION: unanswered.INDEXES,
    windows.COLLECTION: windows.INDEXES,
}
"""Collection → its indexes besides `_id`."""


def fingerprint() -> str:
    """Tell these indexes in 16 hex digits, so that a start sees at once that nothing changed."""
    lines = [f"{name} {dict(one.document)}" for name, many in INDEXES.items() for one in many]
    names = " ".join(INDEXES)
    return hashlib.sha256("\n".join([names, *lines]).encode()).hexdigest()[:16]
