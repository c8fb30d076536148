"""The models that were trained on this machine, by what they were trained of; or train one now."""

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from weakref import WeakValueDictionary

import intents
from data.civic.ids import IntentId
from data.civic.knowing.releases import Labelled, Lexicon, Release
from intents.artifact import open_model
from intents.scorer import Scorer
from intents.train import learn, lessons

KEPT = 24
"""How many models stay in the cache, each some megabytes: those that were used last."""

Report = Callable[[float], None]


def model_of(release: Release, folder: Path, *, report: Report | None = None) -> bytes:
    """Give the model of a release, from the cache or trained now. Seconds of CPU.

    Idempotent: the same lessons and the same engine give the same bytes.
    """
    learnt = lessons_of(release)
    key = key_of(learnt)
    if (model := kept(folder, key)) is None:
        model = learn(*read_lessons(learnt), report=report)
        keep(folder, key, model)
    return model


def lessons_of(release: Release) -> bytes:
    """Write down all that a release's model is made of: the words it knows, and its lessons."""
    words = release.lexicon
    rows = sorted((row.intent, row.text) for row in lessons(release))
    lexicon = [words.words, words.variants, words.fillers]
    return json.dumps([lexicon, rows], ensure_ascii=False, separators=(",", ":")).encode()


def read_lessons(learnt: bytes) -> tuple[Lexicon, list[Labelled]]:
    """Read what `lessons_of` wrote."""
    (words, variants, fillers), rows = json.loads(learnt)
    lexicon = Lexicon(
        words=tuple(words),
        variants=tuple((variant, word) for variant, word in variants),
        fillers=tuple(fillers),
    )
    return lexicon, [Labelled(intent=IntentId(intent), text=text) for intent, text in rows]


def key_of(learnt: bytes) -> str:
    """Name a model before it is made: by its lessons, and by the engine that learns them."""
    return hashlib.sha256(_engine() + hashlib.sha256(learnt).digest()).hexdigest()


def kept(folder: Path, key: str) -> bytes | None:
    """Take a model from the cache; None: it is not there, or cannot be read."""
    place = _place(folder, key)
    try:
        model = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    return model


def keep(folder: Path, key: str, model: bytes) -> None:
    """Put a model into the cache, whole or not at all; the oldest make room. Idempotent."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = _place(folder, key)
    written = place.with_name(f"{key}.{os.getpid()}")
    written.write_bytes(model)
    written.replace(place)
    for old in _by_age(folder)[KEPT:]:
        old.unlink(missing_ok=True)


def opened(model: bytes, *, digest: str) -> Scorer:
    """Open a model; releases that hear by the same one share it, while one of them is open.

    Raises:
        BadInput: it is not the file of that digest, or not a model of this format.
    """
    scorer = _OPEN.get(digest)
    if scorer is None:
        scorer = _OPEN[digest] = open_model(model, digest=digest)
    return scorer


_OPEN: WeakValueDictionary[str, Scorer] = WeakValueDictionary()


def _place(folder: Path, key: str) -> Path:
    return folder / f"{key}.skops"


def _by_age(folder: Path) -> list[Path]:
    """List what stands in the cache, used last first; half-written files of the killed as well."""
    ages: list[tuple[float, Path]] = []
    for path in folder.iterdir():
        try:
            ages.append((path.stat().st_mtime, path))
        except FileNotFoundError:  # another process made room
            continue
    return [path for _, path in sorted(ages, reverse=True)]


@cache
def _engine() -> bytes:
    digest = hashlib.sha256()
    for source in sorted(Path(intents.__path__[0]).glob("*.py")):
        digest.update(source.read_bytes())
    return digest.digest()
