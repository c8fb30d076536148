"""What is kept of a person, on which ground, since which notice, and until when: one table.

Who adds a collection or a field of a person adds its line here: a test reads the records and fails
on what no line covers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.civic.safety.grounds import GROUNDS, Basis

EVERY_FIELD = "*"
"""The whole record is of the person: one line covers all that is in it."""
EMERGENCY_NOTICE, CHAT_NOTICE, STAFF_NOTICE = "emergency-2026-1", "chat-2026-1", "staff-2026-1"


class Until(StrEnum):
    """When it is destroyed."""

    ROSTER = "roster"
    """On the day of deletion of the person's entry on the roster."""
    EVENT = "event"
    """So many days after the chief has closed the event, unless it is held.

    What names no event: at that age, unless it lies in the time of an event whose data stands.
    """
    OVER = "over"
    """A fixed time after it is over, or after the last word: a date on the document."""
    ACCOUNT = "account"
    """With the account, or the post, of the member of staff."""
    WISH = "wish"
    """When the citizen ends it."""
    DONE = "done"
    """When what was asked for is done; what is left is for the archive of the office."""
    KEY = "key"
    """The entry stands, the key that leads to the person is destroyed.

    With the person's entry on the roster, or with the first event of which there is a paper of the
    person: then all entries until that day speak of nobody, also those that are of no event. A
    person who stays on the roster has a new key from then on.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Why something is kept and until when."""

    until: Until
    basis: Basis | None = None
    """None: each entry has its own."""
    notice: str = ""
    """Which notice told of it; empty: each entry names its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The fields of the records of one collection that say something of a person."""

    lines: Mapping[str, Line]
    others: frozenset[str] = frozenset()
    """Fields of the record that say nothing of a person."""


def _same(names: Sequence[str], line: Line) -> Mapping[str, Line]:
    return dict.fromkeys(names, line)


_ROSTER = Line(until=Until.ROSTER)
_AGREED = Line(until=Until.ROSTER, basis=Basis.CONSENT)
_EVENT = Line(until=Until.EVENT, basis=Basis.EMERGENCY, notice=EMERGENCY_NOTICE)
_CODE = Line(until=Until.ROSTER, basis=Basis.DUTY, notice=EMERGENCY_NOTICE)
_TIED = Line(until=Until.OVER, basis=Basis.CONSENT)
_WISHED = Line(until=Until.WISH, basis=Basis.CONSENT, notice=CHAT_NOTICE)
_TALK = Line(until=Until.OVER, basis=Basis.CONSENT, notice=CHAT_NOTICE)
_ASKED = Line(until=Until.DONE, basis=Basis.DUTY, notice=CHAT_NOTICE)
_WORK = Line(until=Until.ACCOUNT, basis=Basis.DUTY, notice=STAFF_NOTICE)
_LOG = Line(until=Until.KEY, basis=Basis.DUTY, notice=EMERGENCY_NOTICE)

_ENTRY = frozenset({"id", "version", "basis", "notice_version", "purge_on", "synthetic"})
_HOW_KEPT = frozenset({"checked_on", "temporary_until"})


def _all(line: Line) -> Kept:
    return Kept(lines={EVERY_FIELD: line})


PERSONAL: Mapping[str, Kept] = {
    "residents": Kept(
        lines={name: _AGREED if one.basis else _ROSTER for name, one in GROUNDS.items()},
        others=_ENTRY | _HOW_KEPT,
    ),
    "households": Kept(
        lines=_same(("village", "key", "number", "address"), _ROSTER),
        others=frozenset({"id", "purge_on"}),
    ),
    "registrations": Kept(
        lines=_same(
            ("conversation", "person", "relation", "name", "code", "agreement", "over_by"), _TIED
        ),
        others=frozenset({"id", "kind", "state", "asked_at", "muted", "over_at", "version"}),
    ),
    "credentials": Kept(
        lines=_same(("holder", "village", "used_at", "reason"), _CODE),
        others=frozenset(
            {"id", "kind", "key", "state", "issued_at", "expires_at", "issued_by"}
            | {"over_at", "over_by", "version"}
        ),
    ),
    "whereabouts": Kept(
        lines=_same(
            ("person", "home", "stage", "at", "who", "village", "shelter", "helper", "order"),
            _EVENT,
        ),
        others=frozenset({"id", "event", "by", "device"}),
    ),
    "marks": Kept(
        lines=_same(("person", "village", "kind", "at", "ended_at"), _EVENT),
        others=frozenset({"id", "event", "by", "list", "version"}),
    ),
    "mark_lists": Kept(
        lines=_same(("people",), _EVENT),
        others=frozenset(
            {"id", "event", "area", "kind", "author", "at", "approver", "approved_at"}
            | {"discarded_at", "version"}
        ),
    ),
    "appeals": Kept(
        lines=_same(("person", "village", "conversation", "shown", "words", "answer"), _EVENT),
        others=frozenset({"id", "at", "version"}),
    ),
    "relief_issues": Kept(
        lines=_same(("to", "slots", "shelter", "item", "quantity", "at", "reason"), _EVENT),
        others=frozenset({"id", "event", "by", "device", "version"}),
    ),
    "scans": _all(_EVENT),
    "stays": _all(_EVENT),
    "shelter_doors": _all(_EVENT),
    "rows": _all(_EVENT),
    "sends": _all(_EVENT),
    "duty_calls": _all(_EVENT),
    "conversations": _all(_TALK),
    "messages": _all(_TALK),
    "outbox": _all(_TALK),
    "unanswered": _all(_TALK),
    "question_groups": _all(_TALK),
    "outcomes": _all(_TALK),
    "reminders": _all(_TALK),
    "windows": _all(_TALK),
    "counters": _all(_TALK),
    "citizen_sessions": _all(_TALK),
    "subscriptions": _all(_WISHED),
    "followings": _all(_WISHED),
    "saved_cases": _all(_WISHED),
    "cases": _all(_ASKED),
    "tickets": _all(_ASKED),
    "hazards": Kept(
        lines={**_same(("spot", "result"), _EVENT), "by": _WORK},
        others=frozenset(
            {"id", "kind", "opened_at", "last_at", "grid", "state", "started_at", "ended_at"}
            | {"into", "version"}
        ),
    ),
    "hazard_reports": _all(_EVENT),
    "staff": _all(_WORK),
    "staff_sessions": _all(_WORK),
    "api_tokens": _all(_WORK),
    "grids": _all(_WORK),
    "grid_workers": _all(_WORK),
    "shifts": _all(_WORK),
    "shelters": _all(_WORK),
    "audit": _all(_LOG),
    "handles": _all(_LOG),
    "deletions": _all(_LOG),
}
"""Collection → what is kept of a person in it."""

NOBODY = frozenset(
    {
        "announcements", "boards", "code_keys", "decisions", "drafts", "event_files", "events",
        "feeds", "informings", "leases", "notices", "orders", "platform_tokens",
        "relief_items", "relief_supplies", "release_contents", "release_current", "releases",
        "responses", "restores", "returns", "roster_changes", "signals",
        "slices", "switches", "to_inform", "trial_rows", "trials", "villages", "warnings",
    }
)  # fmt: skip
"""Collections in which nobody stands but members of staff by their ids, who did or signed it."""
