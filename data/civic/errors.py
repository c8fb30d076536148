"""The errors of the house, as a tree.

    BianminError
    ├── BadInput              what was sent cannot be read or is not allowed
    │   ├── BadSignature      the sender did not prove who it is
    │   └── TooLarge          more than the door takes
    ├── NotFound              nothing stands under that name
    ├── Conflict              somebody else was first, or the life cycle forbids the step
    ├── Refused               this person may not do this
    │   └── NotSignedIn       nobody has signed in
    ├── TooMany               asked too often; wait
    ├── Unavailable           a part that is needed does not answer
    │   ├── StoreUnavailable      the database
    │   ├── EarUnavailable        the model
    │   │   └── TrainingFailed    a model could not be made; `why` says what to do about it
    │   └── PlatformUnavailable   WeChat or Alipay
    ├── PlatformRefused       a platform answered with an error code
    └── Mistakes              settings, accounts or content are wrong; all of them at once

A message says what, which one, and what to do. Words for citizens stand in one table
(`handlers/switchboard.py`), HTTP statuses in another (`bot/errors.py`).
"""

from dataclasses import dataclass


class BianminError(Exception):
    """Any error that the house itself raises."""


class BadInput(BianminError):
    """What was sent cannot be read, or is not allowed here."""


class BadSignature(BadInput):
    """The sender did not prove who it is."""


class TooLarge(BadInput):
    """More was sent than this door takes."""


class NotFound(BianminError):
    """Nothing stands under that name."""


class Conflict(BianminError):
    """Somebody else was first, or the life cycle forbids this step."""


class Refused(BianminError):
    """This person may not do this."""


class NotSignedIn(Refused):
    """Nobody has signed in, or the session has ended."""


class TooMany(BianminError):
    """Asked too often; `retry_after_s` says how many seconds to wait."""

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unavailable(BianminError):
    """A part that is needed does not answer."""


class StoreUnavailable(Unavailable):
    """The database does not answer."""


class EarUnavailable(Unavailable):
    """The model cannot be asked."""


class TrainingFailed(EarUnavailable):
    """A model could not be made; `why` is the reason in one word, for a table of words."""

    def __init__(self, message: str, *, why: str) -> None:
        super().__init__(message)
        self.why = why


class PlatformUnavailable(Unavailable):
    """WeChat or Alipay does not answer."""


class PlatformRefused(BianminError):
    """A platform answered with an error `code`."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong in a file or setting: where, and what to do."""

    where: str
    what: str
    line: int | None = None

    def __str__(self) -> str:
        """Write it as `file:line: what`."""
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.what}"


class Mistakes(BianminError):
    """Settings, accounts or content are wrong: every mistake at once, in `mistakes`."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
