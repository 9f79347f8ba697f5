"""Notebooks, through the real nbqa."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import ROOT, Tools

pytestmark = pytest.mark.network

CELLS = [
    "%matplotlib inline\n"
    "import tensorflow as tf\n"
    "from tensorflow.compat.v1.keras import backend as K\n"
    "from tensorflow.keras import layers, models",
    "# The model comes first\n"
    "model = models.Sequential([layers.Dense(1, input_shape=(3,))])\n"
    "model.summary()",
    "!nvidia-smi",
    "%%time\n"
    "config = tf.compat.v1.ConfigProto()\n"
    "K.set_session(tf.compat.v1.Session(config=config))",
]


def write_notebook(path: Path) -> None:
    """Write a notebook of the cells, as Jupyter does."""
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell{number}",
            "metadata": {},
            "outputs": [],
            "source": source.splitlines(keepends=True),
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook, indent=1))


def test_findings_name_the_cell_and_its_line(tools: Tools, tmp_path: Path) -> None:
    write_notebook(tmp_path / "train.ipynb")

    result = tools.run("nbqa", "flake8", "train.ipynb", "--extend-ignore=E,F,W", cwd=tmp_path)

    assert [line[: line.index(": TFS") + 8] for line in result.stdout.splitlines()] == [
        "train.ipynb:cell_2:2:9: TFS101",
        "train.ipynb:cell_4:3:15: TFS201",
    ]
    assert result.returncode == 1
    page = (ROOT / "docs" / "howto" / "notebooks.md").read_text(encoding="utf-8")
    assert result.stdout.splitlines()[0] in page.splitlines()


def test_the_fixer_fixes_within_a_cell(tools: Tools, tmp_path: Path) -> None:
    path = tmp_path / "train.ipynb"
    write_notebook(path)

    command = ("nbqa", "flake8-tf-session fix", "train.ipynb", "--nbqa-shell", "--unsafe-fixes")
    fixed = tools.run(*command, cwd=tmp_path)

    assert fixed.returncode == 0
    assert "cell_2:2:9: TFS101 not fixed: lines would move to another cell" in fixed.stderr
    cells = ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]
    assert cells[:3] == CELLS[:3]
    config = "config = tf.compat.v1.ConfigProto()\n"
    assert cells[3] == CELLS[3].replace(config, config + "config.gpu_options.allow_growth = True\n")
