"""The keys of codes at work: make the first, rotate, sign, give what checks signatures."""

from data.civic.errors import Conflict
from data.civic.safety import codekeys
from data.civic.safety.codekeys import CodeKey, id_of
from data.civic.safety.codes import Code, CodeKind, pack
from data.civic.safety.credentials import Credential
from data.civic.safety.verifying import Keys
from handlers.office import Office

TRIES = 8
"""How often another pair is made where the id is taken by chance."""


async def live_keys(office: Office) -> tuple[CodeKey, ...]:
    """Tell the keys that count, the one that signs first; the first of all is made here."""
    found = await office.stores.code_keys.newest(codekeys.LIVE)
    return codekeys.live(found) or (await make_key(office),)


async def make_key(office: Office) -> CodeKey:
    """Make the next key pair; from now on it signs.

    Raises:
        Conflict: somebody else makes one at this moment.
    """
    keys = office.stores.code_keys
    newest = await keys.newest(1)
    number = newest[0].number + 1 if newest else 1
    for _ in range(TRIES):
        salt = office.ids.token()
        public = office.seal.code_key(salt)
        made = CodeKey(
            id=id_of(public), public=public, salt=salt, number=number, made_at=office.clock.now()
        )
        try:
            await keys.add(made)
        except Conflict:
            standing = await keys.newest(1)
            if standing and standing[0].number >= number:
                return standing[0]
            continue
        return made
    raise Conflict("no new key could be made: try again")


async def checks(office: Office) -> Keys:
    """Give what checks the signatures of the keys that count."""
    keys = await live_keys(office)
    fits = {one.id: office.seal.code_check(one.public) for one in keys}
    return Keys(dated=office.clock.now(), fits=fits)


def text_of(office: Office, credential: Credential, keys: tuple[CodeKey, ...]) -> str:
    """Write the code of a credential as it is now; of what is printed ever the same.

    Raises:
        Conflict: it is over, or was signed by a key that no longer counts: re-issue it.
    """
    now = office.clock.now()
    if not credential.counts(now):
        raise Conflict("this code no longer counts: re-issue it")
    code = credential.code(at=now, key=keys[0].id)
    signer = next((one for one in keys if one.id == code.key), None)
    if signer is None:
        raise Conflict("this code was signed by a key that is gone: re-issue it")
    return signed(office, code, signer)


def signed(office: Office, code: Code, key: CodeKey) -> str:
    """Sign a code."""
    return pack(code, lambda packed: office.seal.sign_code(packed, salt=key.salt))


def readable(kind: CodeKind) -> str:
    """Name a kind as the API and the audit log do."""
    return kind.name.lower()
