"""Another layout of the same program."""

from __future__ import annotations

import difflib

import black
import libcst as cst

from tests.metamorphic.transformation import Transformation


class Reformat(Transformation):
    """Black's layout for lines of 20 characters: nearly every call takes several."""

    def apply(self, module: cst.Module) -> tuple[str, int]:
        """The text as black prints it, and how many runs of lines differ."""
        text = module.code
        changed = black.format_str(text, mode=black.Mode(line_length=20))
        steps = difflib.SequenceMatcher(
            None, text.splitlines(), changed.splitlines(), autojunk=False
        ).get_opcodes()
        return changed, sum(step[0] != "equal" for step in steps)
