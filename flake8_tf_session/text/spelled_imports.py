"""The imports of a text as it spells them, without a syntax tree: of most files no more is needed
than which others they import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_IMPORT = re.compile(
    r"[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>[\w.]*)[ \t]+import[ \t]*"
    r"(?P<names>\([^)]*\)|(?:[^\n\\;]|\\\n)*)|import[ \t]+(?P<modules>(?:[^\n\\;]|\\\n)*))"
)
_BY_CALL = re.compile(r"import_module\(\s*[\"'](\w[\w.]*)[\"']\s*\)")
_NAME = re.compile(r"[^\W\d]\w*(?:[ \t]+as[ \t]+\w+)?|\*")

# An import as the text spells it: its level, its module, its names (none for ``import module``).
# Of these there are many, and they stay: plain tuples of text are nothing to the collector of
# garbage.
Spelled = tuple[int, str, tuple[str, ...]]


def spelled_imports(text: str) -> tuple[Spelled, ...]:
    """What looks like an import in a text."""
    found: list[Spelled] = []
    for match in _import_statements(text):
        if match["modules"] is None:
            names = tuple(name.split()[0] for name in _NAME.findall(match["names"]))
            found.append((len(match["dots"]), match["module"], names))
        else:
            modules = match["modules"].partition("#")[0].split(",")
            found += [(0, name.split()[0], ()) for name in modules if name.split()]
    if "import_module" in text:
        found += [(0, name, ()) for name in _BY_CALL.findall(text)]
    return tuple(found)


def _import_statements(text: str) -> Iterator[re.Match[str]]:
    """What looks like an import statement.

    Most texts are long, and have few: to look for the word is faster than for the statement.
    """
    place = text.find("import")
    while place >= 0:
        line = text.rfind("\n", 0, place) + 1
        start = max(text.rfind(";", line, place), text.rfind(":", line, place)) + 1
        match = _IMPORT.match(text, max(line, start))
        if match is None or match.end() <= place:
            # No statement, or one that ended before: `from a import (b) import`.
            place = text.find("import", place + 1)
            continue
        yield match
        place = text.find("import", match.end())
