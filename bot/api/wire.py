"""What goes over the wire of the citizens' API: the models, and from records to them."""

from datetime import datetime
from typing import Annotated, Literal, assert_never

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from data.civic.labels import Aspect, Channel, Outcome
from data.civic.talk.messages import Choices, Part, Reply, Say

Platform = Literal["wechat", "alipay"]
CHANNEL_OF: dict[str, Channel] = {"wechat": Channel.WECHAT_MINI, "alipay": Channel.ALIPAY_MINI}

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
AreaText = Annotated[str, StringConstraints(pattern=r"^\d{6}(\d{3}(\d{3})?)?$")]
TEXT_CHARS = 10_000
"""Longest text that is taken in; what is too long to understand is answered in words."""


class Wire(BaseModel):
    """A body: no field that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SignIn(Wire):
    """The code that the platform gave to the page."""

    platform: Platform
    account: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=512)]


class SignedIn(Wire):
    """A session: send the token as `Authorization: Bearer …`."""

    token: str
    expires_at: datetime


class NewMessage(Wire):
    """What the citizen says; the same `client_message_id` is answered once."""

    client_message_id: Key
    text: Annotated[str, StringConstraints(max_length=TEXT_CHARS)]
    care: bool | None = None
    place: AreaText | None = None


class SayPart(Wire):
    """Words, in the version to be shown, with the two others."""

    kind: Literal["say"] = "say"
    text: str
    plain: str
    speech: str


class ChoicesPart(Wire):
    """Things to tap; each is sent back as text."""

    kind: Literal["choices"] = "choices"
    choices: list[str]


WirePart = Annotated[SayPart | ChoicesPart, Field(discriminator="kind")]


class SourceOut(Wire):
    """Which guide was shown."""

    guide: str
    version: str
    area: str


class MessageOut(Wire):
    """The answer to a message."""

    message_id: str
    conversation: str
    intent: str | None
    aspect: Aspect | None
    outcome: Outcome
    parts: list[WirePart]
    source: SourceOut | None
    care: bool


class LineOut(Wire):
    """One line of the history, in masked words."""

    at: datetime
    from_: Annotated[Literal["citizen", "assistant", "staff"], Field(serialization_alias="from")]
    text: str
    parts: list[WirePart] = []


class LinesOut(Wire):
    """The newest lines, newest last."""

    lines: list[LineOut]


class CaseLookUp(Wire):
    """An application's number and the last four of the phone or ID number it was made with."""

    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{6,32}$")]
    last_four: Annotated[str, StringConstraints(pattern=r"^\d{3}[\dXx]$")]


class CaseOut(Wire):
    """Where an application stands."""

    number: str
    title: str
    state: str
    words: str
    changed_at: datetime
    due_on: str | None


class CasesOut(Wire):
    """The applications that this citizen has looked up."""

    cases: list[CaseOut]


class GuideLine(Wire):
    """A guide in a list."""

    id: str
    title: str
    department: str


class GuidesOut(Wire):
    """Guides, those that fit a query best first."""

    guides: list[GuideLine]


class MaterialOut(Wire):
    """One thing to bring."""

    name: str
    form: str
    note: str
    electronic: str


class ElementOut(Wire):
    """One element of a guide; `status` says how far it can be trusted."""

    name: str
    status: str
    text: str
    plain: str
    items: list[MaterialOut]
    to_check: bool
    basis: list[str]


class GuideOut(Wire):
    """A guide as it holds for an area."""

    id: str
    version: str
    title: str
    department: str
    area: str
    summary: str
    plain: str
    speech: str
    checked_on: str
    expired: bool
    elements: list[ElementOut]


class PlaceOut(Wire):
    """An area that can be chosen."""

    code: str
    name: str


class PlacesOut(Wire):
    """The county and its towns."""

    county: PlaceOut
    towns: list[PlaceOut]


class Problem(Wire):
    """An error, as RFC 9457 writes it."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str


def parts_of(reply: Reply) -> list[WirePart]:
    """Write the parts of a reply, in the version that this citizen reads."""
    return [_part(part, care=reply.care) for part in reply.parts]


def _part(part: Part, *, care: bool) -> SayPart | ChoicesPart:
    match part:
        case Say(full=full, plain=plain, spoken=spoken):
            return SayPart(text=plain if care else full, plain=plain, speech=spoken)
        case Choices(options=options):
            return ChoicesPart(choices=[option.label for option in options])
        case _:
            assert_never(part)
