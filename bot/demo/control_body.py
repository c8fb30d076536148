"""Read what the control API is told; what is not understood is refused with its place."""

from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.body_fields import in_words
from data.civic.errors import BadInput

Told = TypeVar("Told", bound=BaseModel)


async def told(request: web.Request, model: type[Told]) -> Told:
    """Read a body.

    Raises:
        BadInput: it is not as the model says.
    """
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        raise BadInput(in_words(error)) from error
