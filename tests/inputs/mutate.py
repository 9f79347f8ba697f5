"""Sources that were damaged: lines and tokens that are deleted, doubled or swapped."""

from __future__ import annotations

import ast
import random
import re
import warnings

_TOKEN = re.compile(
    r"\w+|'''|\"\"\"|->|:=|\*\*|//|<<|>>|\.\.\.|[-+*/%@&|^=<>!]=|\n[ \t]*|[^\w\s]", re.UNICODE
)
_TRIES = 8


def mutated(source: str, chance: random.Random) -> str:
    """A source with one to three mistakes; most are still Python, or little would be tested."""
    text = source
    for _ in range(chance.choice((1, 1, 2, 3))):
        text = _once(text, chance)
    if chance.random() < 0.1:
        text = chance.choice((_crlf, _cr, _tabs, _form_feeds, _no_end))(text)
    return text


def is_python(text: str) -> bool:
    """Whether `ast` has a tree for a text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _once(text: str, chance: random.Random) -> str:
    broken_is_welcome = chance.random() < 0.1
    after = text
    for _ in range(_TRIES):
        after = chance.choice((_lines, _tokens, _tokens))(text, chance)
        if broken_is_welcome or is_python(after):
            break
    return after


def _lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(_damaged(lines, chance)) if lines else text


def _tokens(text: str, chance: random.Random) -> str:
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[end : match.start()])
        places.append(len(parts))
        parts.append(match.group())
        end = match.end()
    parts.append(text[end:])
    if not places:
        return text
    tokens = _damaged([parts[place] for place in places], chance, len(places))
    for place, token in zip(places, tokens):
        parts[place] = token
    return "".join(parts)


def _damaged(items: list[str], chance: random.Random, length: int = 0) -> list[str]:
    """Items of which one is deleted or doubled, or two are swapped.

    With a length, the list keeps it: an empty item for a deleted one, a double in the same place.
    """
    items = list(items)
    at = chance.randrange(len(items))
    kind = chance.choice(("delete", "double", "swap"))
    if kind == "delete":
        items[at : at + 1] = [""] if length else []
    elif kind == "double":
        items[at : at + 1] = [f"{items[at]} {items[at]}"] if length else [items[at]] * 2
    else:
        other = chance.choice((at - 1, chance.randrange(len(items))))
        items[at], items[other] = items[other], items[at]
    return items


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _cr(text: str) -> str:
    return text.replace("\n", "\r")


def _tabs(text: str) -> str:
    return text.replace("    ", "\t")


def _form_feeds(text: str) -> str:
    return text.replace("\ndef ", "\n\fdef ").replace("\nclass ", "\n\f\nclass ")


def _no_end(text: str) -> str:
    return text.rstrip("\n")
