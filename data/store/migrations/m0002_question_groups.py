"""Group the questions that were kept before there were groups: schema 1 becomes 2."""

from collections.abc import Sequence
from dataclasses import replace

from pymongo import ReplaceOne, UpdateOne

from data.civic.errors import StoreUnavailable
from data.civic.talk.gist import gist_of
from data.civic.talk.harm import harm_of
from data.civic.talk.unanswered import UnansweredQuestion
from data.store import question_groups, unanswered
from data.store.collection import Document, Write
from data.store.failures import DUPLICATE_KEY
from data.store.mongo import Database


async def apply(database: Database) -> None:
    """Count every question of schema 1 in its group. Idempotent: a step cut short goes on."""
    questions, after = database.collection(unanswered.COLLECTION), ""
    while found := await questions.find(
        # No more together than a group knows again, should this be cut short.
        {"_id": {"$gt": after}},
        sort=[("_id", 1)],
        limit=question_groups.REMEMBERED,
    ):
        await _count(database, [_grouped(one) for one in found if "group" not in one])
        after = found[-1]["_id"]


async def _count(database: Database, questions: Sequence[UnansweredQuestion]) -> None:
    """Count in the groups first: a question is of schema 2 only when it is counted."""
    for one in questions:
        # One by one: of two in a batch that make the same group, the second could be refused.
        write = UpdateOne(question_groups.uncounted(one), question_groups.counted(one), upsert=True)
        await _write(database, question_groups.COLLECTION, [write])
    kept: list[Write] = [
        ReplaceOne[Document]({"_id": one.message}, unanswered.to_document(one)) for one in questions
    ]
    await _write(database, unanswered.COLLECTION, kept)


async def _write(database: Database, name: str, writes: Sequence[Write]) -> None:
    if not writes:
        return
    refused = await database.collection(name).write_all(writes)
    if set(refused.values()) - {DUPLICATE_KEY}:
        raise StoreUnavailable(f"{name}: not all questions could be grouped: start again")


def _grouped(document: Document) -> UnansweredQuestion:
    question = unanswered.from_document(document)
    return replace(question, gist=gist_of(question.text), harm=harm_of(question.why))
