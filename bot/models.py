"""Train the ear of a set of files, or take the model that was trained of the same before."""

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import intents
from data.civic.knowing.releases import Release
from intents.train import train

LEARNT_FROM = ("intents/", "other/", "lexicon/", "rules/", "places/")
"""The folders of content that a model depends on."""

Report = Callable[[float], None]


def model_of(
    release: Release,
    files: Mapping[str, bytes],
    cache: Path,
    *,
    report: Report | None = None,
) -> bytes:
    """Give the model of a release, from the cache or trained now. Seconds of CPU.

    Idempotent: the same files and the same engine give the same bytes.
    """
    place = cache / f"{_key(files)}.skops"
    if place.exists():
        return place.read_bytes()
    model = train(release, report=report)
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(model)
    draft.replace(place)
    return model


def _key(files: Mapping[str, bytes]) -> str:
    """Digest what a model is made of: the content it learns from, and the engine itself."""
    digest = hashlib.sha256()
    engine = sorted(Path(intents.__path__[0]).glob("*.py"))
    for source in engine:
        digest.update(source.read_bytes())
    for path, text in sorted(files.items()):
        if path.startswith(LEARNT_FROM):
            digest.update(path.encode() + b"\0" + text)
    return digest.hexdigest()
