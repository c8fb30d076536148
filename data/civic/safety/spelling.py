"""Base45: bytes in the characters that a QR code packs most densely, in one spelling only.

Source: RFC 9285, read 2026-11-22. Its alphabet holds no lower case letter.
"""

from data.civic.errors import BadInput

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_VALUES = {one: value for value, one in enumerate(ALPHABET)}
_PAIRS = tuple(ALPHABET[n % 45] + ALPHABET[n // 45] for n in range(45 * 45))
"""The two lower characters of every group of three, read once."""


def encode(content: bytes) -> str:
    """Write an even number of bytes, three characters for two."""
    if len(content) % 2:
        raise BadInput("an even number of bytes is written here")
    return "".join(
        _PAIRS[value % 2025] + ALPHABET[value // 2025]
        for value in (content[at] << 8 | content[at + 1] for at in range(0, len(content), 2))
    )


def decode(text: str) -> bytes:
    """Read what `encode` wrote; no other text gives the same bytes.

    Raises:
        BadInput: another character stands in it, a group is above 65,535, or one is cut.
    """
    if len(text) % 3:
        raise BadInput("the length is no multiple of three")
    try:
        read = [_VALUES[one] for one in text]
    except KeyError as error:
        raise BadInput("a character that is none of base45") from error
    groups = zip(read[::3], read[1::3], read[2::3], strict=True)
    try:
        return b"".join([(a + 45 * b + 2025 * c).to_bytes(2, "big") for a, b, c in groups])
    except OverflowError as error:
        raise BadInput("a group above 65,535: no two bytes are written so") from error
