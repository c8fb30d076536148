"""Read a request's body and query into its model, or say what is wrong with which field."""

from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.body_fields import in_words
from data.civic.errors import BadInput

M = TypeVar("M", bound=BaseModel)


async def read_json(request: web.Request, model: type[M]) -> M:
    """Read the JSON body.

    Raises:
        BadInput: it is not JSON, not UTF-8, or a field is wrong.
    """
    if request.content_type != "application/json":
        raise BadInput("send the body as application/json")
    body = await request.read()
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise BadInput(in_words(error)) from error


def read_query(request: web.Request, model: type[M]) -> M:
    """Read the query.

    Raises:
        BadInput: a parameter is wrong, unknown, or stands twice.
    """
    if len(request.query) != len(set(request.query)):
        raise BadInput("a query parameter stands twice")
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as error:
        raise BadInput(in_words(error)) from error
