"""What the database's errors mean to us: the one table from the driver's errors to ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bson.errors import BSONError
from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError, PyMongoError

from data.civic.errors import BadInput, Conflict, StoreUnavailable, TooLarge

DUPLICATE_KEY = 11000
"""Source: MongoDB error codes, read 2026-11-21."""


class Duplicate(Conflict):
    """Something stands already under this unique key."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Turn the driver's errors into ours; `what` says which operation on which collection.

    Raises:
        Duplicate: a unique key is taken.
        TooLarge: the document does not fit.
        BadInput: it cannot be stored, for example half a character.
        StoreUnavailable: the database did not answer, or refused.
    """
    try:
        yield
    # The driver's own messages may repeat keys and documents, which must not reach a log.
    except DuplicateKeyError:
        raise Duplicate(f"{what}: this key is taken") from None
    except DocumentTooLarge:
        raise TooLarge(f"{what}: the document is too large") from None
    except (BSONError, UnicodeError):
        raise BadInput(f"{what}: the document cannot be stored") from None
    except TimeoutError as error:
        raise StoreUnavailable(f"{what}: the database does not answer") from error
    except PyMongoError as error:
        raise StoreUnavailable(f"{what}: {_kind(error)}") from error


def refused(error: BulkWriteError) -> Mapping[int, int]:
    """Tell which writes of a batch were refused: place in the batch → MongoDB's error code.

    Raises:
        StoreUnavailable: the others were written, but not to the journals of a majority.
    """
    details = error.details or {}
    if details.get("writeConcernErrors"):
        # The driver's error holds the documents of the batch: it must not reach a log.
        raise StoreUnavailable("a batch was written, but not durably") from None
    return {one["index"]: one["code"] for one in details.get("writeErrors", ())}


def _kind(error: PyMongoError) -> str:
    code = getattr(error, "code", None)
    name = type(error).__name__
    return f"the database answered with {name} {code}" if code else f"no answer ({name})"
