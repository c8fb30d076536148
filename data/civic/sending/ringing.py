"""What becomes of a call to somebody on duty: written down, handed over, told of, answered.

Every move may come twice and in any order: a receipt may be there before the gateway has answered.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from data.civic.errors import BadInput, NotFound
from data.civic.ids import DutyCallId, StaffId
from data.civic.sending.calls import CallNow
from data.civic.sending.receipts import Told
from data.civic.warning import duty
from data.civic.warning.dials import Dial, Ring
from data.civic.warning.duty import DutyCall, SeenAs
from data.civic.warning.shifts import DutyHolder

KEY, PASS_KEY = "1", "2"
"""What is pressed: I see to it; somebody else has to."""
LONGEST_SAID = 60

_REFERENCE = re.compile(r"call-([0-9a-f]{32})-(\d{1,6})-(v|n)")
_BESIDE = re.compile(r"[\s，。！、,.!#]")
_RINGS = {
    Told.READ: Ring.LISTENED,
    Told.FAILED: Ring.FAILED,
    Told.NO_ANSWER: Ring.NO_ANSWER,
    Told.LINE_BUSY: Ring.LINE_BUSY,
    Told.HUNG_UP: Ring.HUNG_UP,
}


def handle_of(call: DutyCallId) -> str:
    """Name a call in references and addresses: 32 hex digits."""
    return hashlib.sha256(call.encode()).hexdigest()[:32]


def reference(call: DutyCallId, number: int, *, notice: bool) -> str:
    """Name an attempt: the gateway is given it, and gives it back in its receipts."""
    return f"call-{handle_of(call)}-{number}-{'n' if notice else 'v'}"


def referred(said: str) -> tuple[str, int, bool]:
    """Read a reference: the handle of the call, the number of the attempt, whether a notice.

    Raises:
        BadInput: it is none.
    """
    found = _REFERENCE.fullmatch(said)
    if found is None:
        raise BadInput("no reference of a call to somebody on duty")
    return found[1], int(found[2]), found[3] == "n"


def dialled(call: DutyCall, to: CallNow, at: datetime, *, read_back: str = "") -> DutyCall:
    """Write an attempt down before it is made."""
    dial = Dial(
        number=len(call.dials) + 1, turn=to.turn, called=to.holder, at=at, read_back=read_back
    )
    return replace(call, dials=(*call.dials, dial), due_at=at, version=call.version + 1)


def handed(call: DutyCall, number: int, at: datetime, *, noticed: bool = False) -> DutyCall:
    """Note that a gateway has taken an attempt."""

    def taken(one: Dial) -> Dial:
        return replace(one, handed_at=one.handed_at or at, noticed=one.noticed or noticed)

    return _with(call, number, at, taken)


def ended(call: DutyCall, number: int, at: datetime, ring: Ring, *, said: str = "") -> DutyCall:
    """Note that an attempt has ended without an answer; how it ended before stays."""

    def over(one: Dial) -> Dial:
        if one.ring is not None:
            return one
        return replace(one, ring=ring, told_at=at, said=said)

    return _with(call, number, at, over)


def told(
    call: DutyCall, number: int, at: datetime, *, what: Told, said: str, notice: bool
) -> DutyCall:
    """Write what a gateway tells of an attempt; an answer ends the calling.

    Raises:
        NotFound: there is no such attempt.
    """
    dial = _find(call, number)
    if notice:
        return answered(call, dial, at, SeenAs.NOTICE) if what is Told.READ else call
    if what is not Told.ANSWERED:
        ring = _RINGS.get(what)
        return ended(call, number, at, ring) if ring else call
    words = said.strip()[:LONGEST_SAID]
    if _says(words, KEY):
        return answered(call, dial, at, SeenAs.KEY, said=words)
    if dial.read_back and _heard(words, dial.read_back):
        return answered(call, dial, at, SeenAs.WORDS, said=words)
    ring = Ring.PASSED if _says(words, PASS_KEY) else Ring.LISTENED
    return ended(call, number, at, ring, said=words)


def answered(call: DutyCall, dial: Dial, at: datetime, how: SeenAs, *, said: str = "") -> DutyCall:
    """Note that an attempt was answered, and by it the call, unless somebody was first."""

    def taken(one: Dial) -> Dial:
        if one.ring is Ring.ANSWERED:
            return one
        return replace(one, ring=Ring.ANSWERED, told_at=at, said=said or one.said)

    rung = _with(call, dial.number, at, taken)
    if rung.seen_at is not None:
        return rung
    seen = duty.see(rung, dial.called.staff, at, how=how)
    return replace(seen, version=call.version + 1)


def by_hand(
    call: DutyCall, holder: DutyHolder, by: StaffId, at: datetime, *, taken: bool
) -> DutyCall:
    """Write that a colleague has called somebody by hand, and whether the call was taken."""
    dial = Dial(
        number=len(call.dials) + 1,
        turn=call.dials[-1].turn if call.dials else 1,
        called=holder,
        at=at,
        by=by,
        handed_at=at,
        ring=Ring.ANSWERED if taken else Ring.NO_ANSWER,
        told_at=at,
    )
    rung = replace(call, dials=(*call.dials, dial), version=call.version + 1)
    if not taken or call.seen_at is not None:
        return rung
    seen = duty.see(rung, holder.staff, at, how=SeenAs.TELEPHONE)
    return replace(seen, version=call.version + 1)


def put_off(call: DutyCall, until: datetime) -> DutyCall:
    """Note when to look what comes next."""
    if call.seen_at is not None or call.due_at == until:
        return call
    return replace(call, due_at=until, version=call.version + 1)


def _with(call: DutyCall, number: int, at: datetime, change: Callable[[Dial], Dial]) -> DutyCall:
    """Change one attempt; what comes next is looked for at once."""
    before = _find(call, number)
    after = change(before)
    if after == before:
        return call
    dials = tuple(after if one.number == number else one for one in call.dials)
    due = None if call.seen_at is not None else at
    return replace(call, dials=dials, due_at=due, version=call.version + 1)


def _find(call: DutyCall, number: int) -> Dial:
    found = next((one for one in call.dials if one.number == number), None)
    if found is None:
        raise NotFound(f"{call.id} has no attempt {number}")
    return found


def _says(words: str, key: str) -> bool:
    return words.rstrip("#") == key


def _heard(words: str, asked: str) -> bool:
    """Say whether what was asked for is in what was said, whatever stands around it."""
    wanted = _BESIDE.sub("", asked)
    return bool(wanted) and wanted in _BESIDE.sub("", words)
