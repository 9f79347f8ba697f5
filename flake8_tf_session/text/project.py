"""The project that a file belongs to: where what it imports stands, and the files around it.

Nothing is imported or executed, and only regular files of the same tree are read. A `Project` looks
at each file at most once; texts that did not change since an earlier one of the process are kept,
and so is what was made of them.
"""

from __future__ import annotations

import os
import stat
import sys
import tokenize
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from ..tensorflow.tensorflow_names import LIBRARIES
from .folders import Folders, Module, is_below
from .source import Source, normalized

# What these are is told by the vocabulary, and no project brings the standard library.
_NEVER_FOLLOWED = getattr(sys, "stdlib_module_names", frozenset()).union(LIBRARIES)
_SIZE_LIMIT = 2_000_000

# A file that is imported, the names that are taken from it (none if it is imported as a whole), and
# a word that stands in the import.
Taken = tuple[str, tuple[str, ...], str]


class _Kept(NamedTuple):
    """A source, and what told of its file when it was read; None if it was checked, not read."""

    signature: tuple[int, int, int] | None
    source: Source


_KEPT: dict[str, _Kept] = {}


class Project:
    """Finds and reads the files around those that are checked, each at most once.

    Attributes:
        imports: What the files reach, where that was asked (`imports.imports_of`).
        kept: Of how many modules it is kept what they are.
    """

    def __init__(self) -> None:
        self.kept = 0
        self.imports: Any = None
        self._sources: dict[str, Source | None] = {}
        self._folders = Folders()
        self._modules: dict[tuple[str, int, str], Module | None] = {}
        self._tops: dict[tuple[str, str], Module | None] = {}
        self._taken: dict[Source, tuple[Taken, ...]] = {}

    # --- what is imported ---

    def imported_by(self, source: Source) -> tuple[str, ...]:
        """The files of the project that a file imports."""
        return tuple(dict.fromkeys(path for path, _, _ in self.taken_from(source)))

    def name_of(self, path: str) -> str:
        """The name of a file, from the top of its tree on."""
        return os.path.relpath(path, self._folders.root(os.path.dirname(path)))

    def packages_of(self, path: str) -> Iterator[str]:
        """The files of the packages that a file is in, inner ones first."""
        folder = os.path.dirname(path)
        root = self._folders.root(folder)
        while is_below(folder, root):
            package = self._folders.descend(self._folders.package(folder, root), ())
            if package is None or not package.file:
                return
            yield package.file
            folder = os.path.dirname(folder)

    def taken_from(self, source: Source) -> tuple[Taken, ...]:
        """The files of the project that a file imports, and what it takes from them."""
        taken = self._taken.get(source)
        if taken is None:
            taken = self._taken[source] = tuple(self._take(source))
        return taken

    def _take(self, source: Source) -> Iterator[Taken]:
        for level, module, names in source.imports:
            place = self.resolve(source, level, module)
            if place is None:
                continue
            word = module.rpartition(".")[2] or "".join(names[:1])
            if place.file:
                yield place.file, () if "*" in names else names, word
            for name in names if place.folder else ():
                inner = self.submodule(place, name)
                if inner is not None and inner.file:
                    yield inner.file, (), word

    # --- where modules stand ---

    def resolve(self, importer: Source, level: int, module: str) -> Module | None:
        """Where the module of an import stands, None if that is not in the importer's tree."""
        folder = os.path.dirname(importer.path)
        key = (folder, level, module)
        if key not in self._modules:
            self._modules[key] = self._resolve(folder, level, module)
        place = self._modules[key]
        if place is None and not level:
            place = self._find_added(importer, module.split("."))
        return None if place is not None and place.file == importer.path else place

    def _find_added(self, importer: Source, parts: list[str]) -> Module | None:
        """A module in a folder of the tree that a file adds to ``sys.path``."""
        if "sys.path" not in importer.text or parts[0] in _NEVER_FOLLOWED:
            return None
        from .search_path import added_folders

        root = self._folders.root(os.path.dirname(importer.path))
        for folder in added_folders(importer.text, importer.path, root):
            if is_below(folder, root):
                found = self._folders.descend(self._folders.package(folder, root), parts)
                if found is not None:
                    return found
        return None

    def submodule(self, package: Module, name: str) -> Module | None:
        """A module of a package."""
        return self._folders.descend(package, (name,))

    def _resolve(self, folder: str, level: int, module: str) -> Module | None:
        root = self._folders.root(folder)
        parts = module.split(".") if module else []
        above = folder.split(os.sep)
        own = root.split(os.sep)
        if not set(LIBRARIES).isdisjoint(above[len(own) :]):
            # Keras' own source: the vocabulary tells what it is.
            return None
        if level:
            for _ in range(level - 1):
                if folder == root:
                    return None
                folder = os.path.dirname(folder)
            return self._folders.descend(self._folders.package(folder, root), parts)
        if not parts or parts[0] in _NEVER_FOLLOWED:
            return None
        key = (folder, parts[0])
        if key not in self._tops:
            self._tops[key] = self._folders.find_top(folder, parts[0], root)
        top = self._tops[key]
        if top is not None:
            return self._folders.descend(top, parts[1:])
        # The tree itself may be a package, spelled with the names of the folders that it is in.
        for count in range(len(own), 0, -1):
            if own[count - 1] == parts[0]:
                package = self._folders.package(os.sep.join(own[:count]), root)
                found = self._folders.descend(package, parts[1:])
                if found is not None:
                    return found
        return None

    # --- reading ---

    def checked(self, path: str, text: str) -> Source:
        """The source of a file that is checked: the one that was read, if its text is the same."""
        kept = _KEPT.get(path)
        if kept is not None and kept.source.text == text and kept.source.has_tree:
            return kept.source
        source = Source(path, text)
        if kept is None and source.names_library:
            # Others may import it.
            _KEPT[path] = _Kept(None, source)
        return source

    def read(self, path: str) -> Source | None:
        """The text of a file of the tree; None if it is no regular file there, or has no text."""
        if path not in self._sources:
            try:
                self._sources[path] = self._read(path)
            except (OSError, ValueError, SyntaxError, LookupError):
                self._sources[path] = None
        return self._sources[path]

    def _read(self, path: str) -> Source | None:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _SIZE_LIMIT:
            return None
        signature = (status.st_mtime_ns, status.st_size, status.st_ino)
        kept = _KEPT.get(path)
        if kept is not None and kept.signature == signature:
            return kept.source
        with open(path, "rb") as file:
            data = file.read(_SIZE_LIMIT)
        encoding, _ = tokenize.detect_encoding(BytesIO(data).readline)
        text = normalized(data.decode(encoding))
        if kept is not None and kept.source.text == text:
            source = kept.source
        else:
            source = Source(path, text)
        _KEPT[path] = _Kept(signature, source)
        return source
