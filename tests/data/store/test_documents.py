"""Every record comes back from its document as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import bson
import pytest
from bson.codec_options import CodecOptions
from hypothesis import given
from hypothesis import strategies as st

from data.civic.audit import Entry
from data.civic.knowing.cases import Case
from data.civic.knowing.drafts import Draft
from data.civic.knowing.releases import Manifest, Origin
from data.civic.knowing.stories import Story
from data.civic.people import ApiToken, CitizenSession, Staff, StaffSession
from data.civic.sending.deliveries import Delivery
from data.civic.talk.conversations import Conversation
from data.civic.talk.messages import Choices, Message, Reply, Say
from data.civic.talk.tickets import Ticket
from data.civic.talk.unanswered import UnansweredQuestion
from data.store import (
    audit,
    cases,
    citizens,
    conversations,
    drafts,
    messages,
    outbox,
    platform_tokens,
    releases,
    replies,
    staff,
    staff_sessions,
    stories,
    tickets,
    tokens,
    unanswered,
)
from data.store.platform_tokens import PlatformToken
from tests import builders

Document = dict[str, Any]

SEAL = builders.seal()
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001  (hypothesis adds the zone)
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda one: one.replace(microsecond=one.microsecond // 1000 * 1000))

st.register_type_strategy(str, TEXTS)
st.register_type_strategy(int, st.integers(0, 1 << 31))
st.register_type_strategy(float, st.floats(0, 1))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(date, st.dates(date(1970, 1, 1), date(2100, 1, 1)))

PAIRS: list[tuple[type, Callable[[Any], Document], Callable[[Document], Any]]] = [
    (Conversation, conversations.to_document, conversations.from_document),
    (Delivery, outbox.to_document, outbox.from_document),
    (Ticket, tickets.to_document, tickets.from_document),
    (Draft, drafts.to_document, drafts.from_document),
    (Story, stories.to_document, stories.from_document),
    (Case, cases.to_document, cases.from_document),
    (CitizenSession, citizens.to_document, citizens.from_document),
    (Staff, staff.to_document, staff.from_document),
    (StaffSession, staff_sessions.to_document, staff_sessions.from_document),
    (ApiToken, tokens.to_document, tokens.from_document),
    (Entry, audit.to_document, audit.from_document),
    (UnansweredQuestion, unanswered.to_document, unanswered.from_document),
    (
        PlatformToken,
        lambda token: platform_tokens.to_document(token, SEAL),
        lambda document: platform_tokens.from_document(document, SEAL),
    ),
]


def through_bson(document: Document) -> Document:
    options: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)
    return bson.decode(bson.encode(document), options)


@pytest.mark.parametrize(("record", "to", "back"), PAIRS, ids=[pair[0].__name__ for pair in PAIRS])
@given(data=st.data())
def test_a_record_survives_its_document(
    record: type,
    to: Callable[[Any], Document],
    back: Callable[[Document], Any],
    data: st.DataObject,
) -> None:
    one = data.draw(st.from_type(record))
    assert back(through_bson(to(one))) == one


@given(st.builds(Reply, parts=st.lists(st.from_type(Say) | st.from_type(Choices)).map(tuple)))
def test_a_reply_survives_without_the_moves_that_are_carried_out(reply: Reply) -> None:
    kept = replies.from_document(through_bson(replies.to_document(reply)))
    assert (kept.parts, kept.outcome, kept.intent) == (reply.parts, reply.outcome, reply.intent)
    assert (kept.aspect, kept.source, kept.moves) == (reply.aspect, reply.source, ())


@given(st.from_type(Message))
def test_a_message_survives_given_its_words(message: Message) -> None:
    document = through_bson(messages.to_document(message, sealed=b"sealed"))
    assert messages.from_document(document, text=message.text) == message


@given(st.dictionaries(TEXTS, TEXTS, max_size=4), TEXTS, MOMENTS)
def test_a_manifest_survives_whatever_its_paths(
    files: dict[str, str], model: str, at: datetime
) -> None:
    manifest = Manifest(files=files, model=model)
    document = releases.to_document(manifest, {}, origin=Origin.FILES, at=at)
    assert releases.manifest_from_document(through_bson(document)) == manifest
