"""Take the fields out of what a form sent: once, and kept with the request for who asks again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from data.civic.errors import BadInput, TooLarge

FORM = "application/x-www-form-urlencoded"
MOST, MOST_OF_STAFF = 40, 2_000
"""Fields that a form may have: whoever sends it, and staff who have signed in."""
LARGEST_OF_STAFF = 1 << 20
"""Bytes of a form of staff: a Chinese character takes nine."""

WITH_FILE = "multipart/form-data"
LARGEST_FILE = 32 << 20
"""Bytes of a file that staff send, with the fields around it."""
LONGEST_NAME = 120

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as a form brought it; its name is the sender's, and fit to be shown only."""

    name: str
    content: bytes = field(repr=False)


Files = Mapping[str, SentFile]

PAIRS = web.RequestKey[Pairs]("pairs", tuple)
FILES = web.RequestKey[dict[str, SentFile]]("files", dict)


async def pairs(request: web.Request) -> Pairs:
    """Read the fields of a form in their order.

    Raises:
        BadInput: it is no form, not UTF-8, or has too many fields.
    """
    return request[PAIRS] if PAIRS in request else await _read(request, MOST)


async def pairs_of_staff(request: web.Request) -> Pairs:
    """Read the fields of a form of somebody who has signed in: it may be larger.

    Raises:
        BadInput: as `pairs`. TooLarge: it has more than a megabyte.
    """
    if PAIRS not in request:
        try:
            if request.content_type == WITH_FILE:
                request[PAIRS], request[FILES] = await _read_with_files(request)
                return request[PAIRS]
            whole = request.clone(client_max_size=LARGEST_OF_STAFF)
            request[PAIRS] = await _read(whole, MOST_OF_STAFF)
        except web.HTTPRequestEntityTooLarge as error:
            raise TooLarge("the form has more than a megabyte: save it in parts") from error
    return request[PAIRS]


async def file_sent(request: web.Request, name: str) -> SentFile:
    """Take the file of a field out of a form of staff.

    Raises:
        BadInput: none was chosen. TooLarge: it has more than 32 MB.
    """
    await pairs_of_staff(request)
    found = request[FILES].get(name) if FILES in request else None
    if found is None or not found.content:
        raise BadInput("no file was chosen: choose one and send it again")
    return found


async def joined(request: web.Request) -> Mapping[str, str]:
    """Read a form of staff whose fields may stand several times: their values, one a line.

    Raises:
        As `pairs_of_staff`.
    """
    found: dict[str, str] = {}
    for name, said in await pairs_of_staff(request):
        found[name] = f"{found[name]}\n{said}" if name in found else said
    return found


async def _read(request: web.Request, most: int) -> Pairs:
    if request.content_type != FORM:
        raise BadInput(f"send the form as {FORM}")
    body = await request.read()
    try:
        return tuple(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most))
    except ValueError as error:
        raise BadInput("the form cannot be read: send it as UTF-8") from error


async def _read_with_files(request: web.Request) -> tuple[Pairs, dict[str, SentFile]]:
    """Read a form that may bring files, all of it within `LARGEST_FILE`."""
    texts: list[tuple[str, str]] = []
    files: dict[str, SentFile] = {}
    left = LARGEST_FILE
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if isinstance(part, MultipartReader) or part.name is None:
                raise BadInput("the form cannot be read: send it from the page itself")
            content = await _bounded(part, left)
            left -= len(content)
            if part.filename is not None:
                name = "".join(one for one in part.filename if one.isprintable())[:LONGEST_NAME]
                files[part.name] = SentFile(name=name, content=content)
            else:
                texts.append((part.name, content.decode()))
            if len(texts) + len(files) > MOST:
                raise BadInput("the form has too many fields")
    except ValueError as error:
        raise BadInput("the form cannot be read: send it again") from error
    return tuple(texts), files


async def _bounded(part: BodyPartReader, left: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(1 << 16):
        content += chunk
        if len(content) > left:
            raise TooLarge(f"the file has more than {LARGEST_FILE >> 20} MB: divide it")
    return bytes(content)
