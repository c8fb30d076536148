"""Messages of an informing, for tests of messengers."""

from bot.channels.messengers import Outgoing
from data.civic.ids import AreaCode, ConversationId, GridId, PersonId
from data.civic.sending.batches import Sent
from data.civic.sending.rows import Ending, Rung

FIELDS = {
    "title": "台风红色预警",
    "area": "临浦镇",
    "time": "2026年7月1日 15:01",
    "advice": "请立即转移",
}


def outgoing(
    person: int = 1,
    *,
    rung: Rung = Rung.SMS,
    text: str = "台风红色预警",
    phone: str | None = "13800000001",
    conversation: str | None = None,
    fields: dict[str, str] | None = None,
    drill: bool = False,
) -> Outgoing:
    return Outgoing(
        informing=7,
        person=PersonId(person),
        rung=rung,
        number=1,
        village=AreaCode("330109105201"),
        grid=GridId("330109105201-1"),
        text=text,
        fields=FIELDS if fields is None else fields,
        conversation=ConversationId(conversation) if conversation else None,
        phone=phone,
        drill=drill,
    )


def endings(sent: object) -> list[tuple[Ending, str]]:
    assert isinstance(sent, list)
    told: list[Sent] = sent
    return [(one.ending, one.error) for one in told]
