"""Read what a form sent."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from data.civic.errors import BadInput

FORM = "application/x-www-form-urlencoded"
MOST = 20
"""No form of ours has so many fields."""


async def fields(request: web.Request) -> Mapping[str, str]:
    """Read the fields of a form; of one that stands twice the last.

    Raises:
        BadInput: it is no form, not UTF-8, or has too many fields.
    """
    if request.content_type != FORM:
        raise BadInput(f"send the form as {FORM}")
    body = await request.read()
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST))
    except ValueError as error:
        raise BadInput("the form cannot be read: send it as UTF-8") from error
