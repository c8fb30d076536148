import io
import zipfile

import numpy as np
import pytest
import skops.io

from data.civic.errors import BadInput
from data.civic.ids import IntentId
from intents.artifact import digest_of, open_model, write_model
from intents.scorer import Weights
from tests.intents.witness import Planted


def weights() -> Weights:
    return Weights(
        intents=(IntentId("a"), IntentId("b")),
        features=("x", "y", "\tword"),
        rows=np.arange(6, dtype=np.float32).reshape(3, 2),
        bias=np.array([-1.0, 1.0], dtype=np.float32),
    )


def test_a_model_that_was_written_is_read_back() -> None:
    file = write_model(weights())
    scorer = open_model(file, digest=digest_of(file))
    assert scorer.intents == ("a", "b")
    assert scorer.scores({"x"}).tolist() == [-1.0, 2.0]


def test_equal_models_are_equal_bytes() -> None:
    assert write_model(weights()) == write_model(weights())


@pytest.mark.parametrize("place", [0, 30, -1], ids=["first", "inside", "last"])
def test_an_edited_byte_is_refused(place: int) -> None:
    file = write_model(weights())
    edited = bytearray(file)
    edited[place] ^= 1
    with pytest.raises(BadInput, match="was changed"):
        open_model(bytes(edited), digest=digest_of(file))


def test_a_file_that_would_run_code_is_refused_though_its_digest_is_right() -> None:
    file = skops.io.dumps({"format": 1, "planted": Planted()})
    with pytest.raises(BadInput, match="cannot be read"):
        open_model(file, digest=digest_of(file))
    assert not Planted.ran


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param({}, id="empty"),
        pytest.param({"format": 2}, id="another format"),
        pytest.param(
            {
                "format": 1,
                "intents": "a\nb",
                "features": "x",
                "rows": np.zeros((2, 2), dtype=np.float16),
                "bias": np.zeros(2, dtype=np.float32),
            },
            id="rows and names differ",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(plain: dict[str, object]) -> None:
    file = skops.io.dumps(plain)
    with pytest.raises(BadInput, match="cannot be read"):
        open_model(file, digest=digest_of(file))


@pytest.mark.parametrize("file", [b"", b"no zip at all"], ids=["empty", "no zip"])
def test_what_is_no_model_file_is_refused(file: bytes) -> None:
    with pytest.raises(BadInput):
        open_model(file, digest=digest_of(file))


def test_a_zip_without_a_model_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("readme.txt", "nothing")
    with pytest.raises(BadInput):
        open_model(buffer.getvalue(), digest=digest_of(buffer.getvalue()))
