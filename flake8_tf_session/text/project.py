"""The project that a file belongs to: where what it imports stands, and what is known of that text.

Nothing is imported or executed, and only regular files of the same tree are read. A `Project` looks
at each file at most once; texts that did not change since an earlier one of the process are kept,
and so is what was made of them.
"""

from __future__ import annotations

import ast
import os
import re
import stat
import sys
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Callable, NamedTuple

from ..stack import fresh_stack
from ..tensorflow.vocabulary import FORCE_GROWTH, LIBRARIES, is_of_graph_mode, is_version_1
from .library_names import library_names
from .words import (
    Outline,
    may_be_unthreaded,
    no_outline,
    outline_of,
    sets_variable,
    tells_versions,
    users_of,
)

if TYPE_CHECKING:
    from ..ir.nodes import Program

_MARKERS = (".git", ".hg", "pyproject.toml", "setup.cfg", "setup.py")
# Where none of those is: what lies at the top of most projects, and in none of the folders around.
_HINTS = (".flake8", ".gitignore", "LICENSE", "README.md", "requirements.txt", "tox.ini")
_INSTALLED = frozenset(("dist-packages", "site-packages"))
# What these are is told by the vocabulary, and no project brings the standard library.
_NEVER_FOLLOWED = getattr(sys, "stdlib_module_names", frozenset()).union(LIBRARIES)
_SIZE_LIMIT = 2_000_000
_IMPORT = re.compile(
    r"[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>[\w.]*)[ \t]+import[ \t]*"
    r"(?P<names>\([^)]*\)|(?:[^\n\\;]|\\\n)*)|import[ \t]+(?P<modules>(?:[^\n\\;]|\\\n)*))"
)
_TOKEN = re.compile(r"\w+")
_NAME = re.compile(r"[^\W\d]\w*(?:[ \t]+as[ \t]+\w+)?|\*")


# Of these there are many, and they stay: plain tuples of text are nothing to the collector of
# garbage.
# An import as the text spells it: its level, its module, its names (none for ``import module``).
Spelled = tuple[int, str, tuple[str, ...]]
# A file that is imported, the names that are taken from it (none if it is imported as a whole), and
# a word that stands in the import.
Taken = tuple[str, tuple[str, ...], str]


class Module(NamedTuple):
    """A module of a project: its file (empty for a namespace package), a package's folder, and the
    folder of the tree in which it was found.
    """

    file: str
    folder: str
    root: str


class Source:
    """The text of a file, and what was made of it.

    Attributes:
        path: The absolute path, or the name of a text that is no file.
        text: The text, its lines ended as `ast` ends them.
        program: Its program form, once it was needed.
        has_tree: Whether a syntax tree could be made where one was needed.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.program: Program | None = None
        self.has_tree = True
        self._tree: ast.Module | None = None

    @property
    def tree(self) -> ast.Module:
        """The syntax tree: the one that was given, or a new one.

        A tree is a great many objects. Of a file that is read beside others it is seldom needed
        again, and would cost at each collection of garbage.

        Raises:
            SyntaxError, ValueError, RecursionError, MemoryError: the text has none.
        """
        return parsed(self.text) if self._tree is None else self._tree

    @contextmanager
    def with_tree(self, tree: ast.Module) -> Iterator[None]:
        """Have a syntax tree for a while, and no longer whatever was made of it that keeps it."""
        before = self.program
        self._tree = tree
        try:
            yield
        finally:
            self._tree = None
            self.program = before

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Whatever looks like a word in the text: all words of its outline, and more."""
        return frozenset(map(sys.intern, set(_TOKEN.findall(self.text))))

    def mentions(self, words: Iterable[str]) -> bool:
        """Whether one of some words stands anywhere in the text, in a longer word too."""
        return any(word in self.text for word in words)

    @cached_property
    def names_library(self) -> bool:
        """Whether the text names TensorFlow or Keras."""
        return "tensorflow" in self.text or "keras" in self.text

    @cached_property
    def outline(self) -> Outline:
        """The words of the file; none if it has no syntax tree."""
        with fresh_stack():
            try:
                tree = self.tree
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                self.has_tree = False
                return no_outline()
            return outline_of(tree)

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """By word, the names of the file that are defined with it."""
        return users_of(self.outline.definitions)

    @cached_property
    def alias_users(self) -> dict[str, list[str]]:
        """By word, the aliases of the file that are defined with it."""
        return users_of(self.outline.aliases)

    @cached_property
    def tells_versions(self) -> bool:
        """Whether the file may tell versions apart."""
        return any(map(tells_versions, self.outline.words))

    @cached_property
    def forces_growth(self) -> bool:
        """Whether the file sets ``TF_FORCE_GPU_ALLOW_GROWTH``."""
        return FORCE_GROWTH in self.text and sets_variable(self.tree, FORCE_GROWTH)

    @cached_property
    def library_names(self) -> frozenset[str]:
        """The names of TensorFlow and Keras in the file; none if it has no syntax tree."""
        try:
            tree = self.tree
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        return library_names(tree)

    @cached_property
    def is_version_1(self) -> bool:
        """Whether the file has a name that only TensorFlow 1 has."""
        return any(map(is_version_1, self.library_names))

    @cached_property
    def shows_graph_mode(self) -> bool:
        """Whether the file has a name that is of use in graph mode alone."""
        return self.names_library and any(map(is_of_graph_mode, self.library_names))

    @cached_property
    def serves_in_one_thread(self) -> bool:
        """Whether the file starts a web server that may call its handlers in one thread."""
        return "threaded" in self.text and may_be_unthreaded(self.tree)

    @cached_property
    def imports(self) -> tuple[Spelled, ...]:
        """What looks like an import in the text."""
        found: list[Spelled] = []
        for match in _import_statements(self.text):
            if match["modules"] is None:
                names = tuple(name.split()[0] for name in _NAME.findall(match["names"]))
                found.append((len(match["dots"]), match["module"], names))
            else:
                modules = match["modules"].partition("#")[0].split(",")
                found += [(0, name.split()[0], ()) for name in modules if name.split()]
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


class _Kept(NamedTuple):
    """A source, and what told of its file when it was read; None if it was checked, not read."""

    signature: tuple[int, int, int] | None
    source: Source


_KEPT: dict[str, _Kept] = {}


def parsed(text: str) -> ast.Module:
    """The syntax tree of a text; what Python would warn of is left to where the text is run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def normalized(text: str) -> str:
    """The text with the line ends that `ast` counts by."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


class Project:
    """Finds and reads the files around those that are checked, each at most once."""

    def __init__(self) -> None:
        self._sources: dict[str, Source | None] = {}
        self._entries: dict[tuple[str, str], frozenset[str]] = {}
        self._links: set[str] = set()
        self._real_path = cache(os.path.realpath)
        self._roots: dict[str, str] = {}
        self._has_any = cache(_has_any)
        self._modules: dict[tuple[str, int, str], Module | None] = {}
        self._tops: dict[tuple[str, str], Module | None] = {}
        self._within_folder: dict[tuple[str, str, str], Module | None] = {}
        self._taken: dict[Source, tuple[Taken, ...]] = {}

    # --- what is imported ---

    def imported_by(self, source: Source) -> tuple[str, ...]:
        """The files of the project that a file imports."""
        return tuple(dict.fromkeys(path for path, _, _ in self.taken_from(source)))

    def packages_of(self, path: str) -> Iterator[str]:
        """The files of the packages that a file is in, inner ones first."""
        folder = os.path.dirname(path)
        root = self._root(folder)
        while is_below(folder, root):
            package = self._within(self._package(folder, root))
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
            place = self.resolve(source.path, level, module)
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

    def resolve(self, importer: str, level: int, module: str) -> Module | None:
        """Where the module of an import stands, None if that is not in the importer's tree."""
        folder = os.path.dirname(importer)
        key = (folder, level, module)
        if key not in self._modules:
            self._modules[key] = self._resolve(folder, level, module)
        place = self._modules[key]
        return None if place is not None and place.file == importer else place

    def submodule(self, package: Module, name: str) -> Module | None:
        """A module of a package."""
        if not package.folder:
            return None
        return self._within(self._module_in(package.folder, name, package.root))

    def _resolve(self, folder: str, level: int, module: str) -> Module | None:
        root = self._root(folder)
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
            return self._within(self._descend(self._package(folder, root), parts))
        if not parts or parts[0] in _NEVER_FOLLOWED:
            return None
        key = (folder, parts[0])
        if key not in self._tops:
            self._tops[key] = self._find_top(folder, parts[0], root)
        top = self._tops[key]
        if top is not None:
            return self._within(self._descend(top, parts[1:]))
        # The tree itself may be a package, spelled with the names of the folders that it is in.
        for count in range(len(own), 0, -1):
            if own[count - 1] == parts[0]:
                package = self._package(os.sep.join(own[:count]), root)
                found = self._within(self._descend(package, parts[1:]))
                if found is not None:
                    return found
        return None

    def _find_top(self, folder: str, name: str, root: str) -> Module | None:
        """A module that stands in a folder or one of those around it, up to the tree's own."""
        installed = not _INSTALLED.isdisjoint(folder.split(os.sep))
        current = folder
        while True:
            if not installed or is_below(folder, os.path.join(current, name)):
                for place in (current, os.path.join(current, "src")):
                    found = self._module_in(place, name, root)
                    if found is not None:
                        return found
            if current == root:
                return None
            current = os.path.dirname(current)

    def _within(self, module: Module | None) -> Module | None:
        """A module, unless its file is a link that leads out of the tree."""
        if module is None or module.file not in self._links:
            return module
        return module if self._is_inside(module.file, module.root) else None

    def _is_inside(self, path: str, root: str) -> bool:
        """Whether a path is in the tree, links followed."""
        return is_below(self._real_path(path), self._real_path(root))

    def _descend(self, module: Module | None, parts: Iterable[str]) -> Module | None:
        for part in parts:
            if module is None or not module.folder:
                return None
            module = self._module_in(module.folder, part, module.root)
        return module

    def _package(self, folder: str, root: str) -> Module:
        file = os.path.join(folder, "__init__.py")
        return Module(file if "__init__.py" in self._listed(folder, root) else "", folder, root)

    def _module_in(self, folder: str, name: str, root: str) -> Module | None:
        key = (folder, name, root)
        if key not in self._within_folder:
            self._within_folder[key] = self._look_for(folder, name, root)
        return self._within_folder[key]

    def _look_for(self, folder: str, name: str, root: str) -> Module | None:
        inner = os.path.join(folder, name)
        if not is_below(folder, root):
            # Above the tree there is only the way down to it.
            return self._package(inner, root) if is_below(root, inner) else None
        listed = self._listed(folder, root)
        if name in listed and "__init__.py" in self._listed(inner, root):
            return Module(os.path.join(inner, "__init__.py"), inner, root)
        if name + ".py" in listed:
            return Module(inner + ".py", "", root)
        if name in listed and self._listed(inner, root):
            return Module("", inner, root)
        return None

    def _root(self, folder: str) -> str:
        """The folder above which nothing belongs to the tree of a folder."""
        root = self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = _find_root(folder, self._has_any)
        return root

    def _listed(self, folder: str, root: str) -> frozenset[str]:
        """The names in a folder of a tree; none if it is not there, or can't be read."""
        names = self._entries.get((folder, root))
        if names is None:
            names = frozenset()
            if self._is_inside(folder, root):
                with suppress(OSError, ValueError), os.scandir(folder) as entries:
                    found = [(entry.name, entry.is_symlink()) for entry in entries]
                    names = frozenset(name for name, _ in found)
                    self._links.update(os.path.join(folder, name) for name, link in found if link)
            self._entries[folder, root] = names
        return names

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


def leads_out(path: str) -> bool:
    """Whether a file is a link, or behind one, to a place out of its tree."""
    root = _find_root(os.path.dirname(os.path.abspath(path)))
    return not is_below(os.path.realpath(path), os.path.realpath(root))


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder's, or the folder itself, as they are spelled."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _has_any(folder: str, names: tuple[str, ...]) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in names)


def _find_root(folder: str, has_any: Callable[[str, tuple[str, ...]], bool] = _has_any) -> str:
    """The top of a folder's tree. Around the tree nothing is listed: names are only asked for."""
    for current in _upwards(folder):
        if has_any(current, _MARKERS) or os.path.basename(os.path.dirname(current)) in _INSTALLED:
            return current
    # Nothing marks it: the folder that holds the top package, or the script's folder.
    top = folder
    while has_any(top, ("__init__.py",)) and os.path.dirname(top) != top:
        top = os.path.dirname(top)
    return next((current for current in _upwards(top) if has_any(current, _HINTS)), top)


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent
