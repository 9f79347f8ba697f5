"""From a source to its program form, once for each text."""

from __future__ import annotations

from .program import Program
from .project import Source
from .visitor import translate


def program_of(source: Source) -> Program | None:
    """The program form of another file; None if libcst or Python can't parse it."""
    if not source.is_translated:
        try:
            source.program = translate(source)
        except (KeyboardInterrupt, SystemExit):
            raise
        except (MemoryError, RecursionError):
            # So it is here and now: another file may come to it with more room.
            return None
        except BaseException:
            # libcst's parser panics with an exception that is no `Exception`. What is wrong with
            # that file is reported where it is checked itself.
            source.program = None
        source.is_translated = True
    return source.program
