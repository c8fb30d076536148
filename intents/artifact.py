"""The model file: written by skops, plain lists and arrays, the same bytes for the same model."""

import hashlib
import hmac
import io
import re
import zipfile
from collections.abc import Mapping

import numpy as np
import skops.io

from data.civic.errors import BadInput
from data.civic.ids import IntentId
from intents.scorer import Scorer, Weights

FORMAT = 1
_OLDEST = (1980, 1, 1, 0, 0, 0)
_IDS = re.compile(r'"__id__": (\d+)|"file": "(\d+)\.npy"')


def digest_of(file: bytes) -> str:
    """Name a model file: SHA-256, 64 hex digits."""
    return hashlib.sha256(file).hexdigest()


def write_model(weights: Weights) -> bytes:
    """Write the model file; equal weights give equal bytes."""
    plain = {
        "format": FORMAT,
        "intents": "\n".join(weights.intents),
        "features": "\n".join(weights.features),
        "rows": weights.rows.astype(np.float16),
        "bias": weights.bias,
    }
    return _canonical(skops.io.dumps(plain))


def open_model(file: bytes, *, digest: str) -> Scorer:
    """Read a model file, after its digest was compared; nothing in it is ever run.

    Raises:
        BadInput: it is not the file of that digest, or not a model of this format.
    """
    if not hmac.compare_digest(digest_of(file).encode(), digest.encode()):
        raise BadInput(f"model file is not {digest[:12]}…: it was changed, train it again")
    try:
        return Scorer(_weights(skops.io.loads(file, trusted=[])))
    except _UNREADABLE as error:
        raise BadInput(f"model file {digest[:12]}… cannot be read: train it again") from error


_UNREADABLE = (
    skops.io.exceptions.UntrustedTypesFoundException,
    zipfile.BadZipFile,
    ValueError,
    TypeError,
    LookupError,
    OSError,
    AttributeError,
)


def _weights(plain: Mapping[str, object]) -> Weights:
    match plain:
        case {
            "format": 1,
            "intents": str(intents),
            "features": str(features),
            "rows": np.ndarray() as rows,
            "bias": np.ndarray() as bias,
        }:
            weights = Weights(
                intents=tuple(map(IntentId, intents.split("\n"))),
                features=tuple(features.split("\n")),
                rows=rows,
                bias=bias,
            )
        case _:
            raise ValueError("not a model of this format")
    if rows.shape != (len(weights.features), len(weights.intents)) or len(bias) != rows.shape[1]:
        raise ValueError("rows and names do not match")
    return weights


def _canonical(file: bytes) -> bytes:
    """Number memory addresses from 0 and date every part alike: nothing of the run is left."""
    with zipfile.ZipFile(io.BytesIO(file)) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    schema = parts.pop("schema.json").decode()
    numbers: dict[str, str] = {}
    for match in _IDS.finditer(schema):
        numbers.setdefault(match[1] or match[2], str(len(numbers)))
    renamed = {f"{numbers[name.removesuffix('.npy')]}.npy": part for name, part in parts.items()}
    renamed["schema.json"] = _IDS.sub(lambda match: _renumbered(match, numbers), schema).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in sorted(renamed.items()):
            made.writestr(zipfile.ZipInfo(name, _OLDEST), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _renumbered(match: re.Match[str], numbers: Mapping[str, str]) -> str:
    old = match[1] or match[2]
    return match[0].replace(old, numbers[old])
