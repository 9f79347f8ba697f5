"""The word index of a file: which words stand where in it.

By its words it is decided what of a file is worth reading: whether the file matters, and which of
its functions. The index also holds what has to be known of a whole file before any of its
functions is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

# The line and column of a definition.
Position = tuple[int, int]


class WordIndex:
    """Which words stand where in a file.

    Attributes:
        definitions: By the name of each function, class and alias of the file, the words that
            stand in whatever the name may mean.
        aliases: Those of the aliases alone: other names, and what is imported from a library.
        words: All identifiers, and the strings that could be one.
        words_of: Those that stand in each function and class, inner ones included; by the line and
            column of the definition.
        foreign: Those that may be somebody else's: not only attributes of what methods call their
            objects.
        read: The names and attributes that are read anywhere.
        executed: The words of the code that an import executes, that is outside functions.
        called: The names that are called by it, where it is no script; and the environment variable
            that it sets, if that is about devices.
        members: The names that other files can import.
        classes: The names of all classes.
        rebound: The names that a function rebinds (``global``), paired with None, and those of
            which a function or class that does not bind them sets an attribute, paired with it.
        assigned: The attributes that are assigned to what methods call their objects.
        setters: By attribute, where each function or class that sets it stands, after the place of
            the class whose object has it (None where that is not known).
    """

    def __init__(self) -> None:
        self.definitions: dict[str, set[str]] = {}
        self.aliases: dict[str, set[str]] = {}
        self.words: set[str] = set()
        self.words_of: dict[tuple[int, int], set[str]] = {}
        self.foreign: set[str] = set()
        self.read: set[str] = set()
        self.executed: set[str] = set()
        self.called: set[str] = set()
        self.members: set[str] = set()
        self.classes: set[str] = set()
        self.rebound: set[tuple[str, str | None]] = set()
        self.assigned: set[str] = set()
        self.setters: dict[str, set[tuple[Position | None, Position]]] = {}

    def define(self, name: str, words: Iterable[str]) -> None:
        """Note that a name of the file may mean what has some words in it."""
        self.definitions.setdefault(name, set()).update(words)

    def alias(self, name: str, words: Iterable[str]) -> None:
        """Note that a name of the file may be another name for one of these."""
        self.define(name, words)
        self.aliases.setdefault(name, set()).update(words)


def users_of(definitions: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """By word, the names that are defined with it."""
    users: dict[str, list[str]] = {}
    for name, words in definitions.items():
        for word in words:
            users.setdefault(word, []).append(name)
    return users


def leading_to(
    words: frozenset[str], users: Mapping[str, list[str]], members: Set[str] | None = None
) -> frozenset[str]:
    """The words through which code may reach one of ``words``: these, and names so defined; only
    names of members, where they are given.

    There may be a great many words, of all that is imported: only those of ``users`` are looked at.
    """
    found: set[str] = set()
    pending = list(words.intersection(users))
    while pending:
        for name in users.get(pending.pop(), ()):
            if name not in found and name not in words and (members is None or name in members):
                found.add(name)
                pending.append(name)
    return words | found if found else words
