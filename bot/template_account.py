"""The template by which an account sends warnings to those who have subscribed.

alert_template = {id="…", kind="long_term"|"one_time", page="pages/alert/detail",
                  fields={thing1="title", time2="time"}, per_second=200}
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data.civic.sending.subscriptions import TemplateKind

TemplateId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
FieldKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,30}\d{1,2}$")]
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,30}$")]
PagePath = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_/-]{1,120}$")]


class AlertTemplate(BaseModel):
    """A template as the platform has approved it, and what of a warning goes into which field."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: TemplateId
    kind: TemplateKind = TemplateKind.LONG_TERM
    page: PagePath
    """What opens behind it: the page that shows the warning in full."""
    fields: Annotated[Mapping[FieldKey, FieldName], Field(min_length=1, max_length=10)]
    """The platform's field → the name of the words: title, area, colour, time, advice …"""
    per_second: Annotated[int, Field(ge=1, le=10_000)] = 200
    """How many messages a second are sent by it."""
