"""What an upgrade brings: new files and words come in, what the house changed stays."""

from collections.abc import Mapping
from datetime import date

import pytest

from bot.first_release import Shipped
from data.civic.ids import GuideId
from data.civic.knowing.adoptions import Adoption, Spot, digest_of, said
from data.civic.knowing.guides import ElementName, Words
from data.content.adopting import Adoptions, with_adoptions
from data.content.files import manifest_of
from data.content.merging import Clash
from data.content.reader import read
from data.content.upgrading import Brought, brought

PATH = "wording/a.toml"
ONE = b'[one]\nfull = "1"\n'
OURS = b'[one]\nfull = "ours"\n'
THEIRS = b'[one]\nfull = "theirs"\n'
TWO = b'\n[two]\nfull = "2"\n'

FEE = Spot(guide=GuideId("passport"), element=ElementName.FEE)
GUIDE = "guides/passport.toml"


def upgrade(
    shipped: Shipped, mine: bytes | None, base: bytes | None, theirs: bytes | None
) -> Brought:
    def files(text: bytes | None) -> Mapping[str, bytes]:
        return {} if text is None else {PATH: text}

    return brought(shipped.release, files(mine), base=files(base), theirs=files(theirs))


@pytest.mark.parametrize(
    ("mine", "base", "theirs", "made"),
    [
        pytest.param(ONE, ONE, THEIRS, THEIRS, id="only the program changed it"),
        pytest.param(None, None, ONE, ONE, id="it is new"),
        pytest.param(ONE, ONE, None, None, id="the program removed it"),
        pytest.param(OURS, ONE, ONE + TWO, OURS + TWO, id="each changed something else"),
        pytest.param(OURS, None, ONE + TWO, OURS + TWO, id="nobody knows what it grew out of"),
    ],
)
def test_what_the_house_did_not_change_comes_in(
    shipped: Shipped, mine: bytes, base: bytes, theirs: bytes, made: bytes | None
) -> None:
    assert dict(upgrade(shipped, mine, base, theirs).texts) == {PATH: made}


@pytest.mark.parametrize(
    ("mine", "base", "theirs"),
    [
        pytest.param(OURS, ONE, ONE, id="only the house changed it"),
        pytest.param(THEIRS, ONE, THEIRS, id="the house has it already"),
        pytest.param(None, ONE, ONE, id="the house removed it"),
        pytest.param(ONE, None, None, id="the house alone has it"),
        pytest.param(OURS, ONE, THEIRS, id="both changed the same"),
        pytest.param(OURS, ONE, None, id="the program removed what the house changed"),
        pytest.param(None, ONE, THEIRS, id="the house removed what the program changed"),
    ],
)
def test_what_the_house_decided_stays(
    shipped: Shipped, mine: bytes | None, base: bytes | None, theirs: bytes | None
) -> None:
    assert upgrade(shipped, mine, base, theirs).texts == {}


@pytest.mark.parametrize(
    ("mine", "theirs", "named"),
    [
        pytest.param(OURS, THEIRS, Clash(path=PATH, keys=("one.full",)), id="a sentence"),
        pytest.param(OURS, None, Clash(path=PATH), id="a file that the program removed"),
        pytest.param(b"[broken", THEIRS, Clash(path=PATH), id="a file that cannot be read"),
    ],
)
def test_what_both_changed_is_named(
    shipped: Shipped, mine: bytes, theirs: bytes | None, named: Clash
) -> None:
    assert upgrade(shipped, mine, ONE, theirs).kept == (named,)


def test_nothing_changes_where_the_program_brings_the_same(shipped: Shipped) -> None:
    files = shipped.files
    assert brought(shipped.release, files, base=files, theirs=files) == Brought(texts={}, kept=())


def adopted(shipped: Shipped) -> dict[str, bytes]:
    """The shipped files, in which the police say what a passport costs."""
    guide = shipped.release.guides[FEE.guide]
    fee = Adoption(
        spot=FEE,
        digest=digest_of(said(guide)[FEE]),
        department=guide.department,
        by="李强",
        on=date(2026, 11, 22),
        correction=Words.of("每本150元。", ()),
    )
    return with_adoptions(shipped.files, Adoptions(elements=(fee,)), ())


@pytest.mark.parametrize(
    ("before", "after", "comes_in"),
    [("贴纸加注每枚20元", "贴纸加注每枚30元", False), ('"出国证件"', '"出境证件"', True)],
    ids=["the words that were adopted", "other words of the same guide"],
)
def test_what_a_department_vouches_for_is_not_replaced(
    shipped: Shipped, before: str, after: str, *, comes_in: bool
) -> None:
    base, mine = shipped.files, adopted(shipped)
    text = base[GUIDE].decode()
    assert before in text
    theirs = {**base, GUIDE: text.replace(before, after).encode()}
    release = read(mine, manifest=manifest_of(mine))
    made = brought(release, mine, base=base, theirs=theirs)
    assert (GUIDE in made.texts) is comes_in
    assert made.kept == (() if comes_in else (Clash(path=GUIDE),))
