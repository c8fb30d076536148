"""Replies as documents, so that a repeated message is given the same words again."""

from typing import assert_never

from data.civic.labels import Aspect, Outcome
from data.civic.talk.messages import Choices, Part, Reply, Say, Source
from data.store.collection import Document
from data.store.options import option_from_document, option_to_document


def to_document(reply: Reply) -> Document:
    """Write a reply; schema 1. Its moves are carried out already and are not kept."""
    source = reply.source
    return {
        "parts": [_part_to_document(part) for part in reply.parts],
        "outcome": reply.outcome.value,
        "intent": reply.intent,
        "aspect": reply.aspect and reply.aspect.value,
        "care": reply.care,
        "source": source
        and {"guide": source.guide, "version": source.version, "area": source.area},
    }


def from_document(document: Document) -> Reply:
    """Read a reply; schema 1."""
    aspect, source = document["aspect"], document["source"]
    return Reply(
        parts=tuple(_part_from_document(part) for part in document["parts"]),
        outcome=Outcome(document["outcome"]),
        intent=document["intent"],
        aspect=Aspect(aspect) if aspect else None,
        source=Source(**source) if source else None,
        care=document["care"],
    )


def _part_to_document(part: Part) -> Document:
    match part:
        case Say(full=full, plain=plain, spoken=spoken):
            return {"kind": "say", "full": full, "plain": plain, "spoken": spoken}
        case Choices(options=options):
            return {"kind": "choices", "options": [option_to_document(one) for one in options]}
        case _:
            assert_never(part)


def _part_from_document(document: Document) -> Part:
    if document["kind"] == "choices":
        return Choices(options=tuple(option_from_document(one) for one in document["options"]))
    return Say(full=document["full"], plain=document["plain"], spoken=document["spoken"])
