"""What all shapes share: strictness, sentences, and how long a plain version may be."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from data.civic.knowing.sentences import PLAIN_LIMIT, Sentence, spoken_from


class Shape(BaseModel):
    """A table of a content file: no key that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def wrong(code: str, what: str) -> PydanticCustomError:
    """Make the error of a rule of ours; pages tell by `code` what to say, and at which field."""
    return PydanticCustomError(code, "{what}", {"what": what})


def short_enough(text: str) -> str:
    """Refuse a plain version that is longer than `PLAIN_LIMIT` characters."""
    if len(text) > PLAIN_LIMIT:
        what = f"a plain version has at most {PLAIN_LIMIT} characters, not {len(text)}"
        raise wrong("plain_too_long", what)
    return text


Text = Annotated[str, StringConstraints(min_length=1)]
Plain = Annotated[str, StringConstraints(min_length=1), AfterValidator(short_enough)]
_FILLED = re.compile(r"\{\w+\}")
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class SentenceShape(Shape):
    """One sentence in three versions; what is left out is made from the one before."""

    full: Text
    plain: Plain | None = None
    spoken: str | None = None

    @model_validator(mode="after")
    def _has_plain(self) -> Self:
        if self.plain is None and len(self.full) > PLAIN_LIMIT:
            what = f"longer than {PLAIN_LIMIT} characters: give a plain version too"
            raise wrong("needs_plain", what)
        return self

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        said = " ".join(filter(None, (self.full, self.plain, self.spoken)))
        if set("{}") & set(_FILLED.sub("", said)):
            raise wrong("braces", "braces stand around the name of a placeholder, and nowhere else")
        return self

    def record(self) -> Sentence:
        """Make the record."""
        return sentence(self.full, plain=self.plain, spoken=self.spoken)


def sentence(full: str, *, plain: str | None, spoken: str | None) -> Sentence:
    """Make a sentence; the plain version defaults to the full, the spoken to the plain."""
    simple = plain or full
    return Sentence(full=full, plain=simple, spoken=spoken or spoken_from(simple))
