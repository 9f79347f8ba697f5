"""The library that the rules come from: its NRMSModel as released, and set up too late."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from runner import symptoms
from server import Server

from flake8_tf_session import check_source

PACKAGE = "recommenders==1.2.1"
BASE_MODEL = "recommenders/models/newsrec/models/base_model.py"
SETUP = "        # set GPU use with on demand growth\n"
WARNING = "        # IMPORTANT: models have to be loaded AFTER SETTING THE SESSION for keras!\n"
BUILD = "        self.model, self.scorer = self._build_graph()\n"

# A step of training and a score, on data that a stub of an iterator would have read.
PROGRAM = """
import sys
from types import SimpleNamespace

sys.path.insert(0, {tree!r})

import numpy as np
from recommenders.models.newsrec.models.nrms import NRMSModel

WORDS, DIMENSION, TITLE, HISTORY, CANDIDATES = 20, 8, 6, 4, 3
table = np.random.RandomState(1).rand(WORDS, DIMENSION).astype("float32")
np.save("words.npy", table)
hparams = SimpleNamespace(
    wordEmb_file="words.npy", word_emb_dim=DIMENSION, title_size=TITLE, his_size=HISTORY,
    npratio=CANDIDATES - 1, head_num=2, head_dim=4, attention_hidden_dim=5, dropout=0.0,
    loss="cross_entropy_loss", optimizer="adam", learning_rate=0.01, support_quick_scoring=True,
)


class Iterator:
    def __init__(self, hparams, npratio=0, col_spliter=None):
        self.npratio = npratio


model = NRMSModel(hparams, Iterator, seed=7)
random = np.random.RandomState(2)
batch = dict(
    clicked_title_batch=random.randint(0, WORDS, (2, HISTORY, TITLE)),
    candidate_title_batch=random.randint(0, WORDS, (2, CANDIDATES, TITLE)),
    labels=np.eye(CANDIDATES)[:2],
)
"""
TRAIN = """
before = model.train(batch)
for _ in range(50):
    after = model.train(batch)
print(float(after < before))
"""
SCORE = """
batch["candidate_title_batch"] = batch["candidate_title_batch"][:, :1]
batch["impression_index_batch"] = np.arange(2)
scores, _, _ = model.eval(batch)
assert scores.shape == (2, 1) and ((scores > 0) & (scores < 1)).all(), scores
given = model.model.get_layer("user_encoder").get_weights()[0]
print(float((given == table).all()))
"""

pytestmark = [pytest.mark.tensorflow, pytest.mark.network]


@pytest.fixture(scope="session")
def released(fetch: Callable[[str], Path]) -> Path:
    """The package as released."""
    return fetch(PACKAGE)


@pytest.fixture(scope="session")
def too_late(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the set-up of the session moved below the build."""
    tree = tmp_path_factory.mktemp("recommenders")
    shutil.copytree(released / "recommenders", tree / "recommenders")
    path = tree / BASE_MODEL
    source = path.read_text(encoding="utf-8")
    setup = source[source.index(SETUP) : source.index(WARNING)]
    path.write_text(source.replace(setup, "").replace(BUILD, BUILD + setup), encoding="utf-8")
    return tree


def shown(tensorflow: Server, tree: Path, directory: Path, then: str) -> list[str]:
    """What the library in ``tree`` shows."""
    seen = tensorflow.run(PROGRAM.format(tree=str(tree)) + then, "program.py", str(directory))
    print(seen["traceback"])
    return symptoms(seen)


@pytest.mark.parametrize("then", [TRAIN, SCORE], ids=["train", "score"])
def test_as_released_it_runs(tensorflow: Server, released: Path, tmp_path: Path, then: str) -> None:
    assert shown(tensorflow, released, tmp_path, then) == [
        "predicts 1.0",
        "allow_growth True",
        "session used",
    ]


@pytest.mark.parametrize("then", [TRAIN, SCORE], ids=["train", "score"])
def test_set_up_too_late_it_fails(
    tensorflow: Server, too_late: Path, tmp_path: Path, then: str
) -> None:
    # Either says that the weights are not in this session; which comes first, the word table
    # (NotFoundError) or another weight, is up to the order in which the runtime starts operations.
    error = shown(tensorflow, too_late, tmp_path, then)[0]
    assert error in ("NotFoundError", "FailedPreconditionError")


def test_the_linter_finds_exactly_that(released: Path, too_late: Path) -> None:
    source = (released / BASE_MODEL).read_text(encoding="utf-8")
    assert check_source(source, BASE_MODEL) == []
    moved = (too_late / BASE_MODEL).read_text(encoding="utf-8")
    found = [(finding.code, finding.line) for finding in check_source(moved, BASE_MODEL)]
    assert found == [("TFS102", moved[: moved.index(BUILD)].count("\n") + 1)]
