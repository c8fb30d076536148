"""Look up an application by its number and a second factor, and slow down who guesses."""

import hmac

from data.civic.errors import TooMany
from data.civic.ids import CaseNumber
from data.civic.knowing.cases import Case
from data.civic.talk.conversations import ConversationKey
from handlers.office import Office

GUESSES_PER_NUMBER = 4
"""How many citizens' worth of wrong guesses one number bears before it is closed for a while."""


def factor(office: Office, number: str, last_four: str) -> str:
    """Hash a second factor together with its number, as it is stored in a case."""
    return office.seal.keyed_hash("case-factor", f"{number}/{last_four.upper()}")


async def look_up(
    office: Office, asker: ConversationKey, *, number: str, last_four: str
) -> Case | None:
    """Find the case and keep it among the asker's own; None if number or factor is wrong.

    Raises:
        TooMany: too many wrong pairs by this citizen, or against this number.
    """
    await _not_guessing(office, asker, number)
    case = await office.stores.cases.get(CaseNumber(number))
    given = factor(office, number, last_four)
    known = case.factors if case else frozenset({factor(office, number, "none")})
    right = any([hmac.compare_digest(given, one) for one in sorted(known)])  # noqa: C419  (all are compared)
    if case is not None and right:
        await office.stores.cases.save_for(asker.id, case.number)
        return case
    await _note_guess(office, asker, number)
    return None


async def _not_guessing(office: Office, asker: ConversationKey, number: str) -> None:
    limits = office.release.rules.limits
    window = limits.status_window
    by_asker = await office.stores.counters.count(_by_asker(asker), window=window)
    on_number = await office.stores.counters.count(_on_number(office, number), window=window)
    most = limits.status_guesses
    if by_asker >= most or on_number >= most * GUESSES_PER_NUMBER:
        wait = int(window.total_seconds())
        raise TooMany("too many wrong pairs: wait, or telephone", retry_after_s=wait)


async def _note_guess(office: Office, asker: ConversationKey, number: str) -> None:
    window = office.release.rules.limits.status_window
    await office.stores.counters.hit(_by_asker(asker), window=window)
    await office.stores.counters.hit(_on_number(office, number), window=window)


def _by_asker(asker: ConversationKey) -> str:
    return f"guess/{asker.id}"


def _on_number(office: Office, number: str) -> str:
    return f"guess-number/{office.seal.keyed_hash('guess', number)}"
