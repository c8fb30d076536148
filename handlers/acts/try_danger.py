"""Try danger words before they are saved: cries must be heard, service questions must not fire."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache

from data.civic.knowing.releases import DangerRules
from data.civic.labels import Kind
from data.content.drafted import Drafted
from data.content.shapes.rules import DangerFile
from handlers.office import Office
from intents.danger import DangerEar
from intents.normalise import clean


def unheard(rules: DangerFile) -> Sequence[str]:
    """List the examples of dangers that these rules do not hear."""
    ear = DangerEar(rules.record())
    return [text for one in rules.danger for text in one.examples if ear.hear(clean(text)) is None]


async def fires_wrongly(office: Office, rules: DangerFile, draft: Drafted) -> Sequence[str]:
    """List examples of services that these rules take for danger, and those of before did not."""
    before, now = office.release.rules.danger, rules.record()
    if now == before:
        return ()
    return await asyncio.to_thread(_fires_wrongly, before, now, draft)


@lru_cache(maxsize=4)
def _fires_wrongly(before: DangerRules, now: DangerRules, draft: Drafted) -> Sequence[str]:
    """Ask both ears all examples of services: a second of CPU, so it is asked once a draft."""
    ear_before, ear_now = DangerEar(before), DangerEar(now)
    services = (one for one in draft.intents.values() if one.kind is not Kind.EMERGENCY)
    said = [clean(text) for one in services for text in one.examples]
    return [text for text in said if ear_now.hear(text) and not ear_before.hear(text)]
