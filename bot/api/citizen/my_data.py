"""My data: what is kept, on which ground, until when, and who looked; never the content itself."""

from datetime import date, datetime

from aiohttp import web

from bot.api.citizen.sessions import session_of
from bot.api.routes import Routes, answer
from bot.api.wire import Wire
from bot.doors import HOUSE
from data.civic.privacy import mask_name
from data.civic.safety.grounds import Basis
from handlers.acts.my_records import MyRecords, my_records
from handlers.my_records_words import basis_words, purpose_words, until_words, what_words
from handlers.office import Office

routes = Routes()


class RecordOut(Wire):
    """Things that are kept on one ground."""

    what: str
    basis: Basis
    basis_words: str
    notice: str
    until: date | None
    until_words: str


class LookOut(Wire):
    """Somebody of the staff who looked, or did something."""

    at: datetime
    who: str
    purpose: str


class PersonRecordsOut(Wire):
    """All that is kept of one person."""

    name: str
    """Masked."""
    own: bool
    records: list[RecordOut]
    looks: list[LookOut]


class MyDataOut(Wire):
    """Oneself first, then the family who agreed; nobody registered: empty."""

    people: list[PersonRecordsOut]


@routes.on("GET /my-data", summary="What is kept of me, and who looked", answer=MyDataOut)
async def mine(request: web.Request) -> web.Response:
    """Tell what is kept of who is registered in this conversation."""
    session, office = await session_of(request), request.app[HOUSE].office()
    found = await my_records(office, session.key.id)
    return answer(MyDataOut(people=[_person(office, one) for one in found]))


def _person(office: Office, one: MyRecords) -> PersonRecordsOut:
    release = office.release
    records = [
        RecordOut(
            what=what_words(release, each),
            basis=each.basis,
            basis_words=basis_words(release, each),
            notice=each.notice,
            until=each.until,
            until_words=until_words(release, each),
        )
        for each in one.records
    ]
    looks = [
        LookOut(at=each.at, who=each.who, purpose=purpose_words(release, each))
        for each in one.looks
    ]
    return PersonRecordsOut(
        name=mask_name(one.person.name), own=one.own, records=records, looks=looks
    )
