"""The shapes of `rules/*.toml`: danger, aspects, thresholds, limits, calendar."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from data.civic.calendar import WorkCalendar
from data.civic.knowing.reading import ReadingRules
from data.civic.knowing.releases import (
    AspectRule,
    DangerRule,
    DangerRules,
    Limits,
    Replies,
    Thresholds,
)
from data.civic.labels import Aspect
from data.content.shapes.shape import Name, Shape, Text

Texts = Annotated[list[Text], Field(min_length=1)]


class DangerShape(Shape):
    """One danger and the words by which it is heard."""

    id: Name
    patterns: Texts
    emergency: Texts
    examples: Texts


class LookAlikeShape(Shape):
    """Words that only look like danger, and are taken out before danger is looked for."""

    id: Name
    patterns: Texts
    examples: tuple[Text, ...] = ()


class DangerFile(Shape):
    """`rules/danger.toml`."""

    danger: Annotated[list[DangerShape], Field(min_length=1)]
    look_alike: tuple[LookAlikeShape, ...] = ()

    def record(self) -> DangerRules:
        """Make the record."""
        rules = tuple(
            DangerRule(id=d.id, patterns=tuple(d.patterns), emergency=tuple(d.emergency))
            for d in self.danger
        )
        look_alikes = tuple(pattern for one in self.look_alike for pattern in one.patterns)
        return DangerRules(rules=rules, look_alikes=look_alikes)


class AspectShape(Shape):
    """One aspect and the words by which it is asked for."""

    id: Aspect
    title: Text
    patterns: Texts
    alone: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()


class AspectsFile(Shape):
    """`rules/aspects.toml`."""

    aspect: list[AspectShape]

    def record(self) -> tuple[AspectRule, ...]:
        """Make the records, in order of precedence."""
        return tuple(
            AspectRule(
                aspect=one.id,
                title=one.title,
                patterns=tuple(one.patterns),
                alone=frozenset(one.alone),
            )
            for one in self.aspect
        )


class ThresholdsFile(Shape):
    """`rules/thresholds.toml`."""

    answer_score: float
    answer_margin: Annotated[float, Field(ge=0)]
    clarify_score: float
    temperature: Annotated[float, Field(gt=0)]
    narrow: Annotated[float, Field(ge=1, le=10)] = 1.0

    def record(self) -> Thresholds:
        """Make the record."""
        return Thresholds(**self.model_dump())


class LimitsFile(Shape):
    """`rules/limits.toml`."""

    hotline: Text
    text_chars: Annotated[int, Field(ge=100, le=2000)]
    messages_a_minute: Annotated[int, Field(ge=1)]
    status_guesses: Annotated[int, Field(ge=1)]
    status_window_minutes: Annotated[int, Field(ge=1)]
    human_returns_after_minutes: Annotated[int, Field(ge=1)]
    called_again_after_minutes: Annotated[int, Field(ge=1)] = 5

    def record(self) -> Limits:
        """Make the record."""
        return Limits(
            text_chars=self.text_chars,
            messages_a_minute=self.messages_a_minute,
            status_guesses=self.status_guesses,
            status_window=timedelta(minutes=self.status_window_minutes),
            human_returns_after=timedelta(minutes=self.human_returns_after_minutes),
            called_again_after=timedelta(minutes=self.called_again_after_minutes),
        )


class RepliesFile(Shape):
    """`rules/replies.toml`."""

    cancel: Texts
    none: Texts
    care_off: Texts
    useless: tuple[Text, ...] = ()
    small_words: str = ""
    received: tuple[Text, ...] = ()
    safe: tuple[Text, ...] = ()
    stays: tuple[Text, ...] = ()
    doubtful: tuple[Text, ...] = ()
    harmless: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()
    unsafe: tuple[Text, ...] = ()
    goes: tuple[Text, ...] = ()
    mistaken: tuple[Text, ...] = ()
    leaving: tuple[Text, ...] = ()

    def record(self) -> Replies:
        """Make the record."""
        return Replies(
            cancel=frozenset(self.cancel),
            none=frozenset(self.none),
            care_off=tuple(self.care_off),
            useless=frozenset(self.useless),
            small_words=frozenset(self.small_words),
            received=self.received,
            safe=self.safe,
            stays=self.stays,
            doubtful=self.doubtful,
            harmless=self.harmless,
            needs=self.needs,
            unsafe=self.unsafe,
            goes=self.goes,
            mistaken=frozenset(self.mistaken),
            leaving=self.leaving,
        )


class ReadingFile(Shape):
    """`rules/reading.toml`; the file may be absent."""

    longest_sentence: Annotated[int, Field(ge=20, le=500)] = 80
    longest_plain_sentence: Annotated[int, Field(ge=10, le=120)] = 40
    official: dict[Text, str] = Field(default_factory=dict)
    abbreviations: dict[Text, str] = Field(default_factory=dict)
    known_letters: tuple[Text, ...] = ()

    def record(self) -> ReadingRules:
        """Make the record."""
        return ReadingRules(
            longest_sentence=self.longest_sentence,
            longest_plain_sentence=self.longest_plain_sentence,
            official=self.official,
            abbreviations=self.abbreviations,
            known_letters=frozenset(self.known_letters),
        )


class YearShape(Shape):
    """The holidays of one year as the State Council announced them."""

    year: int
    source: Text
    url: str = ""
    read_on: date | None = None
    holidays: list[date]
    workdays: tuple[date, ...] = ()


class CalendarFile(Shape):
    """`rules/calendar.toml`."""

    year: list[YearShape]

    def record(self) -> WorkCalendar:
        """Make the record."""
        return WorkCalendar(
            years=frozenset(one.year for one in self.year),
            holidays=frozenset(day for one in self.year for day in one.holidays),
            workdays=frozenset(day for one in self.year for day in one.workdays),
        )
