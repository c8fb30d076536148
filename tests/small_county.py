"""A small county whose staff write, sign and publish drafts: all for real, by the acts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from bot.first_release import Shipped, checked
from bot.house import House
from bot.models import model_of
from bot.settings import Settings
from bot.workers.publishing import publish_next
from bot.workshop import Workshop
from data.civic.ids import DraftId, ReleaseId
from data.civic.knowing.drafts import Draft, DraftState, Lane
from data.civic.knowing.releases import Origin
from data.civic.people import Role, Staff
from data.content.files import manifest_of, shipped
from data.content.reader import read
from handlers.acts import drafts, review_draft
from handlers.directory import directory
from intents.artifact import digest_of
from tests import builders
from tests.staffed import hired

KEPT = ("passport", "id_card_replace", "elderly_allowance", "greeting", "human", "complaint")
"""A few of the shipped intents: enough for a small county, and quickly learnt."""
LEFT_OUT = ("held_out/", "golden/", "adopted/", "bundles/", "seeds/")
GOLDEN = "golden/golden.tsv"
QUESTIONS = "护照怎么办\tpassport\t\t护照\n出国用的护照，办一本要多少钱\tpassport\tfee\t每本120元\n"

PASSPORT, GUIDE = "intents/passport.toml", "guides/passport.toml"
NEW = '"我家毛孩子想出国玩要啥证"'
"""An example that nobody has heard of, as TOML."""

Texts = Mapping[str, bytes | None]
People = tuple[Staff, Staff, Staff]
"""Who writes, and two who sign."""


def small_files() -> dict[str, bytes]:
    """Keep a few intents of the shipped content, and ask two golden questions of them."""

    def kept(path: str) -> bool:
        named = path.startswith(("intents/", "guides/"))
        return Path(path).stem in KEPT if named else not path.startswith(LEFT_OUT)

    files = {path: text for path, text in shipped().items() if kept(path)}
    return {**files, GOLDEN: QUESTIONS.encode()}


@cache
def small_release() -> Shipped:
    """Learn the small county's release once a run; the model is kept for the next run."""
    files = small_files()
    model = model_of(checked(directory(), files), models())
    manifest = manifest_of(files, model=digest_of(model))
    release = read(files, manifest=manifest)
    return Shipped(release=release, manifest=manifest, files=files, model=model)


def with_files(files: Mapping[str, bytes]) -> Shipped:
    """Make a release of these files that hears by the small county's model."""
    model = small_release().model
    manifest = manifest_of(files, model=digest_of(model))
    release = read(files, manifest=manifest)
    return Shipped(release=release, manifest=manifest, files=files, model=model)


def models() -> Path:
    """The models of all runs: most tests learn the same."""
    return Settings().home / "models"


async def served(house: House, one: Shipped) -> ReleaseId:
    """Put a release into the store and serve it."""
    releases = house.stores.releases
    made = await releases.put(
        one.manifest, one.files, one.model, origin=Origin.FILES, at=builders.now()
    )
    await releases.make_current(made, expected=await releases.current())
    return made


async def people(house: House) -> People:
    """Hire somebody who writes, and two who sign."""
    editor = await hired(house, "editor", Role.EDITOR, name="王芳")
    first = await hired(house, "reviewer", Role.REVIEWER, name="李强")
    return editor, first, await hired(house, "chief", Role.REVIEWER, Role.CHIEF, name="赵敏")


async def written(house: House, editor: Staff, texts: Texts) -> Draft:
    """Open a draft and write these files into it."""
    office = house.office()
    draft = await drafts.open_draft(office, editor, "测试")
    seen = {path: (await drafts.file_of(office, draft, path))[1] for path in texts}
    return await drafts.save(office, editor, draft.id, texts, seen)


async def signed(
    house: House,
    texts: Texts,
    *,
    by: People,
    lane: Lane = Lane.ORDINARY,
    publish_at: datetime | None = None,
) -> Draft:
    """Write a draft, hand it in, and have it signed until it waits for its time."""
    editor, *reviewers = by
    office, draft = house.office(), await written(house, editor, texts)
    if publish_at is not None:
        draft = await review_draft.schedule(
            office, editor, draft.id, seen=draft.version, publish_at=publish_at
        )
    check = house.directory.check
    draft = await review_draft.submit(
        office, editor, draft.id, seen=draft.version, lane=lane, check=check
    )
    for one in reviewers:
        if draft.state is DraftState.SUBMITTED:
            draft = await review_draft.sign(office, one, draft.id, seen=draft.version, check=check)
    return draft


async def published(house: House, workshop: Workshop, draft: Draft) -> Draft:
    """Let a worker go on until nothing is due; tell what became of a draft."""
    while await publish_next(house.office(), house.directory, workshop, holder="worker"):
        pass
    return await now(house, draft.id)


async def now(house: House, draft: DraftId) -> Draft:
    """Fetch a draft as it stands."""
    found = await house.stores.drafts.get(draft)
    assert found is not None
    return found


def with_example(text: bytes, example: str = NEW) -> bytes:
    """Teach an intent one more example."""
    return text.replace(b"examples = [", f"examples = [\n  {example},".encode(), 1)


def tomorrow() -> datetime:
    return builders.now() + timedelta(days=1)
