"""Fixes of notebooks that are kept as Python files stay in their cells."""

from __future__ import annotations

import pytest

from flake8_tf_session.fixing import fix_source

CELLS = """\
from keras import backend as K
from keras.layers import Dense
{separator}
layer = Dense(1)
{separator}
K.set_session(session)
"""


@pytest.mark.parametrize("separator", ["# %%", "# %% [markdown]", "#%%", "# In[3]:"])
def test_nothing_moves_to_another_cell(separator: str) -> None:
    source = CELLS.format(separator=separator)

    result = fix_source(source, unsafe=True)

    assert result.text == source
    (refused,) = result.refused
    assert refused.reason == "lines would move to another cell of the notebook"


def test_other_comments_part_no_cells() -> None:
    result = fix_source(CELLS.format(separator="# 100 %%"), unsafe=True)

    assert [finding.code for finding in result.fixed] == ["TFS101"]


def test_a_fix_within_a_cell_is_made() -> None:
    source = CELLS.format(separator="# %%").replace("(1)\n# %%", "(1)")

    result = fix_source(source, unsafe=True)

    assert [finding.code for finding in result.fixed] == ["TFS101"]
    assert result.text.index("# %%") < result.text.index("K.set_session")
