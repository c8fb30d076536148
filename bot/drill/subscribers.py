"""Who has the mini-program has allowed warnings by it, long before the drill begins."""

import asyncio
from itertools import islice

from bot.demo.templates_allowed import LONG_TERM
from bot.drill.county import County
from data.civic.sending.subscriptions import Answered, TemplateKind
from handlers.office import Office

SIDE_BY_SIDE = 50


async def have_allowed(office: Office, county: County) -> None:
    """Write into the ledger what everybody with the mini-program has allowed."""
    ledger = office.stores.subscriptions
    answer = Answered(template=LONG_TERM, yes=True, key="drill", at=office.clock.now())
    rest = iter(county.subscribers)
    while some := list(islice(rest, SIDE_BY_SIDE)):
        await asyncio.gather(*(ledger.answer(one, TemplateKind.LONG_TERM, answer) for one in some))
