"""Write a reply as plain text, for channels that know nothing else."""

from typing import assert_never

from data.civic.talk.messages import Choices, Part, Reply, Say

WECHAT_BYTES = 2048
"""UTF-8 bytes of one text. Source: error 45002 of WeChat, which names no number; SDKs use this."""


def as_text(reply: Reply, *, care: bool) -> str:
    """Join the parts of a reply; choices become numbered lines. Empty: nothing is to be said."""
    return "\n\n".join(filter(None, (_written(part, care=care) for part in reply.parts)))


def _written(part: Part, *, care: bool) -> str:
    match part:
        case Say(full=full, plain=plain):
            return plain if care else full
        case Choices(options=options):
            return "\n".join(f"{n}. {option.label}" for n, option in enumerate(options, start=1))
        case _:
            assert_never(part)


def parts(text: str, *, limit: int = WECHAT_BYTES) -> tuple[str, ...]:
    """Split a text into parts of at most `limit` UTF-8 bytes, in order; nothing gets lost.

    A part ends at the end of a line where one lies in its second half, else at a character.
    """
    rest, done = text.encode("utf-8", "ignore"), []
    while rest:
        end = _end_of_part(rest, limit)
        done.append(rest[:end].decode())
        rest = rest[end:]
    return tuple(done)


def within(texts: tuple[str, ...], most: int, more: str) -> tuple[str, ...]:
    """Keep at most `most` of these texts; where some are left out, the last ends with `more`."""
    if len(texts) <= most or most < 1:
        return texts[:most]
    kept, last = texts[: most - 1], texts[most - 1]
    room = WECHAT_BYTES - len(more.encode()) - 1
    return (*kept, f"{parts(last, limit=room)[0].rstrip()}\n{more}")


def _end_of_part(text: bytes, limit: int) -> int:
    if len(text) <= limit:
        return len(text)
    line = text.rfind(b"\n", limit // 2, limit) + 1
    if line:
        return line
    end = limit
    while text[end] & 0b1100_0000 == 0b1000_0000:  # inside a character
        end -= 1
    return end
