"""The form by which somebody registers: what was said so far, sealed while it is filled in.

No ID number and no telephone is kept in it, only their keyed hashes and what may be shown.
"""

import base64
import json
import re
from dataclasses import asdict, dataclass, field, replace

from data.civic.ids import ConversationId
from data.civic.knowing.releases import Release
from data.civic.ports import Seal
from data.civic.privacy import id_number_valid, mask
from data.civic.safety.identity import id_hash, phone_hash
from data.civic.safety.registrations import Relation
from data.civic.talk.messages import Turn
from data.civic.telephones import own_telephone
from handlers import relations
from handlers.acts.identify import Claim
from handlers.word_lists import holds, is_one
from intents.spoken_digits import last_four

FORM = "form"
"""Under this the sealed form stands among the answers."""
WHOSE, RELATION, NAME, ID, PHONE, MINE, AGREE = (
    "register_whose",
    "register_relation",
    "register_name",
    "register_id",
    "register_phone",
    "register_mine",
    "register_agree",
)
OWN, FAMILY = "own", "family"
YES, CHANGE, NO = "yes", "change", "no"

_NAME = re.compile(r"[^\W\d_]{2,20}|[^\W\d_]{1,15}[·•.\s][^\W\d_]{1,15}")
_LAST_FOUR = re.compile(r"\d{3}[\dXx]")
_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What has been said; empty: not yet."""

    whose: str = ""
    relation: str = ""
    name: str = field(default="", repr=False)
    id_hash: str = field(default="", repr=False)
    id_last4: str = field(default="", repr=False)
    phone_hash: str = field(default="", repr=False)
    phone_shown: str = ""
    no_phone: bool = False
    """The person has no telephone: then only the whole ID number tells who it is."""
    mine: str = field(default="", repr=False)
    """How the proxy is called."""

    @property
    def next(self) -> str:
        """Tell what is to be asked next; the last is whether all of it is so."""
        open_still = {
            WHOSE: not self.whose,
            RELATION: self.whose == FAMILY and not self.relation,
            NAME: not self.name,
            ID: not (self.id_hash or self.id_last4),
            PHONE: not (self.phone_hash or self.no_phone),
            MINE: self.whose == FAMILY and not self.mine,
        }
        return next((slot for slot, missing in open_still.items() if missing), AGREE)

    @property
    def claim(self) -> Claim:
        """Tell whom it claims."""
        return Claim(
            name=self.name,
            id_hash=self.id_hash or None,
            id_last4=self.id_last4,
            phone_hash=self.phone_hash or None,
        )


def begun(turn: Turn) -> Form:
    """Begin a form with whose it is, as far as the first message says so."""
    if turn.answers.get(WHOSE) in (OWN, FAMILY):  # offered by another desk, and tapped
        return Form(whose=turn.answers[WHOSE])
    found = relations.heard(turn.release, turn.message.text)
    if len(found) == 1:
        return Form(whose=FAMILY, relation=next(iter(found)).value)
    if found or holds(turn.release, "register_words_family", turn.message.text):
        return Form(whose=FAMILY)
    own = holds(turn.release, "register_words_own", turn.message.text)
    return Form(whose=OWN) if own else Form()


def fill(form: Form, slot: str, turn: Turn, seal: Seal) -> Form:
    """Take what was said for a slot; a form that stays as it was has not understood it."""
    text, release = turn.answers[slot].strip().translate(_WIDE), turn.release
    if slot == PHONE:
        return _phone(form, text, release, seal)
    if slot == ID:
        return _id(form, text, seal)
    if slot in (NAME, MINE):
        return _name(form, slot, text)
    return _whose(form, text, release) if slot == WHOSE else _relation(form, text, release)


def without(form: Form, text: str, release: Release) -> Form:
    """Take out what is to be said anew; where none is named, all but for whom it is."""
    if holds(release, "register_words_phone", text):
        return replace(form, phone_hash="", phone_shown="", no_phone=False)
    if holds(release, "register_words_id", text):
        return replace(form, id_hash="", id_last4="")
    if holds(release, "register_words_name", text):
        return replace(form, name="")
    return Form(whose=form.whose, relation=form.relation)


def opened(answers: str, seal: Seal, conversation: ConversationId) -> Form:
    """Open a sealed form.

    Raises:
        BadInput: it is another conversation's, or was changed.
    """
    text = seal.decrypt(base64.b64decode(answers), bound_to=_bound(conversation))
    return Form(**json.loads(text))


def sealed(form: Form, seal: Seal, conversation: ConversationId) -> str:
    """Seal a form for the conversation in which it is filled in."""
    text = json.dumps(asdict(form), ensure_ascii=False)
    return base64.b64encode(seal.encrypt(text, bound_to=_bound(conversation))).decode()


def _whose(form: Form, text: str, release: Release) -> Form:
    if text in (OWN, FAMILY):
        return replace(form, whose=text)
    if found := relations.heard(release, text):
        relation = next(iter(found)).value if len(found) == 1 else ""
        return replace(form, whose=FAMILY, relation=relation)
    if holds(release, "register_words_family", text):
        return replace(form, whose=FAMILY)
    return replace(form, whose=OWN) if holds(release, "register_words_own", text) else form


def _relation(form: Form, text: str, release: Release) -> Form:
    if text in tuple(Relation):
        return replace(form, relation=text)
    found = relations.heard(release, text)
    if len(found) == 1:
        return replace(form, relation=next(iter(found)).value)
    return form if found else replace(form, relation=Relation.OTHER.value)


def _name(form: Form, slot: str, text: str) -> Form:
    if not _NAME.fullmatch(text):
        return form
    return replace(form, name=text) if slot == NAME else replace(form, mine=text)


def _id(form: Form, text: str, seal: Seal) -> Form:
    number = "".join(one for one in text if one.isalnum()).upper()
    if id_number_valid(number):
        return replace(form, id_hash=id_hash(seal, number), id_last4=number[-4:])
    four = number if _LAST_FOUR.fullmatch(number) else last_four(text)
    return replace(form, id_last4=four, id_hash="") if four else form


def _phone(form: Form, text: str, release: Release, seal: Seal) -> Form:
    if number := own_telephone(text):
        return replace(form, phone_hash=phone_hash(seal, number), phone_shown=_shown(number))
    if is_one(release, "register_words_none", text):
        return replace(form, no_phone=True) if form.id_hash else replace(form, id_last4="")
    return form


def _shown(number: str) -> str:
    """Show a telephone by its ends; a short one by its last two digits."""
    masked = mask(number)
    return masked if masked != number else "*" * (len(number) - 2) + number[-2:]


def _bound(conversation: ConversationId) -> str:
    return f"registering/{conversation}"
