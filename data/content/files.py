"""The content files that are shipped, as bytes by their path."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from data.civic.knowing.releases import Manifest

HOME = Path(__file__).parent
SUFFIXES = frozenset({".toml", ".tsv", ".txt"})
SEEDS = "seeds/"
"""Sample cases of the demo: shipped, but no part of a release."""


def shipped() -> dict[str, bytes]:
    """Read every content file of release one: path below `data/content` → bytes."""
    return folder(HOME, but=SEEDS)


def seeds() -> dict[str, bytes]:
    """Read the seeds of the demo."""
    return {path: text for path, text in folder(HOME).items() if path.startswith(SEEDS)}


def folder(home: Path, *, but: str | None = None) -> dict[str, bytes]:
    """Read the content files of any folder, without those whose path starts with `but`."""
    found = sorted(path for path in home.rglob("*") if path.suffix in SUFFIXES)
    named = ((path.relative_to(home).as_posix(), path) for path in found)
    return {
        name: path.read_bytes() for name, path in named if but is None or not name.startswith(but)
    }


def manifest_of(files: Mapping[str, bytes], *, model: str = "") -> Manifest:
    """Name every file by its digest; `model` is the digest of the model file."""
    digests = {path: hashlib.sha256(text).hexdigest() for path, text in files.items()}
    return Manifest(files=digests, model=model)
