"""The text inside a safety code: packed, signed, in base45 behind `SQ1:`; of 130 characters.

Inside stand the version, which key signed, a random handle, the kind, and from when to when: 20
bytes, then 64 of Ed25519. Who it is, how they are and what colour they have stands nowhere in it.
One code has one spelling: another text is another code, and refused.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, StrEnum

from data.civic.errors import BadInput
from data.civic.safety import spelling

PREFIX = "SQ1:"
LENGTH = 130
"""Characters of every code: one that is longer or shorter is none."""
VERSION = 1
LARGEST_HANDLE = (1 << 64) - 1

_PACKED = struct.Struct(">BHQBII")
_NUMBERS = 10**10

Sign = Callable[[bytes], bytes]
"""Signs the packed bytes: 64 bytes, Ed25519."""


class CodeKind(Enum):
    """In what form a code is carried; the value is its byte."""

    SCREEN = 1
    """On a telephone: another one every minute."""
    SHEET = 2
    """Printed on paper, for a person or a door."""
    PENDANT = 3
    """Printed small, worn around the neck."""

    @property
    def printed(self) -> bool:
        """Say whether it is carried without a telephone, and so may be copied."""
        return self is not CodeKind.SCREEN


class Unreadable(StrEnum):
    """Why a text is no code of ours."""

    FOREIGN = "foreign"
    """It does not begin as our codes do: another QR code was scanned."""
    LENGTH = "length"
    """Something was cut off or added."""
    SPELLING = "spelling"
    """Characters that do not stand in a code, lower case among them."""
    VERSION = "version"
    """A newer form than this program knows."""
    CONTENT = "content"
    """It can be read and says what no code says."""


class NoCode(BadInput):
    """A text that is no code; `why` is the reason in one word, for a table of words."""

    def __init__(self, message: str, *, why: Unreadable) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What stands in a code, whole seconds."""

    key: int
    """Which key signed: 16 bits."""
    handle: int
    """Random, 64 bits, never 0: whose it is stands in the store alone."""
    kind: CodeKind
    issued: datetime
    expires: datetime
    """The first moment at which it no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A code as it was read, before anybody has looked whether the signature fits."""

    code: Code
    packed: bytes
    signature: bytes


def pack(code: Code, sign: Sign) -> str:
    """Write a code and sign it.

    Raises:
        BadInput: something in it does not fit, or it expires before it is issued.
    """
    issued, expires = int(code.issued.timestamp()), int(code.expires.timestamp())
    if not (0 < code.handle <= LARGEST_HANDLE and issued < expires):
        raise BadInput("a code has a handle of 64 bits and expires after it was issued")
    try:
        packed = _PACKED.pack(VERSION, code.key, code.handle, code.kind.value, issued, expires)
    except struct.error as error:
        raise BadInput(f"a code cannot hold this: {error}") from error
    return PREFIX + spelling.encode(packed + sign(packed))


def unpack(text: str) -> Signed:
    """Read a code; the signature is still to be checked.

    Raises:
        NoCode: it is none of ours, with the reason.
    """
    if not text.startswith(PREFIX):
        raise NoCode("no safety code: it begins with SQ1:", why=Unreadable.FOREIGN)
    if len(text) != LENGTH:
        what = f"a code has {LENGTH} characters, this text {len(text)}: scan it again"
        raise NoCode(what, why=Unreadable.LENGTH)
    try:
        content = spelling.decode(text[len(PREFIX) :])
    except BadInput as error:
        raise NoCode(f"not as a code is written: {error}", why=Unreadable.SPELLING) from error
    packed = content[: _PACKED.size]
    return Signed(code=_code(packed), packed=packed, signature=content[_PACKED.size :])


def _code(packed: bytes) -> Code:
    version, key, handle, kind, issued, expires = _PACKED.unpack(packed)
    if version != VERSION:
        what = f"a code of version {version}: bring this program up to date"
        raise NoCode(what, why=Unreadable.VERSION)
    known = _KINDS.get(kind)
    if known is None or not handle or issued >= expires:
        raise NoCode("it says what no code says", why=Unreadable.CONTENT)
    return Code(
        key=key,
        handle=handle,
        kind=known,
        issued=datetime.fromtimestamp(issued, UTC),
        expires=datetime.fromtimestamp(expires, UTC),
    )


_KINDS = {one.value: one for one in CodeKind}


def number_of(handle: int) -> int:
    """Tell the ten digits by which a code is known where no camera is; the store keeps them apart.

    They prove nothing, for they hold no signature: who types them compares name and year of birth.
    """
    return handle % _NUMBERS


def in_digits(handle: int) -> str:
    """Write them to be read aloud: 1234 5678 9012, the last two to check the others."""
    number = number_of(handle)
    whole = f"{number:010}{_check(number):02}"
    return " ".join((whole[:4], whole[4:8], whole[8:]))


def typed(text: str) -> int:
    """Read the digits that somebody typed, however grouped, also in full width.

    Source: ISO 7064 MOD 97-10, which finds every wrong digit and every exchange of two.

    Raises:
        BadInput: they are not twelve, or one is mistyped.
    """
    digits = "".join(one for one in text.translate(_WIDE) if one not in " -\u3000\t")
    if not (len(digits) == 12 and digits.isascii() and digits.isdecimal()):
        raise BadInput("twelve digits stand under a code: type all of them")
    number, check = int(digits[:10]), int(digits[10:])
    if check != _check(number):
        raise BadInput("a digit is mistyped: compare them once more")
    return number


def _check(number: int) -> int:
    return 98 - number * 100 % 97


_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
