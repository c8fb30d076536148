"""Frozen records as documents and back, by their types: for records with many parts.

A field that a document lacks has its default; one that no record knows any more is passed over:
a record may grow without a migration. Among several records that may stand in one place, the
document says which it is in `_is`.
"""

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    Protocol,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from data.civic.errors import BadInput
from data.store.collection import Document

T = TypeVar("T")


class Fielded(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


IS = "_is"
_PLAIN = (str, int, float, bool, bytes, datetime, NoneType)


def write(record: Fielded) -> Document:
    """Write a record with all its parts; times of the day are kept to the millisecond."""
    return {one.name: _written(getattr(record, one.name)) for one in fields(record)}


def read(kind: type[T], document: Document) -> T:
    """Read a record.

    Raises:
        BadInput: the document is none of this kind.
    """
    types = _types(cast("Hashable", kind))
    known = fields(cast("type[Fielded]", kind))
    given = {
        one.name: _read(types[one.name], document[one.name])
        for one in known
        if one.name in document
    }
    if missing := [one.name for one in known if _needed(one) and one.name not in given]:
        raise BadInput(f"a document of {kind.__name__} lacks {', '.join(missing)}")
    return kind(**given)


def _written(part: object) -> object:
    if is_dataclass(part) and not isinstance(part, type):
        return {IS: type(part).__name__, **write(part)}
    if isinstance(part, (tuple, frozenset)):
        listed = [_written(one) for one in part]
        return listed if isinstance(part, tuple) else sorted(listed, key=str)
    if isinstance(part, Mapping):
        return {str(key): _written(value) for key, value in part.items()}
    if isinstance(part, timedelta):
        return part.total_seconds()
    if type(part) is date:
        return part.isoformat()
    return part.value if isinstance(part, Enum) else part


def _read(kind: Any, value: Any) -> Any:
    while hasattr(kind, "__supertype__"):  # a NewType
        kind = kind.__supertype__
    if get_origin(kind) in (Union, UnionType):
        return _one_of(get_args(kind), value)
    if get_origin(kind) in (tuple, frozenset):
        inner = get_args(kind)[0]
        return get_origin(kind)(_read(inner, one) for one in value)
    if get_origin(kind) is not None:  # a mapping from words
        inner = get_args(kind)[1]
        return {key: _read(inner, one) for key, one in value.items()}
    return _simple(kind, value)


def _simple(kind: Any, value: Any) -> Any:
    if kind in _PLAIN:
        return value
    if kind is timedelta:
        return timedelta(seconds=value)
    if kind is date:
        return date.fromisoformat(value)
    if is_dataclass(kind):
        return read(cast("type[object]", kind), value)
    return kind(value)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    given = [kind for kind in kinds if kind is not NoneType]
    if len(given) > 1:
        given = [kind for kind in given if kind.__name__ == value[IS]]
    return _read(given[0], value)


def _needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


@cache
def _types(kind: Hashable) -> Mapping[str, Any]:
    return get_type_hints(kind)
