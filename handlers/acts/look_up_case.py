"""Look up an application by its number and a second factor, and slow down who guesses."""

import hmac

from data.civic.errors import TooMany
from data.civic.knowing.cases import Case, case_number
from data.civic.talk.conversations import ConversationKey
from handlers.office import Office

GUESSES_PER_NUMBER = 4
"""How many citizens' worth of wrong guesses one number bears before it is closed for a while."""


def factor(office: Office, number: str, last_four: str) -> str:
    """Hash a second factor together with its number, as it is stored in a case."""
    return office.seal.keyed_hash("case-factor", f"{case_number(number)}/{last_four.upper()}")


async def look_up(
    office: Office, asker: ConversationKey, *, number: str, last_four: str
) -> Case | None:
    """Find the case and keep it among the asker's own; None if number or factor is wrong.

    A look-up counts as a wrong guess until it has proved right: who asks a thousand times in the
    same moment is slowed like one who asks in turn.

    Raises:
        TooMany: too many wrong pairs by this citizen, or against this number.
    """
    wanted = case_number(number)
    await _count_guess(office, asker, wanted)
    case = await office.stores.cases.get(wanted)
    given = factor(office, wanted, last_four)
    known = case.factors if case else frozenset({factor(office, wanted, "none")})
    right = any([hmac.compare_digest(given, one) for one in sorted(known)])  # noqa: C419  (all are compared)
    if case is None or not right:
        return None
    await _take_back(office, asker, wanted)
    await office.stores.cases.save_for(asker.id, case.number)
    return case


async def _count_guess(office: Office, asker: ConversationKey, number: str) -> None:
    limits = office.release.rules.limits
    most = limits.status_guesses
    await _count(office, _by_asker(asker), most=most)
    await _count(office, _on_number(office, number), most=most * GUESSES_PER_NUMBER)


async def _count(office: Office, key: str, *, most: int) -> None:
    window = office.release.rules.limits.status_window
    if await office.stores.counters.hit(key, window=window) > most:
        wait = int(window.total_seconds())
        raise TooMany("too many wrong pairs: wait, or telephone", retry_after_s=wait)


async def _take_back(office: Office, asker: ConversationKey, number: str) -> None:
    window = office.release.rules.limits.status_window
    await office.stores.counters.take_back(_by_asker(asker), window=window)
    await office.stores.counters.take_back(_on_number(office, number), window=window)


def _by_asker(asker: ConversationKey) -> str:
    return f"guess/{asker.id}"


def _on_number(office: Office, number: str) -> str:
    return f"guess-number/{office.seal.keyed_hash('guess', number)}"
